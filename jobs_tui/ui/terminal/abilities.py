"""What is known of the terminal by its name.

Textual never asks terminfo, and neither is that asked here: its entries are often missing on a
gateway, and `screen` stands for tmux as well as for a program that cannot do what tmux can. What is
not known for sure is not used, which costs bytes and nothing else.
"""

import sys
from collections.abc import Callable, Mapping

from jobs_tui.ui.terminal.differences import Abilities
from jobs_tui.ui.terminal.start_checks import in_browser, speaks_utf8

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

ERASE_CELLS = (*ERASE_IN_COLOR, "screen", "vt2", "vt3", "vt4", "gnome", "vte", "mintty", "st-")
"""How the names of those begin that are known to have ERASE CHARACTER."""

MANY_COLORS = ("256color", "kitty", "direct")
"""How the names of those end that have many colours, where COLORTERM says nothing."""

ASCII_ONLY = ("vt1", "vt2", "vt3", "vt4", "vt5", "ansi", "cons")
"""How the names of those begin that know no UTF-8."""

NO_COLORS = ("vt1", "vt2", "vt3", "vt4", "xterm-mono", "screen-mono")
"""How the names of those begin that have none."""

FEW_SEQUENCES = (*ASCII_ONLY, "linux")
"""How the names of those begin that show what they do not know, as older ones do."""

MODERN = ("\x1b[>", "\x1b[<", "\x1b]22;", "\x1b[?2026", "\x1b[?2048", "\x1b[?10", "\x1b[?2004")
"""How sequences begin that those do not know: keyboard, pointer, mouse, synchronized output."""

ALTERNATE_SCREEN = ("\x1b[?1049h", "\x1b[?1049l")


def abilities(environment: Mapping[str, str]) -> Abilities:
    """What the terminal can do, from TERM, and TMUX, which sets TERM to what others have, too."""
    name = environment.get("TERM", "")
    return Abilities(
        erases_in_color=name.startswith(ERASE_IN_COLOR) or bool(environment.get("TMUX")),
        erases_cells=name.startswith(ERASE_CELLS),
        takes_back=not name.startswith(NO_COLORS),
    )


def signs(environment: Mapping[str, str]) -> str:
    """Which signs the terminal has: `all`, those of its `console` font, or `ascii`."""
    if in_browser(environment):
        return "all"
    name = environment.get("TERM", "")
    encoding = sys.__stderr__.encoding if sys.__stderr__ else "utf-8"
    if name.startswith(ASCII_ONLY) or not speaks_utf8(environment, encoding):
        return "ascii"
    return "console" if name.startswith("linux") else "all"


def has_colors(environment: Mapping[str, str]) -> bool:
    """Whether it shows colours, and they are wanted; else attributes are all there is.

    https://no-color.org has it that any value of NO_COLOR, but an empty one, turns them off.
    """
    if environment.get("NO_COLOR"):
        return False
    return not environment.get("TERM", "").startswith(NO_COLORS)


def has_few_colors(environment: Mapping[str, str]) -> bool:
    """Whether shades of a background cannot be told apart, if it has any."""
    name = environment.get("TERM", "")
    if environment.get("NO_COLOR") or name.startswith((*FEW_SEQUENCES, *NO_COLORS)):
        return True
    many = environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit")
    return bool(name) and not many and not name.endswith(MANY_COLORS)


def leaves_out(environment: Mapping[str, str]) -> Callable[[str], bool] | None:
    """Tells which sequences the terminal is not sent; None where it is sent them all."""
    if not environment.get("TERM", "").startswith(FEW_SEQUENCES):
        return None
    return lambda text: text.startswith(MODERN) and text not in ALTERNATE_SCREEN
