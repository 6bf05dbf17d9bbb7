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


def trust_the_terminal_about_its_size() -> None:
    """Forget exported COLUMNS and LINES, which would be believed over the real size."""
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
