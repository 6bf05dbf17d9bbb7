"""The one-line header, status line and footer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from jobs_tui.engine.store import Connected, Connecting, Link
from jobs_tui.ui.commands.command import key_of
from jobs_tui.ui.terminal.lines import Line, Piece, cells, cut, line, spread, width_of
from jobs_tui.ui.views.durations import MINUTE, coarse, exact, short

if TYPE_CHECKING:
    # nothing is written before the first frame
    from jobs_tui.engine.journal.journal import JournalError

TOLD_AFTER_SECONDS = 2.0
"""How long something is waited for before it is told how long."""


ROUND_TOLD = 1.2
"""How many times the interval a round takes before it is told instead."""

NARROW = 60
"""Columns below which a footer is content with one word for each key."""

ROOMY = 100
"""Columns from which on the age of the oldest data is told even if it is fresh."""


class Pace(NamedTuple):
    """How much the program asks by itself."""

    calls_per_second: float
    limit: float
    """Calls per second at most."""
    rate: float
    """Calls per second in force: less than the limit while the service throttles."""
    paused: bool
    interval: float
    """Seconds between two refreshes of a thing."""
    round_seconds: float
    """How long it takes to ask for every thing once."""
    oldest: float | None
    """Age of the oldest data, in seconds; None before the first."""
    held_back: float | None
    """Seconds until an endpoint that is unreachable is tried again."""
    kilobytes: tuple[int | None, int] | None = None
    """Where bytes are spared: those of the last minute, if there was one, and what is allowed."""

    @property
    def words(self) -> str:
        """How often, and how much of what may be asked is asked."""
        every = f"every {self.interval:g} s"
        told_from = 0 if self.kilobytes is None else MINUTE
        if self.round_seconds > max(told_from, ROUND_TOLD * self.interval):
            every = f"round {self.in_words(self.round_seconds)}"
        if self.kilobytes is not None:
            taken, limit = self.kilobytes
            return f"{every} \u00b7 {'up to ' if taken is None else f'{taken}/'}{limit} kB/min "
        return f"{every} \u00b7 {self.calls_per_second:.1f}/{self.limit:g} calls/s "

    def in_words(self, seconds: float) -> str:
        """A duration of the header; where bytes are spared, one that seldom changes."""
        return short(seconds) if self.kilobytes is None else coarse(seconds)


class Modes(NamedTuple):
    """What changes may be made, and whether they leave a record."""

    read_only: bool = False
    recorded: bool = True
    problem: "JournalError | None" = None
    """Why the journal could not be written when it was last tried."""
    read_only_in: str = ""
    """Where this is shown, if that is why nothing may be changed."""

    def words(self, width: int) -> str:
        """What is out of the ordinary, on a line of so many columns."""
        if self.read_only:
            shown_in = f" in {self.read_only_in}" if self.read_only_in and width >= ROOMY else ""
            return f"READ-ONLY{shown_in}  "
        if not self.recorded:
            return "NO JOURNAL  "
        return "JOURNAL FAILS  " if self.problem else ""


class Notice(NamedTuple):
    """Something that happened, for the status line."""

    text: str
    """May hold foreign text."""
    look: str = ""


def header_line(
    caption: str,
    link: Link | None,
    waits_for: str,
    pace: Pace,
    modes: Modes,
    clock_offset: float,
    width: int,
) -> Line:
    """What is watched and from where, or what is waited for, and at what pace."""
    left = [Piece(" jobs-tui", "strong"), Piece(f"  {caption}" if caption else "")]
    match link:
        case None | Connecting():
            left.append(Piece(f"  {waits_for or 'connecting'}"))
        case Connected():
            region = f"{link.region} \u00b7 " if link.region else ""
            left.append(Piece(f"  {region}{link.endpoint}"))
            if pace.held_back is not None:
                wait = pace.in_words(pace.held_back)
                now = f"{key_of('refresh-all', 'R')}{' tries' * (width >= ROOMY)} now"
                left[-1] = Piece(f"  unreachable, tried in {wait}, {now}", "warning")
        case _:
            left.append(Piece("  not connected", "warning"))
    right: tuple[Piece, ...] = (Piece(words, "warning"),) if (words := modes.words(width)) else ()
    if clock_offset:
        way = "behind" if clock_offset > 0 else "ahead"
        right += (Piece(f"clock {exact(abs(clock_offset))} {way}  ", "warning"),)
    if pace.paused:
        right += (Piece("paused  ", "warning"),)
    if pace.rate < pace.limit:
        right += (Piece(f"throttled to {pace.rate:.1f}/s  ", "warning"),)
    if pace.oldest is not None and (width >= ROOMY or pace.oldest > 2 * pace.interval + 3):
        right += (Piece(f"oldest {pace.in_words(pace.oldest)} \u00b7 "),)
    right += (Piece(pace.words),)
    return Line(spread(tuple(left), right, width).pieces, "bar")


def waiting_words(link: Link | None, now: float, *, in_minutes: bool = False) -> str:
    """What opening the link waits for; after two seconds also for how long. `now` is monotonic.

    With `in_minutes` it is told after a minute for how many, so that it seldom changes.
    """
    if not isinstance(link, Connecting):
        return ""
    waited = now - link.since
    if waited < (MINUTE if in_minutes else TOLD_AFTER_SECONDS):
        return link.stage
    return f"{link.stage}, {coarse(waited) if in_minutes else exact(waited)}"


def notice_line(notice: Notice | None, width: int) -> Line:
    """The latest notice, or an empty line."""
    if notice is None:
        return Line()
    return line(Piece(cut(f" {notice.text}", width), notice.look))


def footer_line(hints: Mapping[str, str], width: int) -> Line:
    """Keys and what they do, as many as fit; the last one always fits in."""
    if width < NARROW:
        hints = {key: words.partition(" ")[0] for key, words in hints.items()}
    shown: list[Piece] = []
    after = " " if width >= NARROW else ""
    *others, last = [_hint(key, words + after) for key, words in hints.items()]
    for hint in others:
        if width_of([*shown, *hint, *last]) > width:
            break
        shown += hint
    return Line((*shown, *last), "bar")


def _hint(key: str, words: str) -> tuple[Piece, Piece]:
    return Piece(f" {key}", "key"), Piece(f" {words}")


def rule(title: str, width: int) -> Line:
    """A line that begins a part of the screen."""
    return line(
        Piece(f" {title} ", "strong"), "\u2500" * max(0, width - cells(title) - 2), look="dim"
    )
