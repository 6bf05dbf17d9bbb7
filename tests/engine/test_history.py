"""The versions of an execution that a run saw, through the store that takes everything in."""

from dataclasses import replace

import pytest

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import ExecutionKey, JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import Done
from jobs_tui.domain.requests import StartNextPendingJobExecution, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Attempt, AttemptKind, Change, ChangeState
from jobs_tui.engine.history import (
    EXECUTIONS_KEPT,
    VERSIONS_KEPT,
    DetailsChanged,
    History,
    Versions,
    VersionSeen,
    sighted,
)
from jobs_tui.engine.store import Store
from jobs_tui.engine.thing_state import ThingState

NOW = 1_800_000_000.0
KEY = ExecutionKey("gw-1", "fw-1", 1)


class DateInHand:
    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> float:
        return self.at

    def monotonic(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        raise AssertionError


class Watching:
    """A store, fed as the refresher, the reads and the change queue do."""

    def __init__(self) -> None:
        self.clock = DateInHand()
        self.store = Store(("gw-1",), self.clock)

    def lists(self, *versions: int, status: Status = Status.IN_PROGRESS) -> None:
        """The pending list shows fw-1 at this version; none is an empty list."""
        rows = tuple(
            JobExecutionSummary("fw-1", status, NOW - 60, NOW - 50, NOW + number, number, 1)
            for number in versions
        )
        pending = PendingJobExecutions(rows)
        if status is Status.QUEUED:
            pending = PendingJobExecutions((), rows)
        self.store.record_answer("gw-1", Done(pending))

    def reads(self, number: int, details: dict[str, str], seconds: int | None = None) -> None:
        self.store.record_execution(execution(number, details, seconds))

    @property
    def versions(self) -> Versions:
        known = self.store.versions(KEY)
        assert known is not None
        return known

    @property
    def numbers(self) -> list[int]:
        return [each.number for each in self.versions.seen]


def execution(
    number: int, details: dict[str, str] | None = None, seconds: int | None = None
) -> JobExecution:
    return JobExecution(
        "fw-1",
        "gw-1",
        Status.IN_PROGRESS,
        details or {},
        approximate_seconds_before_timed_out=seconds,
        version_number=number,
        execution_number=1,
        last_updated_at=NOW + number,
    )


def confirmed(based_on: JobExecution, **members: object) -> Change:
    request = UpdateJobExecution(
        "gw-1",
        "fw-1",
        Status.IN_PROGRESS,
        expected_version=based_on.version_number,
        execution_number=1,
        **members,
    )
    sent = (Attempt(AttemptKind.SEND, NOW + 30, "done"),)
    return Change(7, request, based_on, NOW + 29, state=ChangeState.CONFIRMED, attempts=sent)


@pytest.fixture
def watching() -> Watching:
    return Watching()


def test_what_never_changed_has_no_history(watching) -> None:
    watching.lists(3)
    watching.lists(3)
    watching.reads(3, {"step": "1"})
    watching.reads(3, {"step": "1"})
    assert watching.store.versions(KEY) is None


def test_each_version_that_was_listed_is_kept_with_the_services_time(watching) -> None:
    watching.lists(1, status=Status.QUEUED)
    watching.lists(2)
    watching.lists(3)
    assert watching.versions.seen == (
        VersionSeen(1, Status.QUEUED, NOW + 1),
        VersionSeen(2, Status.IN_PROGRESS, NOW + 2),
        VersionSeen(3, Status.IN_PROGRESS, NOW + 3),
    )


def test_versions_that_nobody_saw_are_a_gap(watching) -> None:
    watching.lists(2)
    watching.lists(5)
    assert [watching.versions.missing_before(index) for index in (0, 1)] == [0, 2]


def test_details_are_compared_by_name_with_those_last_read(watching) -> None:
    watching.lists(2)
    watching.reads(2, {"progress": "10%", "step": "1", "who": "x"})
    watching.lists(3)
    watching.lists(4)
    assert watching.versions.seen[-1].details is None
    watching.reads(4, {"progress": "20%", "step": "1", "reason": "y"})
    changed = DetailsChanged(2, ("reason",), ("progress",), ("who",))
    assert watching.versions.seen[-1].details == changed
    assert watching.numbers == [2, 3, 4]


def test_a_read_that_is_ahead_of_the_list_is_one_version_with_it(watching) -> None:
    watching.lists(2)
    watching.reads(3, {"step": "1"})
    watching.lists(3)
    assert watching.numbers == [2, 3]


@pytest.mark.parametrize("listed_first", [True, False])
def test_a_version_that_our_change_made_is_ours(watching, listed_first) -> None:
    watching.lists(2)
    watching.reads(2, {"a": "1"})
    if listed_first:
        watching.lists(3)
    change = confirmed(execution(2, {"a": "1"}), status_details={"b": "2"})
    watching.store.record_change(replace(change, state=ChangeState.SENDING))
    watching.store.record_change(replace(change, request=replace(change.request)))
    watching.lists(3)
    ours = watching.versions.seen[-1]
    assert (ours.number, ours.change) == (3, 7)
    assert ours.details == DetailsChanged(2, ("b",), (), ("a",))
    assert watching.numbers == [2, 3]
    watching.lists(4)
    assert watching.versions.seen[-1].change is None


def test_our_step_timeout_is_kept_with_its_version(watching) -> None:
    watching.lists(2)
    watching.store.record_change(confirmed(execution(2), step_timeout_in_minutes=10))
    ours = watching.versions.seen[-1]
    assert (ours.step_timeout, ours.at) == (10, NOW + 30)


def test_a_start_of_ours_is_ours(watching) -> None:
    watching.lists(1, status=Status.QUEUED)
    queued = replace(execution(1), status=Status.QUEUED)
    request = StartNextPendingJobExecution("gw-1")
    started = Change(9, request, queued, NOW, state=ChangeState.CONFIRMED, standing=execution(2))
    watching.store.record_execution(execution(2))
    watching.store.record_change(started)
    assert [(each.number, each.change) for each in watching.versions.seen] == [(1, None), (2, 9)]


def test_a_change_that_was_refused_makes_no_version(watching) -> None:
    watching.lists(2)
    change = confirmed(execution(2))
    watching.store.record_change(replace(change, state=ChangeState.REFUSED))
    assert watching.store.versions(KEY) is None


def test_leaving_the_list_and_coming_back_are_kept(watching) -> None:
    watching.lists(2)
    watching.clock.at = NOW + 9
    watching.lists()
    assert watching.versions.left_at == NOW + 9
    watching.lists(4)
    assert watching.versions.left_at is None
    assert watching.numbers == [2, 4]


def test_the_latest_of_the_deadlines_told_is_kept(watching) -> None:
    watching.lists(2)
    watching.reads(2, {}, seconds=3600)
    watching.lists(3)
    watching.reads(3, {}, seconds=60)
    assert watching.versions.latest_deadline == NOW + 3600


def test_what_an_earlier_run_saw_is_no_version_seen(watching) -> None:
    rows = (JobExecutionSummary("fw-1", Status.QUEUED, version_number=1, execution_number=1),)
    earlier = ThingState("gw-1", PendingJobExecutions((), rows), NOW - 99, earlier_run=True)
    watching.store.restore([earlier])
    watching.lists(5)
    assert watching.store.versions(KEY) is None


def test_only_so_many_versions_are_kept_and_the_rest_is_counted() -> None:
    known = Versions()
    for number in range(1, VERSIONS_KEPT + 4):
        known = sighted(known, VersionSeen(number, Status.IN_PROGRESS))
    assert (len(known.seen), known.seen[0].number, known.forgotten) == (VERSIONS_KEPT, 4, 3)
    assert sighted(known, VersionSeen(1, Status.QUEUED)) == known


def test_only_so_many_executions_are_kept() -> None:
    history = History()
    for number in range(EXECUTIONS_KEPT + 1):
        rows = [
            JobExecutionSummary(f"fw-{number}", Status.QUEUED, version_number=version)
            for version in (1, 2)
        ]
        before, after = (ThingState("gw-1", PendingJobExecutions((), (row,))) for row in rows)
        history.listed(before, after, NOW)
    assert history.of(ExecutionKey("gw-1", "fw-0")) is None
    assert history.of(ExecutionKey("gw-1", "fw-1")) is not None
