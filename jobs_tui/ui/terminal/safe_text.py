"""The one place that makes foreign text safe to draw.

Job ids, status details, documents and error messages are other people's words. No control or escape
character, no bidirectional override, no lone surrogate and no invisible character of them reaches
the terminal: each is shown as a visible sign, so that the reader sees that something was there.
"""

import re
from functools import cache

_UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160"
    "\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What a terminal could obey, what changes how others are drawn, and what nobody sees."""

_COMBINING_RUN = (
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{2})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
"""Marks that stack over one character; more than two say nothing and climb over other lines."""

_PERHAPS_STACKED = (
    "[^\\w\\s\x00-\x7f\u2010-\u2027\u2030-\u205e\u2190-\u2bff]{5,}|[\u1161-\u11ff\ud7b0-\ud7fb]{5,}"
)
"""Where the marks of other scripts may stack: no letters, nor signs that have a cell each."""

MOST_STACKED = 4
"""Characters without a cell of their own that follow one another; no script needs more."""

OWN_SIGNS = dict.fromkeys((0xB7, 0x2013, 0x2026, *range(0x2500, 0x2600)))
"""The signs beyond ASCII that the screen itself is made of; the first frame has no others."""

_CONTROL_PICTURES = 0x2400
_DELETE_PICTURE = "\u2421"
_CUT_OFF = "\u2026"
_REPLACEMENT = "\ufffd"


def safe_line(text: str) -> str:
    """The text for one line of the screen; line ends and tabs become visible signs too."""
    if _is_plain(text):
        return text
    return _unstacked(_unsafe().sub(_visible, text), _CUT_OFF)


def safe_lines(text: str) -> str:
    """The text for several lines; line feeds and tabs stay what they are."""
    if _is_plain(text):
        return text
    return "".join(
        part if part in "\t\n" else safe_line(part) for part in re.split("([\t\n])", text)
    )


def safe_field(text: str) -> str:
    """The text for an input field, in which each unsafe character becomes one replacement sign."""
    if _is_plain(text):
        return text
    return _unstacked(_unsafe().sub(_REPLACEMENT, text), _REPLACEMENT)


def harmless(text: str) -> str:
    """What the output draws of a text that nobody may have made safe before; marks still stack."""
    return text if _is_plain(text) else _unsafe().sub(_REPLACEMENT, text)


def _is_plain(text: str) -> bool:
    return text.isprintable() and (text.isascii() or text.translate(OWN_SIGNS).isascii())


def _unstacked(text: str, cut_off: str) -> str:
    text = _combining_run().sub(f"\\1{cut_off}", text)
    return _perhaps_stacked().sub(lambda match: _capped(match.group(), cut_off), text)


def _capped(text: str, cut_off: str) -> str:
    from rich.cells import cell_len  # noqa: PLC0415 - the commands that print do without

    kept, stacked = [], 0
    for character in text:
        stacked = 0 if cell_len(character) else stacked + 1
        if stacked <= MOST_STACKED:
            kept.append(character)
        elif stacked == MOST_STACKED + 1:
            kept.append(cut_off)
    return "".join(kept)


@cache
def _unsafe() -> re.Pattern[str]:
    return re.compile(_UNSAFE)


@cache
def _combining_run() -> re.Pattern[str]:
    return re.compile(_COMBINING_RUN)


@cache
def _perhaps_stacked() -> re.Pattern[str]:
    return re.compile(_PERHAPS_STACKED)


def _visible(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    if code == 0x7F:
        return _DELETE_PICTURE
    return f"<U+{code:04X}>"
