"""Copying by OSC 52: the terminal keeps the text, also where that is at the far end of SSH.

Terminals do not answer to it. Many ask their user first, or have it switched off, and tmux passes
it on only where its `set-clipboard` is on. So it is told what was sent, never that it has arrived.
"""

import os
from collections.abc import Callable, Mapping

from textual.app import App

from jobs_tui.ui.terminal.abilities import leaves_out
from jobs_tui.ui.terminal.safe_text import safe_lines
from jobs_tui.ui.terminal.start_checks import in_browser
from jobs_tui.ui.views.bars import Notice

MOST_BYTES = 56_244
"""Bytes of a text that become the 74,994 of base64 and the frame around it that are the least a
known terminal takes at once: beyond that they drop it, or keep what came first."""


def too_large(text: str) -> str | None:
    """Why a text cannot be copied, or None."""
    size = size_of(text)
    if size <= MOST_BYTES:
        return None
    return f"{size:,} bytes are more than terminals take ({MOST_BYTES:,})"


def size_of(text: str) -> int:
    """Its size in bytes, as it is copied."""
    return len(_copied(text).encode())


def copy(app: App[int], text: str, what: str, tell: Callable[[Notice], None], else_: str) -> None:
    """Give the terminal a text to keep, and say so; `else_` is what to do where that cannot be."""
    problem = too_large(text)
    if problem is None and leaves_out(os.environ) is not None:
        problem = "this terminal has nothing that could keep a text"
    if problem is not None:
        tell(Notice(f"{what} not copied: {problem}{else_}", "warning"))
        return
    copied = _copied(text)
    app.copy_to_clipboard(copied)
    tell(Notice(f"copied {what}, {len(copied.encode()):,} bytes ({_condition(os.environ)})"))


def _condition(environment: Mapping[str, str]) -> str:
    """On what it depends whether the text is kept."""
    if in_browser(environment):
        return "if the browser allows it: https only"
    return "tmux needs set-clipboard on" if environment.get("TMUX") else "if the terminal allows it"


def _copied(text: str) -> str:
    return safe_lines(text)
