"""How a call can end: done, or one of six failures that cannot be mistaken for each other."""

import pytest

from jobs_tui.domain.outcome import (
    Conflict,
    Done,
    Failure,
    NotAllowed,
    NotConfirmed,
    Refused,
    Throttled,
    Unreachable,
)

FAILURES = (Refused, Conflict, NotConfirmed, Unreachable, Throttled, NotAllowed)


@pytest.mark.parametrize("kind", FAILURES)
def test_a_failure_is_of_its_own_kind_only(kind: type[Failure]) -> None:
    failure = kind("reason")
    assert isinstance(failure, Failure)
    assert not isinstance(failure, Done)
    assert [other for other in FAILURES if isinstance(failure, other)] == [kind]


def test_failures_of_different_kinds_are_never_equal() -> None:
    assert all(
        (one("reason") == other("reason")) == (one is other)
        for one in FAILURES
        for other in FAILURES
    )


def test_done_with_nothing_is_not_a_failure() -> None:
    assert not isinstance(Done(None), Failure)
