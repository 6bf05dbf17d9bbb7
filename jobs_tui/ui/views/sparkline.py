"""A row of figures as a row of bars, each one cell wide. Pure."""

from collections.abc import Sequence

HEIGHTS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"
NOTHING = "_"
"""Stands for 0: told apart from a little, and from what is not known."""
UNKNOWN = " "


def sparkline(figures: Sequence[float | None], most: float = 0.0) -> str:
    """The figures as bars, the highest of them full; None, where nothing is known, as a blank.

    Args:
        figures: from 0 on.
        most: what a full bar stands for at least, so that small ones do not look large.
    """
    known = [each for each in figures if each is not None]
    full = max([most, *known])
    return "".join(UNKNOWN if each is None else _bar(each, full) for each in figures)


def _bar(figure: float, full: float) -> str:
    if figure <= 0:
        return NOTHING
    return HEIGHTS[min(len(HEIGHTS) - 1, int(figure / full * len(HEIGHTS)))]
