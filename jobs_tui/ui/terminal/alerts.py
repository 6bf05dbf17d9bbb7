"""What makes a terminal call somebody who looks elsewhere: its bell, or a notice of the desktop.

A notice is asked for by OSC 9, which iTerm2, WezTerm, Ghostty, kitty and Windows Terminal obey, or
by OSC 777, which urxvt and foot do. Nothing asks the terminal which it is: TERM tells the latter,
and over SSH nothing tells the former, so that OSC 9 is what all others get. Who does not know it
leaves it out; a Linux console or a VT would print it, and gets the bell. tmux passes a sequence on
only if its `allow-passthrough` is on, and always passes on the bell: there it is both. GNU screen
gets the bell alone.
"""

import re
from collections.abc import Callable, Mapping

from jobs_tui.ui.terminal.abilities import FEW_SEQUENCES
from jobs_tui.ui.terminal.safe_text import safe_line

BELL = "\x07"

LONGEST = 120
"""Characters of a notice: more is cut off by the desktop anyway."""

AT_MOST_EVERY = 10.0
"""Seconds between two calls; what comes meanwhile is among the notices."""

KNOW_777 = ("rxvt", "foot")
"""How the names of terminals begin that know OSC 777, and not OSC 9."""

_NOT_PLAIN = re.compile("[^ -~]|;")


def alert_sequence(how: str, text: str, environment: Mapping[str, str]) -> str:
    """What is sent to call somebody.

    Args:
        how: `bell` or `desktop`; for anything else nothing is sent.
        text: what is told, which may be foreign: it is cut, and holds nothing but printable ASCII.
        environment: in which TERM and TMUX say what the terminal obeys.
    """
    name = environment.get("TERM", "")
    in_tmux = bool(environment.get("TMUX"))
    if how not in {"bell", "desktop"}:
        return ""
    few = name.startswith(FEW_SEQUENCES) or (name.startswith("screen") and not in_tmux)
    if how == "bell" or few:
        return BELL
    # a text that began with a figure would be something else to some
    told = f"jobs-tui: {_NOT_PLAIN.sub('?', safe_line(text.replace(';', ',')))}"[:LONGEST]
    form = "\x1b]777;notify;jobs-tui;{}\x07" if name.startswith(KNOW_777) else "\x1b]9;{}\x07"
    if not in_tmux:
        return form.format(told)
    return f"\x1bPtmux;\x1b{form.format(told)}\x1b\\{BELL}"


class Alerts:
    """Calls at most once in a while."""

    def __init__(
        self,
        how: str,
        environment: Mapping[str, str],
        monotonic: Callable[[], float],
        send: Callable[[str], object],
    ) -> None:
        """Make it; what it sends is whole sequences.

        Args:
            how: `off`, `bell` or `desktop`.
            environment: says which terminal it is.
            monotonic: seconds that only ever grow.
            send: gives the terminal a sequence.
        """
        self._how = how
        self._environment = environment
        self._monotonic = monotonic
        self._send = send
        self._called_at = float("-inf")

    def call(self, text: str) -> None:
        """Call somebody, unless that was done just now."""
        now = self._monotonic()
        if now - self._called_at < AT_MOST_EVERY:
            return
        sequence = alert_sequence(self._how, text, self._environment)
        if sequence:
            self._called_at = now
            self._send(sequence)
