"""The pulse as lines: figures that read without the bars beside them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from jobs_tui.engine.pulse import BUCKET_SECONDS, SAMPLES, CallCounts, FleetSample, Pulse
from jobs_tui.ui.terminal.lines import Line, Piece, cut, line, padded, spread
from jobs_tui.ui.views.bars import rule
from jobs_tui.ui.views.sparkline import sparkline

NAME_WIDTH = len("stuck or due ")
FIGURE_WIDTH = 7
WIDE = 72
"""Columns from which on figures say what they are on each line."""

SPARKS = (60, 30, 20, 15, 12, 10, 6)
"""Into how many parts an hour, or ten minutes, can be cut without a rest."""

CALL_COLUMNS = 60
"""Buckets of calls that are shown: ten minutes."""

LINES_WITH_RULES = 14
"""Lines from which on there is room for what tells the parts apart, and for their axes."""

SCALE = "a full bar is the most"
NOW = "now"


class Figure(NamedTuple):
    """One line: a figure as it is, as it was, and the most that it was."""

    name: str
    now: str
    most: str
    figures: Sequence[float | None]
    look: str = ""
    """Of the figure where it is bad."""
    word: str = "most"
    """What the second figure is."""


def pulse_title(caption: str, width: int) -> Line:
    """The line at the top."""
    left = (Piece(" pulse", "strong"), Piece(f"  {caption}" if caption else ""))
    return Line(spread(left, (), width).pieces, "bar")


def pulse_lines(
    planes: Sequence[tuple[str, Pulse]],
    sample: FleetSample,
    now: float,
    width: int,
    height: int,
) -> list[Line]:
    """All of it, for a screen of this size.

    Args:
        planes: each endpoint that was asked, and how its calls went; the first one has the things.
        sample: how the things stand now.
        now: monotonic seconds.
        width: in cells.
        height: in lines; in few, the parts are not told apart, and it is the first endpoint alone.
    """
    columns = sparks(width)
    roomy = height >= LINES_WITH_RULES
    lines: list[Line] = []
    for endpoint, pulse in planes if roomy else planes[:1]:
        if roomy:
            lines.append(rule(cut(f"calls, last 10 min: {endpoint}", width - 2), width))
        lines += [_figure_line(each, width) for each in call_figures(pulse, now, columns)]
        if roomy:
            lines.append(_axis("10 min ago", width, columns))
    if roomy:
        title = cut("job executions and things, last hour, counted each minute", width - 2)
        lines += [Line(), rule(title, width)]
    states = state_figures(planes[0][1], sample, now, columns)
    lines += [_figure_line(each, width) for each in states]
    return [*lines, _axis("1 h ago", width, columns)] if roomy else lines


def sparks(width: int) -> int:
    """How many columns a row of bars has."""
    room = width - NAME_WIDTH - _figures_width(width)
    return next((each for each in SPARKS if each <= room), SPARKS[-1])


def call_figures(pulse: Pulse, now: float, columns: int) -> list[Figure]:
    """How the calls went."""
    buckets = CALL_COLUMNS // columns
    seconds = buckets * BUCKET_SECONDS
    counted = pulse.columns(now, columns, buckets)
    latest, latest_seconds = pulse.latest(now)

    def per_second(counts: CallCounts) -> float:
        return counts.calls / seconds

    def row(figure: Callable[[CallCounts], float | None]) -> list[float | None]:
        return [None if each is None else figure(each) for each in counted]

    calls, failed = row(per_second), row(lambda counts: counts.failed)
    median, slow = row(lambda counts: counts.latency(0.5)), row(lambda counts: counts.latency(0.95))
    lost = sum(each or 0 for each in failed) + pulse.under_way(now).failed
    return [
        Figure(
            "calls/s",
            f"{latest.calls / latest_seconds:.1f}",
            f"{_most(calls, latest.calls / latest_seconds):.1f}",
            calls,
        ),
        Figure(
            "median",
            latency(latest.latency(0.5)),
            latency(_most_known(median, latest.latency(0.5))),
            median,
        ),
        Figure(
            "95 % within",
            latency(latest.latency(0.95)),
            latency(_most_known(slow, latest.latency(0.95))),
            slow,
        ),
        Figure("failed", f"{latest.failed:,}", f"{lost:,.0f}", failed, "alarm", "all"),
    ]


def state_figures(pulse: Pulse, sample: FleetSample, now: float, columns: int) -> list[Figure]:
    """How the things stood."""
    samples = pulse.samples(now, min(columns, SAMPLES))
    figures = []
    for name, look, member in (
        ("in progress", "", 0),
        ("queued", "", 1),
        ("stuck or due", "alarm", 2),
        ("unreachable", "alarm", 3),
    ):
        row: list[float | None] = [None if each is None else each[member] for each in samples]
        most = _most(row, sample[member])
        figures.append(Figure(name, f"{sample[member]:,}", f"{most:,.0f}", row, look))
    return figures


def latency(seconds: float | None) -> str:
    """A latency in two or three figures."""
    if seconds is None:
        return "-"
    if seconds < 0.01:
        return f"{seconds * 1000:.1f} ms"
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _most(row: Sequence[float | None], now: float | None) -> float:
    return _most_known(row, now) or 0.0


def _most_known(row: Sequence[float | None], now: float | None) -> float | None:
    return max((each for each in (*row, now) if each is not None), default=None)


def _axis(begin: str, width: int, columns: int) -> Line:
    """What the ends of the bars above it are, and how high they are."""
    figures = f"{'':{NAME_WIDTH}}{NOW:>{FIGURE_WIDTH}} /{'most':>{FIGURE_WIDTH}}"
    before = padded(SCALE if width >= WIDE else figures, NAME_WIDTH + _figures_width(width))
    if len(begin) + len(NOW) >= columns:
        begin = ""
    return line(Piece(f"{before}{begin}{NOW:>{columns - len(begin)}}", "dim"))


def _figures_width(width: int) -> int:
    words = len("now  most   ") if width >= WIDE else len(" / ")
    return 2 * FIGURE_WIDTH + words


def _figure_line(figure: Figure, width: int) -> Line:
    bad = figure.look if figure.now != "0" else ""
    now = Piece(f"{figure.now:>{FIGURE_WIDTH}}", bad or "strong")
    most = Piece(f"{figure.most:>{FIGURE_WIDTH}}", "dim")
    bars = Piece(sparkline(figure.figures), bad or "name")
    name = padded(figure.name, NAME_WIDTH)
    if width >= WIDE:
        word = Piece(f"  {figure.word:<4} ", "dim")
        return line(name, Piece("now", "dim"), now, word, most, "  ", bars)
    return line(name, now, Piece(" /", "dim"), most, " ", bars)
