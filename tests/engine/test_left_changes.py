"""What an earlier run left, and the user's word on it."""

import asyncio
import random
from dataclasses import replace

import pytest

from jobs_tui.domain.description import JobExecution, JobExecutionState, UpdatedJobExecution
from jobs_tui.domain.outcome import Done, Outcome
from jobs_tui.domain.requests import DescribeJobExecution, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.engine.change import Attempt, AttemptKind, Author, Change, ChangeState
from jobs_tui.engine.change_queue import ChangeQueue
from jobs_tui.engine.journal.sqlite_journal import SqliteJournal
from jobs_tui.engine.store import Store

SEEN = JobExecution("fw", "gw", Status.IN_PROGRESS, version_number=2, execution_number=1)
WISH = UpdateJobExecution("gw", "fw", Status.FAILED, expected_version=2, execution_number=1)
LOST = Attempt(AttemptKind.SEND, 1_800_000_000.0, "")


@pytest.fixture
def link(data_plane):
    """A service at which nothing has arrived yet, and that takes what is sent."""
    data_plane.sent = []

    async def describe(request: DescribeJobExecution) -> Outcome[JobExecution | None]:
        return Done(SEEN)

    async def update(request: UpdateJobExecution) -> Outcome[UpdatedJobExecution]:
        data_plane.sent.append(request)
        return Done(UpdatedJobExecution(JobExecutionState(request.status, {}, 3)))

    data_plane.describe_job_execution = describe
    data_plane.update_job_execution = update
    return data_plane


@pytest.fixture
async def left(tmp_path, clock, link):
    """Starts a run after one that left a change with these attempts; ends it with the test."""
    opened = []

    async def begin(*attempts: Attempt) -> tuple[ChangeQueue, SqliteJournal]:
        before = SqliteJournal(lambda: tmp_path, "before", clock.now)
        change = Change(0, WISH, SEEN, clock.now(), link.endpoint)
        change = await before.record(change)
        await before.write(replace(change, attempts=attempts))
        await before.close()
        journal = SqliteJournal(lambda: tmp_path, "now", clock.now)
        store, budget = Store(["gw"], clock), CallBudget(10.0, clock)
        queue = ChangeQueue(
            store, budget, clock, random.Random(1), lambda name: None, journal, Author("", "")
        )
        opened.extend([queue, journal])
        await queue.begin(link)
        await until(journal, ChangeState.LEFT)
        return queue, journal

    yield begin
    queue, journal = opened
    await queue.stop()
    await journal.close()


async def until(journal: SqliteJournal, state: ChangeState) -> Change:
    """Wait for the journal to hold the change in this state."""
    async with asyncio.timeout(10):
        while True:
            (change,) = await journal.latest(1)
            if change.state is state:
                return change


@pytest.mark.parametrize("attempts", [(), (LOST,)])
async def test_what_is_left_unsent_is_called_so_in_the_journal_too(left, link, attempts) -> None:
    _, journal = await left(*attempts)
    (change,) = await journal.latest(1)
    assert change.advice == "send it or drop it"
    assert link.sent == []


async def test_of_two_words_on_a_change_that_was_left_only_one_counts(left, link) -> None:
    queue, journal = await left()
    dropping = asyncio.create_task(queue.drop(1))
    await asyncio.sleep(0)
    queue.send_left(1)
    await dropping
    await until(journal, ChangeState.DROPPED)
    assert link.sent == []


async def test_a_change_dropped_while_it_is_read_is_not_asked_about_again(left, link) -> None:
    queue, journal = await left(LOST)
    queue.send_left(1)
    await queue.drop(1)
    change = await until(journal, ChangeState.NOT_CONFIRMABLE)
    assert "as you asked" in change.explanation
    assert link.sent == []


async def test_a_drop_of_what_was_sent_before_does_not_say_that_it_never_was(left) -> None:
    queue, journal = await left(LOST)
    await queue.drop(1)
    change = await until(journal, ChangeState.DROPPED)
    assert change.explanation.startswith("not sent again; did not arrive: still IN_PROGRESS")
