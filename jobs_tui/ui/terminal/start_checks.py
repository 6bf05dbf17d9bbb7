"""What must be so before the screen is taken, and what the terminal can be sent."""

import os
import stat
import sys
from collections.abc import Mapping

SMALLEST_COLUMNS, SMALLEST_LINES = 40, 12
"""The smallest terminal on which the screens can be used."""

TOO_SMALL = f"the terminal is too small: {SMALLEST_COLUMNS}x{SMALLEST_LINES} at least"

INSTEAD = "`jobs-tui list` needs no screen"

NO_SERVER = "TEXTUAL_DRIVER says that this is for a browser, and no server has started it: unset it"

BROWSER_DRIVER = "web_driver:WebDriver"
"""How TEXTUAL_DRIVER ends for a program that is started by a server for browsers."""


def in_browser(environment: Mapping[str, str]) -> bool:
    """Whether the screen is shown in a browser, to who need not have a login on this machine."""
    return environment.get("TEXTUAL_DRIVER", "").endswith(BROWSER_DRIVER)


def terminal_problem() -> str | None:
    """Why no screen can be drawn here, or None. Textual draws on the error stream.

    In a browser it draws through a server at the other end of two pipes, and the size comes later.
    """
    if in_browser(os.environ):
        return None if _is_pipe(0) and _is_pipe(1) else NO_SERVER
    if not (
        sys.__stdin__ and sys.__stdin__.isatty() and sys.__stderr__ and sys.__stderr__.isatty()
    ):
        return f"no terminal: input and error stream must both be one; {INSTEAD}"
    if _output_is_wanted():
        return f"the output is a pipe or a file, and the cockpit prints nothing; {INSTEAD}"
    if os.environ.get("TERM", "") in ("", "dumb", "unknown"):
        return f"the terminal cannot draw a screen: TERM is empty or dumb; {INSTEAD}"
    columns, lines = _own_size()
    if columns and lines and is_too_small(columns, lines):
        return f"{TOO_SMALL}, this is {columns}x{lines}; {INSTEAD}"
    return None


def _is_pipe(descriptor: int) -> bool:
    try:
        mode = os.fstat(descriptor).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def is_too_small(columns: int, lines: int) -> bool:
    """Whether the screens cannot be used on so many columns and lines."""
    return columns < SMALLEST_COLUMNS or lines < SMALLEST_LINES


def no_room_lines(columns: int, lines: int, note: str) -> list[str]:
    """What stands in place of a screen on so many columns and lines, as much as there is room for.

    It ends with the note. It is broken between words; a word longer than a line is cut.
    """
    told: list[str] = []
    for word in f"{TOO_SMALL}, this is {columns}x{lines}; {note}".split():
        if told and len(told[-1]) + 1 + len(word) <= columns:
            told[-1] += f" {word}"
        else:
            told.append(word)
    return [line[: max(1, columns)] for line in told[: max(1, lines)]]


def settle_the_size() -> None:
    """Let the terminal itself say how large it is.

    Exported COLUMNS and LINES would be believed over the real size. Only a terminal that knows no
    size, as a serial console does, leaves them in force, or 80x24: Textual's own fall-backs differ
    by a line, so that it would lay the screen out for ever.

    A browser says its size itself, and what the server's own terminal can do means nothing there.
    """
    if in_browser(os.environ):
        os.environ["TERM"] = "xterm-256color"
        os.environ.pop("TMUX", None)
        return
    columns, lines = _own_size()
    if columns and lines:
        os.environ.pop("COLUMNS", None)
        os.environ.pop("LINES", None)
        return
    for name, usual in (("COLUMNS", "80"), ("LINES", "24")):
        stated = os.environ.get(name, "")
        if not (stated.isascii() and stated.isdigit() and int(stated)):
            os.environ[name] = usual


def speaks_utf8(environment: Mapping[str, str], encoding: str) -> bool:
    """Whether the terminal takes UTF-8, as far as the locale says.

    Args:
        environment: LC_ALL, or what LC_CTYPE and LANG say. Python itself replaces a locale that the
            system does not have by C.UTF-8 in LC_CTYPE, so that LANG is looked at as well.
        encoding: what Python makes of it where no character set is named there.
    """
    names = [environment.get("LC_ALL", "")]
    if names[0] in ("C", "POSIX"):
        # Python takes it for UTF-8 by itself; who has set this one means ASCII
        return False
    if not names[0]:
        names = [environment.get("LC_CTYPE", ""), environment.get("LANG", "")]
    named = [name.partition(".")[2].partition("@")[0] for name in names]
    said = [charset for charset in named if charset] or [encoding]
    return all(charset.lower().replace("-", "") == "utf8" for charset in said)


def encoding_of_keys(environment: Mapping[str, str]) -> str:
    """In which typed characters arrive: as the terminal shows them."""
    encoding = sys.__stdin__.encoding if sys.__stdin__ else "utf-8"
    if speaks_utf8(environment, encoding):
        return "utf-8"
    return "latin-1" if encoding.lower().replace("-", "") == "utf8" else encoding


def _output_is_wanted() -> bool:
    """Whether somebody waits for text: the screen goes elsewhere, and would leave them without.

    What is thrown away, as to /dev/null, is in nobody's way.
    """
    if not sys.__stdout__:
        return False
    try:
        mode = os.fstat(sys.__stdout__.fileno()).st_mode
    except (OSError, ValueError):
        return False
    return not stat.S_ISCHR(mode)


def _own_size() -> tuple[int, int]:
    """Columns and lines; 0 where it knows none."""
    if not sys.__stderr__:
        return 0, 0
    try:
        return os.get_terminal_size(sys.__stderr__.fileno())
    except OSError:
        return 0, 0
