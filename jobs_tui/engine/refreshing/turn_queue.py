"""Whose turn it is: a queue for each class of things, the next found in O(log n)."""

import heapq
from collections.abc import Iterable

WANTED = 0
"""The class of a thing that was asked for by name: by the user, or after a change of it."""

ON_SCREEN = 1
"""The class of a thing that is looked at."""

CHANGED = 2
"""The class of a thing whose pending list has changed lately."""

REST = 3
"""The class of all others."""

AT_ONCE = float("-inf")
"""Due before everything else: what the user wants refreshed."""

SEEN_EMPTY = -2e300
"""Due before everything but that: what is on screen and was never asked."""

NEVER_ASKED = -1e300
"""Due before everything but these: what was never asked."""

IN_A_ROW = 3
"""So many calls a class gets in a row while a lower one has something due."""

SHARE = 1 / (IN_A_ROW + 1)
"""The part of the calls that each class gets at least while it has something due.

Of those, that is, which are not for things that were asked for by name.
"""

SHARE_OF_FIRST_ROUND = 1 / 2
"""The part for what was never asked, or is wanted along with all others: every other call."""

SPARE_ENTRIES = 64
"""So many entries that hold no more, besides one for each that does, are not worth removing."""

Entry = tuple[float, int, "Turn"]


class Turn:
    """When one thing is asked next, and what that depends on; times in monotonic seconds."""

    __slots__ = (
        "again",
        "asked",
        "asked_at",
        "asking",
        "bunched",
        "changed_at",
        "due",
        "failures",
        "interval",
        "natural",
        "on_screen",
        "paused",
        "place",
        "thing_name",
        "ticket",
        "work_seen_at",
    )

    def __init__(self, thing_name: str, interval: float) -> None:
        self.thing_name = thing_name
        self.due = NEVER_ASKED
        self.interval = interval
        """Seconds between two refreshes that it should have, the budget aside."""
        self.natural = REST
        """Its class as long as nobody asks for it by name."""
        self.place = REST
        """The class in whose queue it is, or was when it was taken."""
        self.ticket = 0
        """Tells its valid entry in a queue from older ones; 0 while it is in none."""
        self.asked_at = float("-inf")
        """When it was last asked, also while there is no answer yet."""
        self.asked = False
        """Whether it was ever asked and that has ended, whatever came of it."""
        self.asking = False
        self.again: int | None = None
        """The class in which it waits once more after it has been asked, if it was wanted again."""
        self.bunched = True
        """Whether it was last asked because all were, so that its next turn is moved away."""
        self.on_screen = False
        self.paused = False
        self.failures = 0
        """How many calls in a row have failed, throttled ones aside."""
        self.work_seen_at = float("-inf")
        """When something was last pending, else when it was first asked."""
        self.changed_at = float("-inf")


class TurnQueue:
    """The things that wait for their turn; those being asked or paused are not in it."""

    def __init__(self, turns: Iterable[Turn]) -> None:
        self._heaps: tuple[list[Entry], ...] = ([], [], [], [])
        self._waiting = [0, 0, 0, 0]
        self._passed = [0, 0, 0, 0]
        """How many calls others got since each class got one, while it had something due."""
        self._wanted_in_a_row = 0
        self._tickets = 0
        self.refill(turns)

    def put(self, turn: Turn, due: float, place: int) -> None:
        """Let a thing wait in a class for a moment; wherever it waited before, it does no more."""
        if turn.ticket:
            self._waiting[turn.place] -= 1
        self._tickets += 1
        turn.due, turn.place, turn.ticket = due, place, self._tickets
        heap = self._heaps[place]
        self._waiting[place] += 1
        heapq.heappush(heap, (due, self._tickets, turn))
        if len(heap) > 2 * self._waiting[place] + SPARE_ENTRIES:
            heap[:] = [entry for entry in heap if entry[2].ticket == entry[1]]
            heapq.heapify(heap)

    def withdraw(self, turn: Turn) -> None:
        """Let a thing wait no more."""
        if turn.ticket:
            self._waiting[turn.place] -= 1
            turn.ticket = 0

    def refill(self, turns: Iterable[Turn]) -> None:
        """Let all these wait, by their own `due` and `place`, and no others; O(n log n).

        Where two are due at the same moment, the one that is given first has its turn first.
        """
        for heap in self._heaps:
            heap.clear()
        self._waiting = [0, 0, 0, 0]
        for turn in turns:
            self._tickets += 1
            turn.ticket = self._tickets
            self._waiting[turn.place] += 1
            self._heaps[turn.place].append((turn.due, turn.ticket, turn))
        for heap in self._heaps:
            heapq.heapify(heap)

    def earliest(self) -> float:
        """The moment at which the first of them is due; infinite where there is none."""
        earliest = float("inf")
        for place in (WANTED, ON_SCREEN, CHANGED, REST):
            top = self._top(place)
            if top is not None and top[0] < earliest:
                earliest = top[0]
        return earliest

    def take(self, due_by: float) -> Turn | None:
        """Take out the thing whose turn it is; None where nothing is due by that moment.

        A higher class goes first, but while others have something due it gets three calls in a
        row at most, so that nothing starves. It gets one before something that was never asked, or
        is wanted along with all others.
        """
        due = []
        for place in (WANTED, ON_SCREEN, CHANGED, REST):
            top = self._top(place)
            if top is not None and top[0] <= due_by:
                due.append(place)
            else:
                self._passed[place] = 0
        if not due:
            return None
        if len(due) == 1:
            chosen, self._wanted_in_a_row = due[0], 0
        else:
            chosen = self._choose(due)
        for place in due:
            self._passed[place] += 1
        self._passed[chosen] = 0
        _, _, turn = heapq.heappop(self._heaps[chosen])
        self.withdraw(turn)
        return turn

    def is_asked_for(self) -> bool:
        """Whether a thing waits that the user wants: by name, or with all while it is on screen."""
        return self._asked_for() is not None

    def take_asked_for(self) -> Turn | None:
        """Take out the first of those; None where there is none."""
        heap = self._asked_for()
        if heap is None:
            return None
        _, _, turn = heapq.heappop(heap)
        self.withdraw(turn)
        return turn

    def _asked_for(self) -> list[Entry] | None:
        for place in (WANTED, ON_SCREEN):
            top = self._top(place)
            if top is not None and top[0] == AT_ONCE:
                return self._heaps[place]
        return None

    def _choose(self, due: list[int]) -> int:
        if due[0] == WANTED:
            if self._wanted_in_a_row < IN_A_ROW:
                self._wanted_in_a_row += 1
                return WANTED
            due = due[1:]
        self._wanted_in_a_row = 0
        asked_before = self._heaps[due[0]][0][0] > NEVER_ASKED
        owed = [
            place
            for place in due
            if self._passed[place] >= IN_A_ROW
            or (asked_before and self._passed[place] and self._heaps[place][0][0] <= NEVER_ASKED)
        ]
        return max(owed, key=lambda place: (self._passed[place], place), default=due[0])

    def _top(self, place: int) -> Entry | None:
        heap = self._heaps[place]
        while heap:
            top = heap[0]
            if top[2].ticket == top[1]:
                return top
            heapq.heappop(heap)
        return None
