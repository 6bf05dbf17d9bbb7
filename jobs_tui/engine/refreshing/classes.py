"""In which class each thing waits for its turn, and how often it should have one."""

from jobs_tui.engine.refreshing.cadence import LATELY_SECONDS, stretched, wait_after
from jobs_tui.engine.refreshing.forecast import Forecast
from jobs_tui.engine.refreshing.turn_queue import CHANGED, ON_SCREEN, REST, Turn


class Classes:
    """Sorts things into classes, and keeps the forecast right; `now` is in monotonic seconds."""

    def __init__(self, forecast: Forecast, interval: float) -> None:
        self._forecast = forecast
        self.interval = interval
        """Seconds between two refreshes of a thing that is at work."""
        self.sparing = False
        """Whether what nobody looks at is asked seldom."""

    def sort(self, turn: Turn, now: float) -> None:
        """Give a thing the class and the interval that it should have by now."""
        if turn.on_screen:
            place = ON_SCREEN
        else:
            place = CHANGED if now - turn.changed_at < LATELY_SECONDS else REST
        interval = wait_after(self.without_failures(turn, now), turn.failures, 0.0)
        if place == turn.natural and interval == turn.interval:
            return
        if not turn.paused:
            self._forecast.count(turn, -1)
        turn.natural, turn.interval = place, interval
        if not turn.paused:
            self._forecast.count(turn, 1)

    def without_failures(self, turn: Turn, now: float) -> float:
        """Seconds between two refreshes that a thing should have if it did not fail."""
        quiet = now - turn.work_seen_at if turn.asked else 0.0
        return stretched(self.interval, quiet, on_screen=turn.on_screen, sparing=self.sparing)
