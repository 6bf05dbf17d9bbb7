"""Cost against size, drawn with characters on logarithmic scales."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 60, 14
POINT, LINEAR = "\u25cf", "\u00b7"
MARGIN = 10
"""Columns for the figures at the left."""


@dataclass(frozen=True, slots=True)
class Plot:
    """What costs how much, by the number of things; all above 0, the sizes in order."""

    title: str
    points: Sequence[tuple[float, float]]

    def drawn(self) -> str:
        """The plot; dots show what a cost would be that grows as the last but one point's size."""
        return "\n".join(_draw(self))


@dataclass(frozen=True, slots=True)
class _Scale:
    """From the first power of ten at or below all values to the last one, over some cells."""

    first: int
    last: int
    cells: int

    @classmethod
    def of(cls, values: Sequence[float], cells: int) -> "_Scale":
        first = math.floor(math.log10(min(values)))
        return cls(first, max(first + 1, math.ceil(math.log10(max(values)))), cells)

    def cell(self, value: float) -> int:
        share = (math.log10(value) - self.first) / (self.last - self.first)
        return round(share * (self.cells - 1))

    def value(self, cell: int) -> float:
        return 10.0 ** (self.first + (self.last - self.first) * cell / (self.cells - 1))

    @property
    def ticks(self) -> dict[int, str]:
        return {
            self.cell(10.0**power): f"{10.0**power:g}" for power in range(self.first, self.last + 1)
        }


def _draw(plot: Plot) -> list[str]:
    across = _Scale.of([size for size, _ in plot.points], WIDTH)
    up = _Scale.of([cost for _, cost in plot.points], HEIGHT)
    cells = [[" "] * WIDTH for _ in range(HEIGHT)]
    size, cost = plot.points[max(0, len(plot.points) - 2)]
    for column in range(WIDTH):
        row = up.cell(across.value(column) * cost / size)
        if 0 <= row < HEIGHT:
            cells[row][column] = LINEAR
    for size, cost in plot.points:
        cells[up.cell(cost)][across.cell(size)] = POINT
    marks = up.ticks
    lines = [f"{'':{MARGIN}} {plot.title}; dots: linear, through the last point but one"]
    lines += [
        f"{marks.get(row, ''):>{MARGIN}} \u2502{''.join(cells[row]).rstrip()}"
        for row in reversed(range(HEIGHT))
    ]
    lines.append(f"{'':{MARGIN}} \u2514" + "\u2500" * WIDTH)
    below = [" "] * (WIDTH + MARGIN)
    for column, mark in across.ticks.items():
        begin = max(0, column - len(mark) // 2)
        below[begin : begin + len(mark)] = mark
    lines.append(f"{'':{MARGIN}}  {''.join(below).rstrip()} things")
    return lines
