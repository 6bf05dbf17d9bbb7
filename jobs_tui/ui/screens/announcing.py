"""Tells by notices what becomes of the changes of this run; a conflict at once, wherever one is."""

from collections.abc import Sequence

from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.notices import Notices
from jobs_tui.engine.store import Store
from jobs_tui.ui.views.changes import notice_of
from jobs_tui.ui.views.meanwhile import several_words


class Announcing:
    """Remembers what it has told, so that nothing is told twice."""

    def __init__(self, store: Store, notices: Notices) -> None:
        """Begin with nothing told."""
        self._store = store
        self._notices = notices
        self._announced: dict[int, ChangeState] = {}

    def tell(self, *, covered: bool) -> Sequence[Change]:
        """Tell what has become of changes since it was last told.

        Args:
            covered: whether the panels are out of sight: then only of conflicts, and of all else
                once one is back.

        Returns:
            Those that an earlier run left, which are to be asked about once.
        """
        changes = self._store.changes
        for number in self._announced.keys() - {change.number for change in changes}:
            # what the store has let go of
            del self._announced[number]
        new = [each for each in changes if self._announced.get(each.number) is not each.state]
        conflicts = [each for each in new if each.state is ChangeState.CONFLICT]
        told = conflicts if covered else new
        for change in told:
            self._announced[change.number] = change.state
            self._notices.tell_of(change, *notice_of(change))
        if len(conflicts) > 1:
            # the status line has room for one of them only
            self._notices.tell(several_words(conflicts), "alarm", news=True)
        return [each for each in told if each.state is ChangeState.LEFT]
