"""What one change of many comes to, and how many go out and when: pure, and on a clock in hand."""

import asyncio
from dataclasses import replace

import pytest

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import ExecutionKey, JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import Done, Refused
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.bulk import (
    GONE,
    IN_DOUBT,
    NO_VERSION,
    TWICE,
    Found,
    Wish,
    found_by,
    left_out,
    plan,
    sendable,
)
from jobs_tui.engine.bulk_run import BulkRun
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.in_turn import AT_ONCE, SHARE, InTurn
from jobs_tui.engine.store import Store

FAILED = Wish(Status.FAILED, {}, replaces=False)


def key(number: int, thing: str = "gw-1") -> ExecutionKey:
    return ExecutionKey(thing, f"fw-{number}", 1)


def seen(number: int, thing: str = "gw-1", **members: object) -> JobExecution:
    given = {"status": Status.QUEUED, "version_number": number, "execution_number": 1}
    return JobExecution(f"fw-{number}", thing, **{**given, **members})


def one(found: Found, wish: Wish | None = FAILED):
    return plan([key(1)], {key(1): found}, wish)[0]


def test_each_request_carries_the_version_that_was_read_of_its_execution() -> None:
    keys = [key(number) for number in (3, 1, 2)]
    planned = plan(keys, {each: seen(int(each.job_id[-1])) for each in keys}, FAILED)
    sent = [(each.request.job_id, each.request.expected_version) for each in planned]
    assert sent == [("fw-3", 3), ("fw-1", 1), ("fw-2", 2)]
    assert all(each.request.status_details is None for each in planned)


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ("not read: no answer", "not read: no answer"),
        (seen(1, status=Status.CANCELED), "the execution is CANCELED, which is final"),
        (seen(1, version_number=None), NO_VERSION),
        (found_by(Refused("it is over")), "not read: it is over"),
        (found_by(Done(None)), GONE),
    ],
)
def test_what_cannot_be_changed_is_left_out_with_the_reason(found: Found, reason: str) -> None:
    planned = one(found)
    assert planned.request is None
    assert planned.problem == reason


def test_without_a_wish_nothing_is_sent_and_what_is_final_is_told_already() -> None:
    assert one(seen(1), None).request is None
    assert one(seen(1), None).problem == ""
    assert one(seen(1, status=Status.SUCCEEDED), None).problem


def test_an_execution_that_stands_there_twice_is_sent_once() -> None:
    known, unknown = key(1), key(1)._replace(execution_number=None)
    planned = plan([unknown, known], {known: seen(1), unknown: seen(1)}, FAILED)
    assert [each.problem for each in planned] == ["", TWICE]
    assert len(sendable(planned)) == 1


@pytest.mark.parametrize(
    ("typed", "replaces", "wanted"),
    [
        ({}, False, None),
        ({}, True, None),
        ({"a": "2"}, False, {"own": "1", "a": "2"}),
        ({"own": "2"}, False, {"own": "2"}),
        ({"own": "1"}, False, None),
        ({"a": "2"}, True, {"a": "2"}),
    ],
)
def test_details_are_left_added_or_replaced(
    typed: dict[str, str], replaces: object, wanted: dict[str, str] | None
) -> None:
    wish = Wish(Status.FAILED, typed, replaces=bool(replaces))
    planned = one(seen(1, status_details={"own": "1"}), wish)
    assert planned.request.status_details == wanted


def test_what_the_service_would_refuse_of_one_leaves_that_one_out() -> None:
    wish = Wish(Status.FAILED, {"a": "2"}, replaces=False)
    planned = one(seen(1, status_details={"own": "\u200d"}), wish)
    assert planned.request is None
    assert planned.problem.startswith("statusDetails.own: ")


def test_what_has_left_or_has_an_open_change_is_not_even_read(clock) -> None:
    store = Store(["gw-1", "gw-2", "gw-3"], clock)
    listed = PendingJobExecutions(queued=(JobExecutionSummary("fw-1", Status.QUEUED, 0.0),))
    for name in ("gw-1", "gw-2"):
        store.record_answer(name, Done(listed))
    update = UpdateJobExecution("gw-2", "fw-1", Status.FAILED)
    store.record_change(Change(1, update, None, 0.0, state=ChangeState.NOT_CONFIRMED))
    assert left_out(store, ExecutionKey("gw-1", "fw-1")) is None
    assert left_out(store, ExecutionKey("gw-1", "fw-2")) == GONE
    assert left_out(store, ExecutionKey("gw-2", "fw-1")) == IN_DOUBT
    # nothing was listed for it yet
    assert left_out(store, ExecutionKey("gw-3", "fw-1")) is None


class Sending:
    """Keeps what was asked for, and answers when the test says so."""

    def __init__(self, clock) -> None:
        self._clock = clock
        self.store: Store
        self.begun: list[tuple[float, str, str]] = []
        self.answers: dict[str, asyncio.Future[ChangeState]] = {}

    async def __call__(self, request, based_on) -> Change:
        subject = f"{request.thing_name}/{request.job_id}"
        self.begun.append((self._clock.monotonic(), request.thing_name, request.job_id))
        self.answers[subject] = asyncio.get_running_loop().create_future()
        number = len(self.begun)
        state = await self.answers[subject]
        change = Change(number, request, based_on, 0.0, state=state)
        self.store.record_change(change)
        return change

    def answer(self, state: ChangeState = ChangeState.CONFIRMED) -> None:
        self.answer_of("", state)

    def answer_of(self, thing_name: str, state: ChangeState) -> None:
        for subject, each in self.answers.items():
            if subject.startswith(thing_name) and not each.done():
                each.set_result(state)


def bulk(clock, things: int, each: int, rate: float = 10.0) -> tuple[BulkRun, Sending]:
    names = [f"gw-{number}" for number in range(things)]
    found = {key(number, name): seen(number, name) for name in names for number in range(each)}
    sending, store = Sending(clock), Store(names, clock)
    sending.store = store
    in_turn = InTurn(CallBudget(rate, clock), clock)
    return BulkRun(plan(list(found), found, FAILED), sending, store, in_turn), sending


async def test_a_few_at_once_and_never_two_of_one_thing(clock) -> None:
    run, sending = bulk(clock, things=6, each=3)
    task = asyncio.create_task(run.run())
    while not task.done():
        await clock.advance(10.0)
        under_way = [row for row in run.rows if row.state is ChangeState.SENDING]
        assert len(under_way) <= AT_ONCE
        things = [row.planned.key.thing_name for row in under_way]
        assert len(set(things)) == len(things)
        sending.answer()
    assert len(sending.begun) == len({each[1:] for each in sending.begun}) == 18
    assert all(row.state is ChangeState.CONFIRMED for row in run.rows)


async def test_they_stay_within_their_share_of_the_call_budget(clock) -> None:
    run, sending = bulk(clock, things=40, each=1)
    task = asyncio.create_task(run.run())
    began = clock.monotonic()
    while not task.done():
        await clock.advance(0.01)
        sending.answer()
    assert clock.monotonic() - began == pytest.approx(39 / (SHARE * 10), rel=0.1)
    assert len(sending.begun) == 40


@pytest.mark.parametrize("state", [ChangeState.CONFLICT, ChangeState.REFUSED])
async def test_no_outcome_stops_the_others(clock, state: ChangeState) -> None:
    run, sending = bulk(clock, things=3, each=3)
    task = asyncio.create_task(run.run())
    while not task.done():
        await clock.advance(1.0)
        sending.answer(state)
    assert [row.state for row in run.rows] == [state] * 9


async def test_a_change_that_stays_open_holds_up_its_own_thing_only(clock) -> None:
    run, sending = bulk(clock, things=AT_ONCE + 2, each=2)
    task = asyncio.create_task(run.run())
    for _ in range(60):
        await clock.advance(1.0)
        sending.answer_of("gw-0", ChangeState.WAITING)
        sending.answer_of("gw-1", ChangeState.NOT_CONFIRMED)
        for thing in range(2, AT_ONCE + 2):
            sending.answer_of(f"gw-{thing}", ChangeState.CONFIRMED)
    held = [row.planned.key[:2] for row in run.rows if row.state is None]
    assert held == [("gw-0", "fw-1"), ("gw-1", "fw-1")]
    assert not run.ended
    for change in sending.store.changes:
        sending.store.record_change(replace(change, state=ChangeState.CONFIRMED))
    await clock.advance(10.0)
    sending.answer()
    await clock.advance(1.0)
    assert task.done()
    assert all(row.state is ChangeState.CONFIRMED for row in run.rows)


async def test_what_is_last_and_stays_open_does_not_keep_it_from_ending(clock) -> None:
    run, sending = bulk(clock, things=1, each=1)
    task = asyncio.create_task(run.run())
    await clock.advance(1.0)
    sending.answer(ChangeState.NOT_CONFIRMED)
    await clock.advance(1.0)
    assert task.done()
    assert run.ended


async def test_stopped_it_begins_no_more_and_waits_for_what_is_under_way(clock) -> None:
    run, sending = bulk(clock, things=5, each=2)
    task = asyncio.create_task(run.run())
    await clock.advance(0.2)
    begun = len(sending.begun)
    assert 0 < begun < AT_ONCE
    run.stop()
    await clock.advance(60.0)
    assert not run.ended
    sending.answer()
    await clock.advance(60.0)
    assert task.done()
    assert len(sending.begun) == begun
    assert sum(row.state is None for row in run.rows) == 10 - begun
