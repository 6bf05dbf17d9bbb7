"""What is known of the terminal by its name.

Textual never asks terminfo, and neither is that asked here: its entries are often missing on a
gateway, and `screen` stands for tmux as well as for a program that cannot do what tmux can. What is
not known for sure is not used, which costs bytes and nothing else.
"""

from collections.abc import Mapping

from jobs_tui.ui.terminal.differences import Abilities

ERASE_IN_COLOR = (
    "xterm",
    "linux",
    "tmux",
    "rxvt",
    "foot",
    "alacritty",
    "wezterm",
    "ghostty",
    "konsole",
    "putty",
)
"""How the names of terminals begin in which erased cells get the background in force."""

ERASE_NO_CELLS = ("vt1", "vt5", "ansi", "cons")
"""How the names of those begin that may not know ERASE CHARACTER."""


def abilities(environment: Mapping[str, str]) -> Abilities:
    """What the terminal can do, from TERM, and TMUX, which sets TERM to what others have, too."""
    name = environment.get("TERM", "")
    return Abilities(
        erases_in_color=name.startswith(ERASE_IN_COLOR) or bool(environment.get("TMUX")),
        erases_cells=not name.startswith(ERASE_NO_CELLS),
    )
