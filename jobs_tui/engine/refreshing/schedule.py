"""When each thing is asked next: by what is wanted, looked at, at work, paused or failing.

Nothing waits here and nothing is sent. `now` is in monotonic seconds everywhere.
"""

import math
import random
from collections.abc import Iterable

from jobs_tui.engine.refreshing.cadence import dispersed, jittered, wait_after
from jobs_tui.engine.refreshing.classes import Classes
from jobs_tui.engine.refreshing.forecast import Forecast
from jobs_tui.engine.refreshing.turn_queue import (
    AT_ONCE,
    NEVER_ASKED,
    SEEN_EMPTY,
    WANTED,
    Turn,
    TurnQueue,
)


class Schedule:
    """One turn for each thing: waiting, being asked, or paused."""

    def __init__(
        self, thing_names: Iterable[str], interval: float, randomness: random.Random
    ) -> None:
        self._random = randomness
        self.paused = False
        """Whether nothing is due but what is wanted, and what would be seen without any answer."""
        self.under_way = 0
        """Things that were taken and not put back yet."""
        self.turns = {name: Turn(name, interval) for name in thing_names}
        """By the name of the thing."""
        self.forecast = Forecast(len(self.turns), interval)
        self.classes = Classes(self.forecast, interval)
        """What is changed there takes effect with `set_interval`."""
        self.paused_things: set[str] = set()
        self._queue = TurnQueue(self.turns.values())
        self._looked_at: frozenset[str] | None = None
        self._answered = 0
        self._paused_unasked = 0

    def earliest(self) -> float:
        """The moment at which the next thing is due; infinite where none will be by itself."""
        earliest = self._queue.earliest()
        return math.inf if self.paused and earliest > self._due_while_paused else earliest

    def is_asked_for(self) -> bool:
        """Whether a thing waits that the user wants: by name, or with all while it is on screen."""
        return self._queue.is_asked_for()

    def take(self, now: float, *, even_early: bool = False, asked_for: bool = False) -> Turn:
        """Begin to ask for the thing whose turn it is; it waits for none until it is put back.

        `even_early` takes one that will be due where none is, `asked_for` only what the user wants.
        Raises LookupError where there is none at all.
        """
        if asked_for:
            turn = self._queue.take_asked_for()
        else:
            turn = self._queue.take(self._due_while_paused if self.paused else now)
        if turn is None and even_early and not self.paused:
            turn = self._queue.take(math.inf)
        if turn is None:
            raise LookupError("nothing is due")
        self.under_way += 1
        turn.asking = True
        turn.asked_at = now
        return turn

    def add(self, thing_name: str) -> None:
        """Ask for another thing, too: it waits as one that was never asked."""
        turn = self.turns[thing_name] = Turn(thing_name, self.classes.interval)
        self.forecast.count(turn, 1)
        self._looked_at = None if self._looked_at is None else self._looked_at - {thing_name}
        self._queue.put(turn, NEVER_ASKED, turn.natural)

    def remove(self, thing_name: str) -> None:
        """Ask for a thing no more; raises KeyError for one that is not known.

        One that is being asked ends with `dropped`.
        """
        turn = self.turns.pop(thing_name)
        self._queue.withdraw(turn)
        self.paused_things.discard(thing_name)
        if not turn.paused:
            self.forecast.count(turn, -1)
        self._answered -= turn.asked
        self._paused_unasked -= turn.paused and not turn.asked

    def knows(self, turn: Turn) -> bool:
        """Whether its thing was not removed since it was taken."""
        return self.turns.get(turn.thing_name) is turn

    def dropped(self, turn: Turn) -> None:
        """Take in that the call for a thing that was removed meanwhile has ended."""
        turn.asking = False
        self.under_way -= 1

    def want(self, thing_name: str) -> None:
        """Ask for a thing before all others; raises KeyError for one that is not known."""
        turn = self.turns[thing_name]
        if turn.asking:
            turn.again = WANTED
        else:
            self._queue.put(turn, AT_ONCE, WANTED)

    def want_all(self) -> None:
        """Ask for all things once, class by class, those first that were not for longest; O(n)."""
        waiting = []
        for turn in self.turns.values():
            turn.bunched = True
            if turn.asking:
                turn.again = turn.natural if turn.again is None else turn.again
                continue
            if not turn.ticket or turn.place != WANTED:
                turn.place = turn.natural
            turn.due = AT_ONCE
            waiting.append(turn)
        waiting.sort(key=lambda turn: turn.asked_at)
        self._queue.refill(waiting)

    def look_at(self, thing_names: Iterable[str], now: float) -> bool:
        """Take in which things are on screen; returns whether others were until now."""
        given = tuple(thing_names)
        names, before = frozenset(given), self._looked_at or frozenset()
        if names == self._looked_at:
            return False
        self._looked_at = names
        # from the top of the screen down, where all have waited for as long
        changed = [*(before - names), *(name for name in given if name not in before)]
        for turn in map(self.turns.get, changed):
            if turn is not None:
                turn.on_screen = turn.thing_name in names
                self.classes.sort(turn, now)
                if turn.ticket and turn.place != WANTED:
                    self._queue.put(turn, self._due_where_it_is_now(turn), turn.natural)
        return True

    def pause_thing(self, thing_name: str, *, paused: bool) -> None:
        """Let one thing be due only when it is wanted, or again by itself.

        Raises KeyError for a thing that is not known.
        """
        turn = self.turns[thing_name]
        if turn.paused == paused:
            return
        turn.paused = paused
        self.forecast.count(turn, -1 if paused else 1)
        if not turn.asked:
            self._paused_unasked += 1 if paused else -1
        if not paused:
            self.paused_things.discard(thing_name)
            if not turn.ticket and not turn.asking:
                self._queue.put(turn, turn.due, turn.natural)
            return
        self.paused_things.add(thing_name)
        if turn.due != AT_ONCE:
            self._queue.withdraw(turn)

    def set_interval(self, seconds: float, now: float) -> None:
        """Ask each thing this often from now on; O(n).

        What would have its turn later has it within the new interval, spread over it.
        """
        self.classes.interval = seconds
        waiting = []
        for turn in self.turns.values():
            self.classes.sort(turn, now)
            if turn.ticket:
                if not turn.failures:
                    turn.due = min(turn.due, now + turn.interval * self._random.random())
                waiting.append(turn)
        self._queue.refill(waiting)

    def answered(self, turn: Turn, now: float, *, pending: bool, changed: bool) -> float:
        """Put a thing back that has answered; returns when it is due, as all that put back do.

        Args:
            turn: that of the thing.
            now: when.
            pending: whether its list names any execution.
            changed: whether the list differs from the one before; a first one is no change.
        """
        changed = changed and turn.asked
        turn.failures = 0
        self._count_asked(turn, now)
        if changed:
            turn.changed_at = now
        if changed or pending:
            turn.work_seen_at = now
        self.classes.sort(turn, now)
        spread = dispersed if turn.bunched and len(self.turns) > 1 else jittered
        turn.bunched = False
        return self._put_back(turn, turn.asked_at + spread(turn.interval, self._random.random()))

    def failed(self, turn: Turn, now: float) -> float:
        """Put a thing back that failed: the more often in a row, the longer it waits."""
        turn.failures += 1
        self._count_asked(turn, now)
        self.classes.sort(turn, now)
        interval = self.classes.without_failures(turn, now)
        return self._put_back(
            turn, now + wait_after(interval, turn.failures, self._random.random())
        )

    def throttled(self, turn: Turn, now: float) -> float:
        """Put a thing back that was asked too soon after others, which is not its own failure."""
        self._count_asked(turn, now)
        self.classes.sort(turn, now)
        return self._put_back(turn, now + jittered(self.classes.interval, self._random.random()))

    def given_up(self, turn: Turn) -> None:
        """Put a thing back as it was, since its call was cancelled."""
        if not self.knows(turn):
            self.dropped(turn)
            return
        turn.asking = False
        self.under_way -= 1
        self._queue.put(turn, turn.due, turn.place)

    def bring_back(self, turns: Iterable[Turn], now: float) -> None:
        """Let things be due now that wait for longer because they failed."""
        for turn in turns:
            if turn.ticket and turn.due > now:
                self._queue.put(turn, now, turn.natural)

    def unasked(self) -> tuple[int, int]:
        """How many things were never asked that may be: those on screen, and the others."""
        left = len(self.turns) - self._answered - self._paused_unasked
        if not left:
            return 0, 0
        watched = map(self.turns.get, self._looked_at or ())
        on_screen = sum(1 for turn in watched if turn and not turn.asked and not turn.paused)
        return on_screen, left - on_screen

    @property
    def answered_once(self) -> int:
        """How many things were asked at least once, whatever came of it."""
        return self._answered

    @property
    def _due_while_paused(self) -> float:
        """As long as nobody has told what is on screen, anything may be."""
        return NEVER_ASKED if self._looked_at is None else SEEN_EMPTY

    def _due_where_it_is_now(self, turn: Turn) -> float:
        """When a thing is due that has come on screen, or left it."""
        if turn.due == AT_ONCE or turn.failures:
            return turn.due
        if turn.asked:
            return min(turn.due, turn.asked_at + turn.interval)
        return SEEN_EMPTY if turn.on_screen else NEVER_ASKED

    def _put_back(self, turn: Turn, due: float) -> float:
        turn.asking = False
        self.under_way -= 1
        again, turn.again = turn.again, None
        if again is not None:
            self._queue.put(turn, AT_ONCE, again)
        elif turn.paused:
            turn.due = due
        else:
            self._queue.put(turn, due, turn.natural)
        return turn.due

    def _count_asked(self, turn: Turn, now: float) -> None:
        if not turn.asked:
            turn.asked = True
            turn.work_seen_at = now
            self._answered += 1
            self._paused_unasked -= turn.paused
