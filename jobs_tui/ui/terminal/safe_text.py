"""The one place that makes foreign text safe to draw.

Job ids, status details, documents and error messages are other people's words. No control or escape
character, no bidirectional override, no lone surrogate and no invisible character of them reaches
the terminal: each is shown as a visible sign, so that the reader sees that something was there.
"""

import re
from functools import cache

_UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

_COMBINING_RUN = (
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{2})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
"""Marks that stack over one character; more than two say nothing and climb over other lines."""

OWN_SIGNS = str.maketrans("", "", "\u00b7\u2013\u2026\u2500\u2502\u25b6\u25b8\u25be")
"""The signs beyond ASCII that the screen itself is made of; the first frame has no others."""

_CONTROL_PICTURES = 0x2400
_DELETE_PICTURE = "\u2421"


def safe_line(text: str) -> str:
    """The text for one line of the screen; line ends and tabs become visible signs too."""
    if text.isprintable() and (text.isascii() or text.translate(OWN_SIGNS).isascii()):
        return text
    return _combining_run().sub("\\1\u2026", _unsafe().sub(_visible, text))


def safe_field(text: str) -> str:
    """The text for an input field, in which each unsafe character becomes one replacement sign."""
    if text.isascii() and text.isprintable():
        return text
    return _unsafe().sub("\ufffd", text)


@cache
def _unsafe() -> re.Pattern[str]:
    return re.compile(_UNSAFE)


@cache
def _combining_run() -> re.Pattern[str]:
    return re.compile(_COMBINING_RUN)


def _visible(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    if code == 0x7F:
        return _DELETE_PICTURE
    return f"<U+{code:04X}>"
