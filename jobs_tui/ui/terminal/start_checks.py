"""What must be so before the screen is taken."""

import os
import sys


def terminal_problem() -> str | None:
    """Why no screen can be drawn here, or None. Textual draws on the error stream."""
    if not (
        sys.__stdin__ and sys.__stdin__.isatty() and sys.__stderr__ and sys.__stderr__.isatty()
    ):
        return "no terminal: input and error stream must both be one"
    if os.environ.get("TERM", "") in ("", "dumb"):
        return "the terminal cannot draw a screen: TERM is empty or dumb"
    return None


def settle_the_size() -> None:
    """Let the terminal itself say how large it is.

    Exported COLUMNS and LINES would be believed over the real size. Only a terminal that knows no
    size, as a serial console does, leaves them in force, or 80x24: Textual's own fall-backs differ
    by a line, so that it would lay the screen out for ever.
    """
    columns, lines = os.get_terminal_size(sys.__stderr__.fileno()) if sys.__stderr__ else (0, 0)
    if columns and lines:
        os.environ.pop("COLUMNS", None)
        os.environ.pop("LINES", None)
        return
    os.environ.setdefault("COLUMNS", "80")
    os.environ.setdefault("LINES", "24")
