"""Shows what the last run saw until the service answers, and keeps what this one sees.

A cache: whatever goes wrong with it is told once, and nothing else waits for it or fails with it.
"""

import asyncio
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from jobs_tui.domain.clock import Clock
from jobs_tui.engine.notices import Notices
from jobs_tui.engine.store import Store
from jobs_tui.engine.thing_state import ThingState

if TYPE_CHECKING:
    # loaded only where there is a file to read, or once there is something to write
    from jobs_tui.engine.snapshot.file import SnapshotFile
    from jobs_tui.service.data_plane import JobsDataPlane

KEEP_EVERY_SECONDS = 60.0

NEVER = float("-inf")

FIRST_SCREENFUL = 50
"""Things that are shown on the first frame; the others of an earlier run follow it."""

FIRST_BYTES = 256 * 1024
"""As much of the file is looked through for them, and all of it only if some are not there."""

READ_AT_ONCE = 50
WRITTEN_AT_ONCE = 100
"""Things that are read, or written as text, before others have their turn: about 2 ms."""

BREATH_SECONDS = 0.01
"""Between two such portions of what was read; the first data of this run are worth more."""

TOLD_AT_ONCE = 500
"""Things that are put into the store together: who draws it may look at all of them then."""

OTHERS_TURN_SECONDS = 0.05
TURNS = 20
"""After what time, and how often, a file is tried again that another process is writing."""


class NoSnapshot:
    """What a run without a snapshot has in its place: it shows and keeps nothing."""

    def begin(self, store: Store, notices: Notices) -> None:
        """Put into the store what an earlier run saw of the first things; blocks shortly."""

    def start(self) -> None:
        """Go on with the other things, and keep what this run sees; from the event loop."""

    def linked(self, data_plane: "JobsDataPlane") -> None:
        """Take in whose things are asked for; what was shown of anybody else's is dropped."""

    async def end(self) -> None:
        """Keep what is known now, and stop."""


class Snapshot(NoSnapshot):
    """The snapshot in one file; nothing here raises anything."""

    _store: Store
    _notices: Notices

    def __init__(self, path: Path, clock: Clock) -> None:
        """Keep it in this file, whose folder is made when needed."""
        self._path = path
        self._clock = clock
        self._earlier: str | None = None
        """Whose things the earlier run saw; None if nothing is taken from it (any more)."""
        self._rest: Sequence[str] = ()
        """The things that were not looked for yet."""
        self._damaged = 0
        self._owner: str | None = None
        """Whose things this run sees; None until there is a link."""
        self._written_at = NEVER
        """Service time: what was answered since is not written yet."""
        self._keeping: asyncio.Task[None] | None = None

    def begin(self, store: Store, notices: Notices) -> None:
        """Put into the store what an earlier run saw of the first things; blocks shortly."""
        self._store = store
        self._notices = notices
        if os.path.lexists(self._path):
            try:
                self._restore_first([state.thing_name for state in store.things])
            except OSError as error:
                self._tell("read", _why(error))

    def start(self) -> None:
        """Go on with the other things, and keep what this run sees; from the event loop."""
        self._keeping = asyncio.create_task(self._keep())

    def linked(self, data_plane: "JobsDataPlane") -> None:
        """Take in whose things are asked for; what was shown of anybody else's is dropped."""
        from jobs_tui.engine.snapshot.format import owner_of  # noqa: PLC0415 - as above

        self._owner = owner_of(data_plane.identity, data_plane.endpoint, data_plane.region)
        if self._earlier not in {None, self._owner}:
            self._earlier = None
            self._store.forget_earlier_run()

    async def end(self) -> None:
        """Keep what is known now, and stop."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
            await self._write()

    async def _keep(self) -> None:
        await self._restore_rest()
        while True:
            await self._clock.sleep(KEEP_EVERY_SECONDS)
            await self._write()

    def _restore_first(self, names: Sequence[str]) -> None:
        from jobs_tui.engine.snapshot.file import lines_of  # noqa: PLC0415 - as above

        file = self._file()
        first = names[:FIRST_SCREENFUL]
        content = file.read(FIRST_BYTES)
        found, damaged = lines_of(content.lines, set(first))
        if len(found) < len(first) and not content.whole:
            content = file.read()
            found, damaged = lines_of(content.lines, set(first))
        self._earlier = content.owner
        self._rest = names[FIRST_SCREENFUL:]
        self._store.restore(self._read(found.values()))
        if not self._rest:
            self._tell_damage(damaged)

    async def _restore_rest(self) -> None:
        """In portions, so that neither keys nor the first answers wait for it."""
        if not self._rest or self._earlier is None:
            return
        from jobs_tui.engine.snapshot.file import lines_of  # noqa: PLC0415 - as above

        def found() -> tuple[str, dict[str, bytes], int]:
            content = self._file().read()
            return content.owner, *lines_of(content.lines, set(self._rest))

        try:
            owner, lines, damaged = await asyncio.to_thread(found)
        except OSError as error:
            self._tell("read", _why(error))
            return
        waiting = [lines.pop(name) for name in reversed(self._rest) if name in lines]
        self._rest = ()
        read: list[ThingState] = []
        while waiting and owner == self._earlier:
            # each line is let go once it is read
            portion = [waiting.pop() for _ in range(min(READ_AT_ONCE, len(waiting)))]
            read += self._read(portion)
            if len(read) >= TOLD_AT_ONCE or not waiting:
                self._store.restore(read)
                read = []
            await self._clock.sleep(BREATH_SECONDS)
        self._tell_damage(damaged)

    def _read(self, lines: Iterable[bytes]) -> list[ThingState]:
        from jobs_tui.engine.snapshot.format import state_in  # noqa: PLC0415 - as above

        states = [state_in(line) for line in lines]
        good = [state for state in states if state is not None]
        self._damaged += len(states) - len(good)
        return good

    async def _write(self) -> None:
        """Write what has answered since the last time; what could not be written stays due."""
        due = self._store.answered_since(self._written_at)
        if self._owner is None or not due:
            return
        now, written = self._store.service_now(), self._written_at != NEVER
        try:
            added_to = await self._merge(self._owner, await self._as_lines(due))
        except OSError as error:
            self._tell("kept", _why(error))
        else:
            # if somebody took away the file in which the others were, all are due once more
            self._written_at = now if added_to or not written else NEVER

    async def _as_lines(self, names: Iterable[str]) -> dict[str, bytes]:
        from jobs_tui.engine.snapshot.format import line_of  # noqa: PLC0415 - as above

        lines: dict[str, bytes] = {}
        for number, name in enumerate(names, start=1):
            if self._store.watches(name):
                # while others had their turn, somebody may have closed its panel
                lines[name] = line_of(self._store.thing(name))
            if number % WRITTEN_AT_ONCE == 0:
                await asyncio.sleep(0)
        return lines

    async def _merge(self, owner: str, lines: dict[str, bytes]) -> bool:
        """Whether there was a file to be added to. Raises OSError."""
        file, now = self._file(), self._store.service_now()

        def merge() -> bool:
            added_to = file.merge(owner, lines, now)
            if self._written_at == NEVER:
                with suppress(OSError):
                    file.tidy(self._clock.now())
            return added_to

        for _ in range(TURNS):
            with suppress(BlockingIOError):
                return await asyncio.to_thread(merge)
            await self._clock.sleep(OTHERS_TURN_SECONDS)
        return await asyncio.to_thread(merge)

    def _file(self) -> "SnapshotFile":
        from jobs_tui.engine.snapshot.file import SnapshotFile  # noqa: PLC0415 - as above

        return SnapshotFile(self._path)

    def _tell_damage(self, damaged: int) -> None:
        damaged += self._damaged
        if damaged:
            lines = "1 line is" if damaged == 1 else f"{damaged} lines are"
            self._tell("read whole", f"{lines} damaged")

    def _tell(self, done: str, reason: str) -> None:
        """Each once in a run."""
        self._notices.tell(
            f"the last picture cannot be {done}: {reason} ({self._path}); everything else works",
            "warning",
            once=f"the last picture cannot be {done}",
        )


def _why(error: OSError) -> str:
    if isinstance(error, BlockingIOError):
        return "another instance of jobs-tui does not let go of it"
    return error.strerror or type(error).__name__
