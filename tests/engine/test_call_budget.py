"""How calls are spaced, and what throttling does to the rate."""

import asyncio

import pytest

from jobs_tui.domain.outcome import Throttled
from jobs_tui.engine.call_budget import CallBudget


async def answered_for(budget: CallBudget, clock, seconds: float, every: float) -> None:
    """Let good answers come in for so long."""
    for _ in range(round(seconds / every)):
        await clock.advance(every)
        budget.answered(clock.monotonic())


async def test_calls_that_wait_go_out_one_after_the_other(clock) -> None:
    budget = CallBudget(10.0, clock)
    taken: list[float] = []

    async def take() -> None:
        taken.append(await budget.take())

    begin = clock.monotonic()
    waiting = [asyncio.ensure_future(take()) for _ in range(5)]
    await clock.advance(1)
    await asyncio.gather(*waiting)
    assert [at - begin for at in taken] == pytest.approx([0, 0.1, 0.2, 0.3, 0.4])
    assert budget.calls_per_second == 0.5


async def test_who_wakes_late_does_not_push_back_the_calls_after_it(clock) -> None:
    budget = CallBudget(10.0, clock)
    begin = clock.monotonic()
    moments = []
    for _ in range(10):
        if budget.free_in:
            waiting = asyncio.ensure_future(budget.wait())
            await clock.advance(budget.free_in + 0.02)
            await waiting
        moments.append(budget.spend() - begin)
    assert moments[-1] == pytest.approx(0.92)


async def test_calls_that_did_not_come_are_not_made_up_for(clock) -> None:
    budget = CallBudget(10.0, clock)
    budget.spend()
    await clock.advance(5)
    budget.spend()
    assert budget.free_in == pytest.approx(0.1)


async def test_no_limit_to_speak_of_takes_no_sleep(clock) -> None:
    budget = CallBudget(100_000.0, clock)
    slept = 0

    async def sleep(_seconds: float) -> None:
        nonlocal slept
        slept += 1

    clock.sleep = sleep
    for _ in range(1000):
        await budget.take()
        # as fast as any answer could come
        await clock.advance(0.00001)
    assert slept == 0


async def test_calls_of_the_user_do_not_wait_but_the_others_make_up_for_them(clock) -> None:
    budget = CallBudget(10.0, clock)
    for _ in range(3):
        budget.count()
    assert budget.free_in == pytest.approx(0.3)
    for _ in range(100):
        budget.count()
    # within a second
    assert budget.free_in == pytest.approx(1.0)
    assert budget.calls_per_second == 10.3


async def test_a_slow_rate_is_not_hastened_by_calls_of_the_user(clock) -> None:
    budget = CallBudget(0.2, clock)
    budget.spend()
    budget.count()
    assert budget.free_in == pytest.approx(5)


async def test_a_call_in_a_slot_that_has_gone_by_holds_up_nobody(clock) -> None:
    budget = CallBudget(10.0, clock)
    budget.spend()
    await clock.advance(0.15)
    assert budget.spare_in == pytest.approx(0.05, abs=1e-5)
    await clock.advance(0.05)
    assert budget.spare_in == 0
    budget.spend_spare()
    assert budget.free_in == 0
    # that slot is used up, so that the budget is never exceeded
    assert budget.spare_in == pytest.approx(0.1, abs=1e-5)
    assert budget.calls_per_second == 0.2


async def test_a_burst_of_throttled_answers_halves_the_rate_once(clock) -> None:
    budget = CallBudget(100.0, clock)
    sent = []
    for _ in range(8):
        sent.append(budget.spend())
        await clock.advance(0.01)
    for at in sent:
        budget.throttled(at)
        await clock.advance(0.001)
    assert budget.rate == 50
    # one that went out at the half is another matter
    budget.throttled(budget.spend())
    assert budget.rate == 25


async def test_after_throttling_the_next_call_waits_by_the_new_rate(clock) -> None:
    budget = CallBudget(1.0, clock)
    sent_at = budget.spend()
    await clock.advance(0.9)
    budget.throttled(sent_at)
    assert budget.free_in == pytest.approx(2)


@pytest.mark.parametrize("every", [0.05, 1.0, 5.0])
async def test_the_rate_is_back_after_half_a_minute_however_many_answers_that_were(
    clock, every: float
) -> None:
    budget = CallBudget(20.0, clock)
    budget.throttled(budget.spend())
    await answered_for(budget, clock, 15, every)
    assert budget.rate == pytest.approx(15, abs=0.1)
    await answered_for(budget, clock, 10, every)
    assert budget.rate < 20
    await answered_for(budget, clock, 5.05 if every < 1 else 5, every)
    assert budget.rate == pytest.approx(20)


async def test_answers_to_calls_from_before_do_not_bring_the_rate_back(clock) -> None:
    budget = CallBudget(20.0, clock)
    sent_at = budget.spend()
    budget.throttled(sent_at)
    await clock.advance(5)
    budget.answered(sent_at)
    assert budget.rate == 10


async def test_time_without_answers_does_not_bring_the_rate_back(clock) -> None:
    budget = CallBudget(20.0, clock)
    budget.throttled()
    await clock.advance(600)
    budget.answered(clock.monotonic())
    assert budget.rate == pytest.approx(10 + 10 / 3)


@pytest.mark.parametrize(("limit", "slowest"), [(10.0, 0.2), (0.1, 0.1)])
async def test_throttling_has_a_floor(clock, limit: float, slowest: float) -> None:
    budget = CallBudget(limit, clock)
    for _ in range(20):
        budget.throttled()
    assert budget.rate == slowest


async def test_throttled_things_halve_the_rate_once_and_are_asked_again_in_their_turn(
    watch, clock, data_plane
) -> None:
    data_plane.latency = 0.2
    async with watch(200, 10.0, 20.0) as engine:
        await clock.advance(2)
        data_plane.answer_to_all = Throttled("rate exceeded")
        await clock.advance(0.2)
        data_plane.answer_to_all = None
        assert engine.budget.rate == 10
        failed = [state for state in engine.store.things if state.failure is not None]
        assert 3 <= len(failed) <= 5
        # it was the rate, and no failure of theirs
        told = [engine.refresher.interval_of(state.thing_name) for state in failed]
        assert told == pytest.approx([20] * len(failed))
        assert engine.refresher.held_back is None
        await clock.advance(8)
        assert engine.budget.rate == pytest.approx(10 + 10 * 8 / 30, abs=0.3)
        await clock.advance(23)
        assert engine.budget.rate == 20
        assert all(state.failure is None for state in engine.store.things)
