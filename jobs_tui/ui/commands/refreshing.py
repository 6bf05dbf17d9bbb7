"""Refreshing: now, never, more or less often, and with fewer bytes."""

from jobs_tui.ui.commands.command import Command, key_of
from jobs_tui.ui.commands.place import RefreshingPlace
from jobs_tui.ui.views.bars import Notice
from jobs_tui.ui.views.durations import MINUTE, coarse

INTERVALS = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0)
"""Seconds between two refreshes of a thing, to choose from."""


class RefreshPanel(Command[RefreshingPlace]):
    """Refresh this panel now."""

    keys = ("r",)
    name = "Refresh this panel"
    hint = "refresh"

    def run(self, place: RefreshingPlace) -> None:
        """Ask for this thing."""
        place.engine.refresh_now(place.thing_name)
        place.notice(Notice(f"refreshing {place.thing_name}"))


class RefreshAll(Command[RefreshingPlace]):
    """Refresh all panels now."""

    keys = ("R",)
    name = "Refresh all panels"

    def run(self, place: RefreshingPlace) -> None:
        """Ask for all things."""
        engine = place.engine
        engine.refresh_now()
        count = len(engine.store.thing_names)
        seconds = count / engine.budget.rate
        takes = f": {count:,} take {coarse(seconds)} at least" if seconds >= MINUTE else ""
        place.notice(Notice(f"refreshing all things{takes}"))


class Pause(Command[RefreshingPlace]):
    """Pause and resume automatic refresh."""

    keys = ("p",)
    name = "Pause or resume refreshing"

    def run(self, place: RefreshingPlace) -> None:
        """Stop or go on."""
        refresher = place.engine.refresher
        refresher.pause(paused=not refresher.paused)
        words = "resumed"
        if refresher.paused:
            one, all_ = key_of("refresh-panel", "r"), key_of("refresh-all", "R")
            words = f"paused: {one} and {all_} still refresh, {key_of('pause', 'p')} resumes"
        place.notice(Notice(f"automatic refresh {words}"))
        place.redraw()


class PausePanel(Command[RefreshingPlace]):
    """Pause and resume automatic refresh of this thing alone."""

    keys = ("h",)
    name = "Pause or resume this panel"

    def run(self, place: RefreshingPlace) -> None:
        """Stop or go on."""
        refresher, thing_name = place.engine.refresher, place.thing_name
        paused = thing_name not in refresher.paused_things
        refresher.pause(paused=paused, thing_name=thing_name)
        words = "resumed"
        if paused:
            refresh, resume = key_of("refresh-panel", "r"), key_of("pause-panel", "h")
            words = f"paused: {refresh} still refreshes it, {resume} resumes"
        place.notice(Notice(f"automatic refresh of {thing_name} {words}"))
        place.redraw()


class MoreOften(Command[RefreshingPlace]):
    """Refresh more often."""

    keys = ("plus",)
    shown_keys = "+"
    name = "Refresh more often"

    def why_not(self, place: RefreshingPlace) -> str | None:
        """There is a shortest interval."""
        return None if place.engine.refresher.interval > INTERVALS[0] else "this is the shortest"

    def run(self, place: RefreshingPlace) -> None:
        """Take the next shorter interval."""
        interval = place.engine.refresher.interval
        _set(place, max(step for step in INTERVALS if step < interval))


class LessOften(Command[RefreshingPlace]):
    """Refresh less often."""

    keys = ("minus",)
    shown_keys = "-"
    name = "Refresh less often"

    def why_not(self, place: RefreshingPlace) -> str | None:
        """There is a longest interval."""
        return None if place.engine.refresher.interval < INTERVALS[-1] else "this is the longest"

    def run(self, place: RefreshingPlace) -> None:
        """Take the next longer interval."""
        interval = place.engine.refresher.interval
        _set(place, min(step for step in INTERVALS if step > interval))


class SaveBandwidth(Command[RefreshingPlace]):
    """Save bandwidth on screen and in calls, or no longer."""

    keys = ("B",)
    name = "Save bandwidth or no longer"

    def run(self, place: RefreshingPlace) -> None:
        """Change to the one or the other."""
        on = not place.low_bandwidth
        place.save_bandwidth(on=on)
        words = "bandwidth is saved no more"
        if on:
            words = f"bandwidth is saved: {key_of('save-bandwidth', 'B')} draws as usual again"
        place.notice(Notice(words))


def _set(place: RefreshingPlace, seconds: float) -> None:
    place.engine.refresher.set_interval(seconds)
    place.notice(Notice(f"each thing is refreshed every {seconds:g} s"))
    place.redraw()
