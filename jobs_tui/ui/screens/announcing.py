"""Tells what has become of each change, once for each state that it comes to."""

from collections.abc import Callable, Collection

from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.notices import Notices
from jobs_tui.ui.views.changes import notice_of


def announce(
    changes: Collection[Change],
    announced: dict[int, ChangeState],
    notices: Notices,
    open_change: Callable[[Change], object],
) -> None:
    """Tell of what is new, and ask about what an earlier run left.

    Args:
        changes: those of this run, and those left.
        announced: the state of each that was told last, by number; brought up to date here.
        notices: where it is told.
        open_change: asks about a change.
    """
    for number in announced.keys() - {change.number for change in changes}:
        # what the store has let go of
        del announced[number]
    for change in changes:
        if announced.get(change.number) is not change.state:
            announced[change.number] = change.state
            notices.tell_of(change, *notice_of(change))
            if change.state is ChangeState.LEFT:
                open_change(change)
