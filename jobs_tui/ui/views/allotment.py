"""How many lines each panel gets when not all of them fit."""

from collections.abc import Sequence

SMALLEST = 2
"""A title and one line."""


def allot(needed: Sequence[int], focused: int, height: int) -> list[int]:
    """Lines for each panel: all that it needs where that fits.

    Else the focused one is served first, the others get their smallest size and then, in order,
    more while there is room. The sum is above `height` only if the smallest sizes are.
    """
    allotted = [min(SMALLEST, lines) for lines in needed]
    left = height - sum(allotted)
    order = [focused, *(index for index in range(len(needed)) if index != focused)]
    for index in order if needed else ():
        extra = min(max(0, left), needed[index] - allotted[index])
        allotted[index] += extra
        left -= extra
    return allotted
