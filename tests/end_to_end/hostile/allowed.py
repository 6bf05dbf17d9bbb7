"""Which bytes may leave for the terminal: a list of what we send, against which all is held.

It knows nothing of the program's own idea of what is safe.
"""

import re
import unicodedata

CONTROL = {
    "rendition": r"\x1b\[[0-9]{0,3}(?:;[0-9]{1,3})*m",
    "cursor to a place": r"\x1b\[(?:[0-9]{1,3}(?:;[0-9]{1,3})?)?H",
    "cursor forward or down": r"\x1b\[[0-9]{0,3}[CB]",
    "erase characters": r"\x1b\[[0-9]{1,3}X",
    "erase to the end of the line": r"\x1b\[K",
    "erase the screen": r"\x1b\[2J",
    "is the terminal done": r"\x1b\[5n",
    "a frame begins or ends": r"\x1b\[\?2026[hl]",
    "alternate screen, cursor, focus, paste, wrap": r"\x1b\[\?(?:1049|25|1004|2004|7)[hl]",
    "mouse": r"\x1b\[\?(?:1000|1003|1015|1006)[hl]",
    "does it know frames, sizes": r"\x1b\[\?(?:2026|2048)\$p",
    "keyboard protocol": r"\x1b\[>[0-9]{1,2}u|\x1b\[<u",
    "shape of the pointer": r"\x1b\]22;(?:default|pointer|text)\x1b\\",
    "line ends": r"\r\n|\r",
}
"""All that is not printed, by what it is for."""

COPIED = r"\x1b\]52;c;[A-Za-z0-9+/]*={0,2}\x07"
"""To the clipboard, in base64: allowed only where the user copies."""

_BROKEN_OFF = re.compile(
    rb"(?:\x1b[\x20-\x3f\[\]]*|[\xc2-\xf4][\x80-\xbf]{0,2})?\x18(?=\x18|\x1b|$)", re.DOTALL
)
"""What a frame ends with that was dropped on leaving: CAN ends the sequence in which it was cut."""
MOST_BROKEN_OFF = 2

CALLED = r"\x1b\]9;jobs-tui: [ -:<-~]{1,110}\x07"
"""A notice of the desktop: allowed only where the user wants to be called."""

_TOKEN = re.compile("|".join(f"({pattern})" for pattern in CONTROL.values()) + "|(.)", re.DOTALL)
_COPIED = re.compile(COPIED)
_CALLED = re.compile(CALLED)

_UNSEEN_CATEGORIES = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U000e0000-\U000e0fff]"
)
MOST_MARKS = 4
"""Marks that may follow one another."""

CONTEXT = 40


def not_allowed(raw: bytes, *, copying: bool = False, calling: bool = False) -> list[str]:
    """What is in these bytes that we never send, each with what stands around it."""
    raw = _BROKEN_OFF.sub(b"", raw, count=MOST_BROKEN_OFF)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return [f"not UTF-8: {raw[max(0, error.start - CONTEXT) : error.end + CONTEXT]!r}"]
    if copying:
        text = _COPIED.sub("", text)
    if calling:
        text = _CALLED.sub("", text)
    found = []
    marks = 0
    for match in _TOKEN.finditer(text):
        character = match.group(match.lastindex) if match.lastindex == len(CONTROL) + 1 else ""
        marks = marks + 1 if character and unicodedata.category(character)[0] == "M" else 0
        if not character or (character.isascii() and character.isprintable()):
            continue
        unseen = unicodedata.category(character) in _UNSEEN_CATEGORIES or _UNSEEN.match(character)
        if unseen or marks > MOST_MARKS:
            at = match.start()
            found.append(f"{character!r} in {text[max(0, at - CONTEXT) : at + CONTEXT]!r}")
    return found


def kinds(raw: bytes) -> set[str]:
    """Which of the sequences that we know are among these bytes."""
    names = list(CONTROL)
    return {
        names[match.lastindex - 1]
        for match in _TOKEN.finditer(raw.decode("utf-8"))
        if match.lastindex <= len(names)
    }


def moves_to(raw: bytes) -> list[tuple[int, int]]:
    """The places, row and column from 1, that the cursor is sent to."""
    places = re.findall(rb"\x1b\[(\d*)(?:;(\d+))?H", raw)
    return [(int(row or 1), int(column or 1)) for row, column in places]
