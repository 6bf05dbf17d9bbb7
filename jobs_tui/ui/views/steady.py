"""A figure that stays as it is on the screen while it is about right."""

HOLD_SECONDS = 10.0
"""A figure that was told stays for at least so long."""

ABOUT = 0.25
"""By what share it may be wrong before another one is told."""


class SteadyFigure:
    """Each figure that is told anew costs bytes on the line to the terminal, and a glance."""

    def __init__(self) -> None:
        self._told: float | None = None
        self._told_at = 0.0

    def told(self, figure: float, now: float, expected: float = 0.0) -> float:
        """What to show for a figure; `now` is monotonic, `expected` is told at first."""
        if self._told is None:
            self._told, self._told_at = expected or figure, now
        elif now - self._told_at >= HOLD_SECONDS and self._is_wrong(figure):
            self._told, self._told_at = figure, now
        return self._told

    def _is_wrong(self, figure: float) -> bool:
        told = self._told or 0.0
        return abs(figure - told) > ABOUT * max(told, figure)
