"""Whether the cockpit could be shown where this is printed. Pure, but for `this_terminal`."""

import os
import sys
from collections.abc import Mapping
from typing import NamedTuple

from jobs_tui.domain.finding import Fact, Finding, Level

STEP = "terminal"

COLUMNS, LINES = 80, 24
"""The smallest size for which the screens are made."""

_TRUE_COLOUR = frozenset({"truecolor", "24bit"})
_256_COLOURS = ("-256color", "-kitty")


class Terminal(NamedTuple):
    """What is known of the place where the screen would be drawn."""

    columns: int
    """0 where it knows no size."""
    lines: int
    encoding: str
    """Of the error stream, on which the screen is drawn."""


def this_terminal() -> Terminal | None:
    """The terminal; None where input or error stream is none, so that nothing can be drawn."""
    stdin, stderr = sys.__stdin__, sys.__stderr__
    try:
        if not (stdin and stdin.isatty() and stderr and stderr.isatty()):
            return None
        columns, lines = os.get_terminal_size(stderr.fileno())
    except (OSError, ValueError):
        return None
    return Terminal(columns, lines, stderr.encoding)


def terminal_finding(terminal: Terminal | None, environment: Mapping[str, str]) -> Finding:
    """What is to be said of it."""
    if terminal is None:
        return Finding(STEP, Level.SKIPPED, "none here: the cockpit needs one, this does not")
    name = environment.get("TERM", "")
    told = ", ".join(
        each
        for each in (
            name or "TERM is empty",
            _colours(environment),
            f"{terminal.columns}x{terminal.lines}",
            terminal.encoding,
            _multiplexer(environment),
        )
        if each
    )
    facts: dict[str, Fact] = {
        "term": name,
        "columns": terminal.columns,
        "lines": terminal.lines,
        "encoding": terminal.encoding,
    }
    if name in {"", "dumb"}:
        advice = "the cockpit cannot draw here: set TERM to what the terminal is, as xterm-256color"
        return Finding(STEP, Level.FAILED, told, advice, facts)
    advice = "; ".join(_improvements(terminal))
    return Finding(STEP, Level.WARNING if advice else Level.OK, told, advice, facts)


def _improvements(terminal: Terminal) -> list[str]:
    found = []
    if terminal.encoding.lower().replace("-", "") != "utf8":
        found.append("lines and signs need UTF-8: set LANG or LC_ALL, as C.UTF-8")
    if not terminal.columns or not terminal.lines:
        found.append("it knows no size: set it by `stty rows 24 columns 80`")
    elif terminal.columns < COLUMNS or terminal.lines < LINES:
        found.append(f"the screens are made for {COLUMNS}x{LINES} and more")
    return found


def _colours(environment: Mapping[str, str]) -> str:
    """How many colours it is taken to have, in the way of the library that draws."""
    if environment.get("NO_COLOR"):
        return "no colours by NO_COLOR"
    if environment.get("COLORTERM", "").strip().lower() in _TRUE_COLOUR:
        return "16 million colours"
    name = environment.get("TERM", "").strip().lower()
    return "256 colours" if name.endswith(_256_COLOURS) else "16 colours"


def _multiplexer(environment: Mapping[str, str]) -> str:
    if environment.get("TMUX"):
        return "in tmux"
    return "in screen" if environment.get("STY") else ""
