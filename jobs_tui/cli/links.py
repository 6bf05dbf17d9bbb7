"""What a context needs once it is on the screen: links, searches, what was watched last.

Nothing of it is loaded before the first frame.
"""

from functools import partial
from typing import TYPE_CHECKING

from jobs_tui.cli.cache_folder import cache_folder
from jobs_tui.cli.journal_folder import journal_folder
from jobs_tui.cli.settings.for_service import service_settings
from jobs_tui.cli.settings.in_force import Settings
from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Failure
from jobs_tui.domain.traffic import Traffic
from jobs_tui.engine.journal.journal import JournalError
from jobs_tui.engine.recent_things import RecentThings
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.opening import TellStage

if TYPE_CHECKING:
    # most name their things
    from jobs_tui.domain.thing_selection import ThingSelection
    from jobs_tui.engine.pulse import Pulse
    from jobs_tui.engine.thing_search import ThingSearch


async def open_link(
    settings: Settings, clock: Clock, tell: TellStage, traffic: Traffic
) -> JobsDataPlane | Failure:
    """The data plane, as the settings say; bytes are counted in `traffic`."""
    wanted = service_settings(settings, cache_folder(), traffic)
    return await open_data_plane(wanted, clock, tell)


def search_of(
    settings: Settings,
    clock: Clock,
    selection: "ThingSelection",
    at_most: int,
    pulses: "dict[str, Pulse] | None" = None,
) -> "ThingSearch":
    """A search for at most so many things, as the settings say; its calls are counted there."""
    from jobs_tui.engine.thing_search import ThingSearch  # noqa: PLC0415 - see above
    from jobs_tui.service.connection import open_control_plane  # noqa: PLC0415 - as above

    wanted = service_settings(settings, cache_folder())
    open_control = partial(open_control_plane, wanted, clock)
    return ThingSearch(selection, open_control, clock, at_most=at_most, pulses=pulses)


def recent_things() -> RecentThings:
    """What was watched last; where there is no home, nothing is remembered."""
    try:
        return RecentThings(journal_folder())
    except JournalError:
        return RecentThings(None)
