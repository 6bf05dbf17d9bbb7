"""What is news between two states of a thing, and how much of it is told one by one."""

from dataclasses import replace

import pytest

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import ExecutionKey, JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.status import Status
from jobs_tui.engine.events import Event, EventKind, News, deadlines_of, events_between, news_of
from jobs_tui.engine.thing_state import ThingState, with_answer, with_description

NOW = 1_800_000_000.0


def summary(job_id: str, status: Status = Status.QUEUED, number: int = 1) -> JobExecutionSummary:
    return JobExecutionSummary(job_id, status, NOW - 60, None, None, 1, number)


def pending(*summaries: JobExecutionSummary) -> PendingJobExecutions:
    at_work = tuple(each for each in summaries if each.status is Status.IN_PROGRESS)
    return PendingJobExecutions(at_work, tuple(each for each in summaries if each not in at_work))


def answered(state: ThingState, *summaries: JobExecutionSummary, now: float = NOW) -> ThingState:
    return with_answer(state, pending(*summaries), now=now, keep_left=20.0)


def between(
    before: ThingState | None, after: ThingState, *ours: ExecutionKey, now: float = NOW
) -> list[tuple[EventKind, str]]:
    found = events_between(before, after, ours.__contains__, now)
    return [(event.kind, event.key.job_id) for event in found]


FIRST = answered(ThingState("gw-1"), summary("a", Status.IN_PROGRESS), summary("b"))


def test_the_first_answer_and_the_last_run_tell_nothing_as_new() -> None:
    assert between(None, FIRST) == []
    assert between(ThingState("gw-1"), FIRST) == []
    assert between(replace(FIRST, earlier_run=True), answered(FIRST, summary("c"))) == []
    assert between(FIRST, replace(answered(FIRST, summary("c")), earlier_run=True)) == []


def test_an_answer_without_changes_tells_nothing() -> None:
    again = answered(FIRST, summary("a", Status.IN_PROGRESS), summary("b"))
    assert between(FIRST, again) == []


def test_what_comes_and_what_goes_is_told_by_the_list_that_it_was_in() -> None:
    after = answered(FIRST, summary("c"))
    assert between(FIRST, after) == [
        (EventKind.LEFT_IN_PROGRESS, "a"),
        (EventKind.LEFT_QUEUE, "b"),
        (EventKind.NEW_JOB, "c"),
    ]


def test_a_retry_of_the_same_job_is_a_new_one() -> None:
    after = answered(FIRST, summary("a", number=2), summary("b"))
    assert between(FIRST, after) == [
        (EventKind.LEFT_IN_PROGRESS, "a"),
        (EventKind.NEW_JOB, "a"),
    ]


def test_what_we_ended_ourselves_is_told_by_the_change() -> None:
    after = answered(FIRST, summary("b"))
    assert between(FIRST, after, ExecutionKey("gw-1", "a", 1)) == []


@pytest.mark.parametrize(
    ("seconds", "kind"),
    [(61, EventKind.PAST_DEADLINE), (59, EventKind.LEFT_IN_PROGRESS)],
)
def test_a_deadline_is_past_only_if_one_was_read_and_it_is(seconds: float, kind: EventKind) -> None:
    read = JobExecution(
        "a",
        "gw-1",
        Status.IN_PROGRESS,
        version_number=1,
        execution_number=1,
        approximate_seconds_before_timed_out=60,
    )
    known = with_description(FIRST, read, now=NOW)
    assert list(deadlines_of(known)) == [(ExecutionKey("gw-1", "a", 1), NOW + 60)]
    now = NOW + seconds
    after = answered(known, summary("b"), now=now)
    assert between(known, after, now=now) == [(kind, "a")]


def test_a_full_list_pushes_jobs_out_and_takes_them_in_again() -> None:
    jobs = [summary(f"j{number}") for number in range(11)]
    full = answered(ThingState("gw-1"), *jobs[:10])
    displaced = answered(full, summary("x", Status.IN_PROGRESS), *jobs[:9])
    assert between(full, displaced) == []
    assert between(displaced, answered(displaced, *jobs[:10])) == [
        (EventKind.LEFT_IN_PROGRESS, "x")
    ]
    young = summary("y")._replace(queued_at=NOW)
    assert between(full, answered(full, *jobs[:9], young)) == [(EventKind.NEW_JOB, "y")]


def events(kind: EventKind, *places: str) -> list[Event]:
    return [Event(kind, ExecutionKey(*place.split("/"), 1)) for place in places]


def test_a_few_are_told_one_by_one_with_their_place_the_most_urgent_last() -> None:
    due, new = events(EventKind.DUE, "gw-1/a"), events(EventKind.NEW_JOB, "gw-2/b")
    assert news_of([*due, *new]) == [
        News("gw-2 / b: new job", "", ExecutionKey("gw-2", "b", 1)),
        News("gw-1 / a: about to time out", "warning", ExecutionKey("gw-1", "a", 1)),
    ]


def test_a_flood_is_told_as_how_many_on_how_many_things() -> None:
    jobs = events(EventKind.NEW_JOB, *(f"gw-{number % 9}/j{number}" for number in range(14)))
    assert news_of(jobs) == [News("14 new jobs on 9 things", "", None)]
    gone = events(EventKind.PAST_DEADLINE, *(f"gw-1/j{number}" for number in range(4)))
    told = "4 executions left the list past their deadlines on gw-1"
    assert news_of(gone) == [News(told, "alarm", ExecutionKey("gw-1", ""))]


def test_nothing_is_told_of_nothing() -> None:
    assert news_of([]) == []
