"""What all things come to: in figures, and as a bar to scale."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jobs_tui.engine.fleet.standing import Need
from jobs_tui.engine.fleet.totals import Totals
from jobs_tui.engine.refreshing.forecast import Round
from jobs_tui.ui.terminal.lines import Line, Piece, cells, cut, line, width_of
from jobs_tui.ui.views.durations import MINUTE, coarse


class Part(NamedTuple):
    """How the things that are shown for one need look in the bar."""

    sign: str
    """The lower, the less urgent: it reads without colours too."""
    look: str
    words: str


PARTS: Mapping[Need, Part] = {
    Need.CONFLICT: Part("\u2588", "alarm", "conflict"),
    Need.OVERDUE: Part("\u2587", "alarm", "overdue"),
    Need.STUCK: Part("\u2586", "alarm", "stuck"),
    Need.DUE: Part("\u2585", "warning", "due"),
    Need.ERROR: Part("\u2584", "alarm", "error"),
    Need.IN_PROGRESS: Part("\u2583", "progress", "in progress"),
    Need.QUEUED: Part("\u2582", "name", "queued"),
    Need.QUIET: Part("\u2581", "dim", "quiet"),
    Need.UNKNOWN: Part("\u00b7", "dim", "not asked"),
}


def totals_line(totals: Totals, first_round: Round | None, shown: int | None, width: int) -> Line:
    """How many things there are, and of what they have how much, the most urgent first.

    Args:
        totals: of all things.
        first_round: how far it is, while it goes on.
        shown: how many things a filter lets through; None without one.
        width: in cells. Where there is room, the figures tell the signs of the bar as well.
    """
    title = f" {totals.things:,} things"
    if shown is not None:
        title = f" {shown:,} of {totals.things:,} things"
    if first_round is not None:
        title = f" {_progress(first_round)}"
    figures = _figures(totals)
    urgent = any(need.urgent for need, _ in figures)
    if not urgent and not totals.by_need[Need.UNKNOWN] and first_round is None:
        title += "   nothing needs attention"
    with_signs: list[Piece] = []
    for need, words in (*figures, *_rest(totals)):
        with_signs += (Piece("  "), Piece(PARTS[need].sign, PARTS[need].look), Piece(f" {words}"))
    head = Piece(title, "strong")
    if cells(title) + 1 + width_of(with_signs) <= width:
        return line(head, " ", *with_signs)
    return _figures_only(head, figures, width)


def bar_line(by_need: Mapping[Need, int], width: int) -> Line:
    """How many things are shown for what, to scale, the most urgent on the left."""
    shares = cells_of([by_need.get(need, 0) for need in PARTS], width)
    return line(
        *(
            Piece(part.sign * share, part.look)
            for part, share in zip(PARTS.values(), shares, strict=True)
            if share
        )
    )


def cells_of(numbers: Sequence[int], width: int) -> list[int]:
    """Cells for each number, to scale, together exactly the width.

    None but a zero goes without a cell, as long as there are enough of them.
    """
    total = sum(numbers)
    if total <= 0 or width <= 0:
        return [0] * len(numbers)
    shares = [number * width // total for number in numbers]
    rests = [number * width % total for number in numbers]
    for index, number in enumerate(numbers):
        if number and not shares[index]:
            shares[index], rests[index] = 1, 0
    by_rest = sorted(range(len(numbers)), key=lambda index: -rests[index])
    for index in by_rest[: max(0, width - sum(shares))]:
        shares[index] += 1
    while sum(shares) > width:
        # the last one of the widest gives way, so that what is urgent stays
        widest = max(range(len(shares)), key=lambda index: (shares[index], index))
        shares[widest] -= 1
    return shares


def _figures(totals: Totals) -> list[tuple[Need, str]]:
    """Job executions, but things where an endpoint failed or a deadline is near."""
    conflicts, errors, due = totals.conflicts, totals.errors, totals.by_need[Need.DUE]
    more = "+" if totals.capped else ""
    figures = (
        (Need.CONFLICT, conflicts, "conflict" if conflicts == 1 else "conflicts"),
        (Need.OVERDUE, totals.overdue, "overdue"),
        (Need.STUCK, totals.stuck - totals.overdue, "stuck"),
        (Need.DUE, due, "due"),
        (Need.ERROR, errors, "error" if errors == 1 else "errors"),
        (Need.IN_PROGRESS, totals.in_progress, "in progress"),
        (Need.QUEUED, totals.queued, "queued"),
    )
    return [
        (need, f"{number:,}{more if need is Need.QUEUED else ''} {noun}")
        for need, number, noun in figures
        if number
    ]


def _rest(totals: Totals) -> list[tuple[Need, str]]:
    """Things of which there is nothing to count."""
    needs = (Need.QUIET, Need.UNKNOWN)
    numbers = [(need, totals.by_need[need]) for need in needs]
    return [(need, f"{number:,} {PARTS[need].words}") for need, number in numbers if number]


def _figures_only(head: Piece, figures: Sequence[tuple[Need, str]], width: int) -> Line:
    pieces: list[Piece] = []
    for need, words in figures:
        pieces.append(Piece(" \u00b7 " if pieces else "   "))
        pieces.append(Piece(words, PARTS[need].look if need.urgent else ""))
    room = width - cells(head.text)
    while pieces and width_of(pieces) > room:
        # a figure that is cut would be another figure
        pieces = pieces[:-2]
    return line(Piece(cut(head.text, width), head.look), *pieces)


def _progress(first_round: Round) -> str:
    seconds = first_round.seconds_left
    left = f"{seconds:.0f} s" if seconds < 2 * MINUTE else coarse(seconds)
    return f"{first_round.answered:,} of {first_round.total:,} asked, {left} left"
