"""Which things a list shows: by name or by state, as it is typed. Pure."""

from collections.abc import Callable
from typing import NamedTuple

from jobs_tui.domain.alike import is_alike
from jobs_tui.domain.outcome import (
    Failure,
    NotAllowed,
    NotConfirmed,
    Refused,
    Throttled,
    Unreachable,
)
from jobs_tui.engine.fleet.standing import Need, Standing

Test = Callable[[Standing], object]
"""Whether something is true of a standing."""


def _failed_as(kind: type[Failure]) -> Test:
    return lambda standing: isinstance(standing.failure, kind)


STATES: dict[str, Test] = {
    "conflict": lambda standing: standing.conflicts,
    "overdue": lambda standing: standing.overdue,
    "stuck": lambda standing: standing.stuck,
    "due": lambda standing: standing.need is Need.DUE,
    "error": lambda standing: standing.failure,
    "unreachable": _failed_as(Unreachable),
    "throttled": _failed_as(Throttled),
    "refused": _failed_as(Refused),
    "not_allowed": _failed_as(NotAllowed),
    "not_confirmed": _failed_as(NotConfirmed),
    "in_progress": lambda standing: standing.in_progress,
    "queued": lambda standing: standing.queued,
    "pending": lambda standing: standing.in_progress or standing.queued,
    "quiet": lambda standing: standing.need is Need.QUIET,
    "unknown": lambda standing: standing.need is Need.UNKNOWN,
}
"""What one can look for beside a name. A thing may be in several states at once."""

LEAST_OF_A_STATE = 3
"""Letters from which on the beginning of a state's word means the state."""


class FleetFilter(NamedTuple):
    """What was typed, and whether only things that need a person are wanted."""

    text: str = ""
    """Words: each is a part of the name or the beginning of a state; with `!` before it, not."""
    urgent: bool = False

    @property
    def empty(self) -> bool:
        """Whether it lets everything through."""
        return not self.urgent and not self._words

    def lets_through(self, standing: Standing) -> bool:
        """Whether a thing is shown."""
        return self.test()(standing)

    @property
    def can_be_alike(self) -> bool:
        """Whether any of the words could be meant letter by letter: where no thing has it."""
        return any(not word.startswith("!") and not _states(word) for word in self._words)

    def test(self, *, alike: bool = False) -> Callable[[Standing], bool]:
        """The same for many things: the words are looked at once.

        With `alike` it is enough that the letters of a word stand in the name in their order.
        """
        tests: list[Test] = [_is_urgent] if self.urgent else []
        tests += [_test_of(word, alike=alike) for word in self._words]
        if len(tests) == 1:
            (only,) = tests
            return lambda standing: bool(only(standing))
        return lambda standing: all(test(standing) for test in tests)

    @property
    def _words(self) -> list[str]:
        return [word for word in self.text.lower().split() if word.strip("!")]


def _is_urgent(standing: Standing) -> bool:
    return standing.need.urgent


def _states(word: str) -> list[Test]:
    asked = word.replace("-", "_")
    return [
        test
        for state, test in STATES.items()
        if len(asked) >= LEAST_OF_A_STATE and state.startswith(asked)
    ]


def _test_of(word: str, *, alike: bool) -> Test:
    if word.startswith("!"):
        rest = _test_of(word[1:], alike=False)
        return lambda standing: not rest(standing)
    states = _states(word)
    if states:
        return lambda standing: (
            word in standing.thing_name.lower() or any(test(standing) for test in states)
        )
    if alike:
        return lambda standing: is_alike(word, standing.thing_name.lower())
    return lambda standing: word in standing.thing_name.lower()
