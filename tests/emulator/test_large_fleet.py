"""A large fleet in the demo: what has happened to it, and its agents at work in no time."""

import asyncio
import sys
from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from jobs_tui.cli.demo_things import demo_things
from jobs_tui.domain.names import thing_name_problem
from jobs_tui.emulator import ServiceError
from jobs_tui.emulator.demo.agents import STEPS_AT_ONCE, STEPS_PER_SECOND, FleetAgents
from jobs_tui.emulator.demo.fleet import DEMO_THINGS, prepare_demo_fleet, run_demo_fleet
from jobs_tui.emulator.demo.past import NO_AGENT
from jobs_tui.emulator.demo.rollouts import MOST_PER_SECOND, Rollouts

OPERATIONS = (
    "get_pending_job_executions",
    "describe_job_execution",
    "start_next_pending_job_execution",
    "update_job_execution",
)
STEPS = ("start_next_pending_job_execution", "update_job_execution")
STUCK_SECONDS = 30 * 60


@pytest.fixture
def fleet_of(clock):
    """Make a fleet of so many things."""

    def make(number: int, seed: int = 1):
        return prepare_demo_fleet(clock, Random(seed), demo_things(number))

    return make


@pytest.fixture
def watch(clock):
    """Run a fleet for some minutes and look at it every so many seconds of its time."""

    async def run(fleet, minutes: float, look=lambda: None, *, every: float = 20.0) -> None:
        running = asyncio.create_task(run_demo_fleet(fleet, clock, Random(2)))
        for _ in range(round(60 * minutes / every)):
            await clock.play(every)
            assert not running.done()
            look()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    return run


@pytest.fixture
def counted(monkeypatch):
    """Count the operations on a fleet by name, from now on."""

    def count(fleet) -> Counter[str]:
        asked: Counter[str] = Counter()

        def counting(name: str, ask: Callable) -> Callable:
            def operation(*arguments, **members):
                asked[name] += 1
                return ask(*arguments, **members)

            return operation

        for name in OPERATIONS:
            monkeypatch.setattr(fleet, name, counting(name, getattr(fleet, name)))
        return asked

    return count


def states(fleet, now: float) -> Counter[str]:
    """How many things are in which state, as a person would name it."""
    found: Counter[str] = Counter()
    for thing in fleet.list_things():
        pending = fleet.get_pending_job_executions(thing.name)
        found["capped"] += pending.capped
        if not pending.in_progress:
            found["waiting" if pending.queued else "idle"] += 1
            continue
        execution = fleet.describe_job_execution(thing.name, "$next")
        silent, left = (
            now - execution.last_updated_at,
            (execution.approximate_seconds_before_timed_out),
        )
        found["stuck" if silent > STUCK_SECONDS else "at work"] += 1
        found["just reported"] += silent < 60 and "progress" in execution.status_details
        found["due"] += left is not None and 0 < left <= 300
        found["overdue"] += left == 0
    return found


def pending_counts(fleet, names) -> dict[str, tuple[int, int]]:
    found = {name: fleet.get_pending_job_executions(name) for name in names}
    return {name: (len(each.in_progress), len(each.queued)) for name, each in found.items()}


def calls_of(action: Callable[[], object]) -> int:
    """How many functions of Python an action calls: its cost, the same on every machine."""
    calls = 0

    def note(_frame, event: str, _argument) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("number", [1, 3, 4, 5, 1000, 10_000])
def test_the_first_names_are_those_of_the_gateway_and_the_others_tell_site_and_kind(
    number: int,
) -> None:
    names = demo_things(number)
    assert len(set(names)) == len(names) == number
    assert names[:4] == DEMO_THINGS[:number]
    assert names == demo_things(10_000)[:number]
    assert [name for name in names if thing_name_problem(name)] == []
    if number > 4:
        assert names[4] == "lyon-meter-0001"


def test_a_fleet_of_ten_thousand_has_many_kinds_at_many_sites() -> None:
    places = Counter(tuple(name.split("-")[:2]) for name in demo_things(10_000)[4:])
    assert len({site for site, _ in places}) == 10
    assert {kind for _, kind in places} == {"meter", "door", "boiler", "pump", "gw"}
    assert max(places.values()) < 1000


def test_less_than_four_things_are_the_first_of_the_four(fleet_of) -> None:
    fleet = fleet_of(2)
    assert [thing.name for thing in fleet.list_things()] == ["gw-lyon-01", "boiler-07"]
    assert pending_counts(fleet, DEMO_THINGS[:2]) == {"gw-lyon-01": (1, 3), "boiler-07": (1, 1)}


async def test_one_thing_alone_runs_as_well(fleet_of, watch) -> None:
    fleet = fleet_of(1)
    await watch(fleet, 3)
    assert pending_counts(fleet, ["gw-lyon-01"]) == {"gw-lyon-01": (1, 3)}


def test_most_things_of_a_thousand_are_idle_and_some_need_a_person(fleet_of, clock) -> None:
    fleet = fleet_of(1000)
    assert pending_counts(fleet, DEMO_THINGS) == pending_counts(fleet_of(4), DEMO_THINGS)
    found = states(fleet, clock.now())
    assert found["idle"] > 650
    assert 50 < found["just reported"] <= found["at work"] < 150
    assert 100 < found["waiting"] < 200
    for few in ("stuck", "due", "overdue", "capped"):
        assert 2 <= found[few] <= 20, few


def test_one_job_hits_hundreds_of_things(fleet_of) -> None:
    fleet = fleet_of(1000)
    by_status = fleet.describe_job("meter-fw-2-4-0").things_by_status
    assert by_status.total() > 400
    assert by_status["SUCCEEDED"] > 300
    assert {"QUEUED", "IN_PROGRESS"} <= set(by_status)
    several = [state for state in fleet.list_jobs() if 5 <= state.things_by_status.total() <= 100]
    assert len(several) > 5


def test_a_fleet_of_ten_has_something_of_everything(fleet_of, clock) -> None:
    found = states(fleet_of(12), clock.now())
    assert min(found[each] for each in ("idle", "at work", "waiting", "stuck", "capped")) >= 1


def test_nothing_of_the_past_lies_in_the_future_or_out_of_order(fleet_of, clock) -> None:
    fleet = fleet_of(1000)
    for thing in fleet.list_things():
        for each in fleet.job_executions_for_thing(thing.name):
            began = each.started_at or each.queued_at
            assert each.job.created_at <= each.queued_at <= began <= each.last_updated_at
            assert each.last_updated_at <= clock.now()


def test_the_same_seed_makes_the_same_fleet(fleet_of) -> None:
    def told(seed: int) -> list:
        fleet = fleet_of(200, seed)
        return [fleet.get_pending_job_executions(name) for name in demo_things(200)]

    assert told(1) == told(1)
    assert told(1) != told(2)


async def test_agents_report_finish_and_start_and_those_without_stay_as_they_are(
    fleet_of, watch
) -> None:
    fleet = fleet_of(300)
    alone = [thing.name for thing in fleet.list_things() if thing.attributes == NO_AGENT]
    assert len(alone) > 5
    left_alone = pending_counts(fleet, alone)
    before = fleet.describe_job("meter-fw-2-4-0").things_by_status
    versions: dict[str, set[int]] = {}

    def look() -> None:
        for each in fleet.job_executions_for_job("meter-fw-2-4-0"):
            versions.setdefault(each.thing_name, set()).add(each.version_number)

    await watch(fleet, 10, look)
    after = fleet.describe_job("meter-fw-2-4-0").things_by_status
    assert after["SUCCEEDED"] > before["SUCCEEDED"] + 5
    assert after["QUEUED"] < before["QUEUED"]
    assert max(len(each) for each in versions.values()) >= 5
    assert pending_counts(fleet, alone) == left_alone


async def test_idle_agents_start_soon_what_arrives(fleet_of, clock) -> None:
    fleet = fleet_of(1000)
    names = demo_things(1000)[4:]
    idle = [name for name in names if not fleet.get_pending_job_executions(name)][:50]
    agents = FleetAgents(fleet, clock, Random(3), names)
    running = asyncio.create_task(agents.run())
    await clock.play(1)
    fleet.create_job("now", idle, "{}")
    agents.expect_work(idle)
    await clock.play(45)
    running.cancel()
    assert fleet.describe_job("now").things_by_status["QUEUED"] == 0


async def test_a_job_that_arrives_wakes_no_agent_that_has_fallen_silent(fleet_of, clock) -> None:
    fleet = fleet_of(400)
    names = demo_things(400)[4:]
    before = states(fleet, clock.now())["stuck"]
    agents = FleetAgents(fleet, clock, Random(3), names)
    running = asyncio.create_task(agents.run())
    await clock.play(1)
    agents.expect_work(names)
    await clock.play(300)
    running.cancel()
    assert states(fleet, clock.now())["stuck"] == before > 2


@pytest.mark.slow
async def test_agents_that_fell_silent_go_on_and_others_fall_silent(fleet_of, watch, clock) -> None:
    fleet = fleet_of(300)
    stuck: list[int] = []
    await watch(fleet, 180, lambda: stuck.append(states(fleet, clock.now())["stuck"]), every=300)
    # none of the first is silent for more than an hour and a half, but for the boiler
    assert sum(count > 1 for count in stuck[18:]) > 12
    assert max(stuck[18:]) < 12
    firmware = fleet.describe_job("meter-fw-2-4-0").things_by_status
    assert firmware["IN_PROGRESS"] + firmware["TIMED_OUT"] == 0


@pytest.mark.slow
async def test_jobs_keep_arriving_also_for_groups_and_finished_ones_are_forgotten(
    fleet_of, watch
) -> None:
    fleet = fleet_of(200)
    known = {state.job.job_id for state in fleet.list_jobs()}
    sizes: dict[str, int] = {}
    still_there: list[int] = []

    def look() -> None:
        new = [state for state in fleet.list_jobs() if state.job.job_id not in known]
        sizes.update({each.job.job_id: each.things_by_status.total() for each in new})
        still_there.append(len(new))

    await watch(fleet, 60, look, every=60)
    others = [size for job_id, size in sizes.items() if int(job_id[-4:]) > 1000]
    assert 60 < len(others) < 300
    assert others.count(1) > len(others) / 2
    assert max(others) > 10
    assert still_there[-1] < len(sizes) / 2
    most = max(len(fleet.get_pending_job_executions(name)) for name in demo_things(200)[4:])
    assert most == 10


@pytest.mark.slow
@pytest.mark.parametrize(("number", "fewest"), [(1000, 5), (10_000, 15)])
async def test_the_pace_of_all_agents_together_is_bounded(
    number: int, fewest: int, fleet_of, clock, counted
) -> None:
    fleet = fleet_of(number)
    asked = counted(fleet)
    agents = FleetAgents(fleet, clock, Random(3), demo_things(number)[4:])
    running = asyncio.create_task(agents.run())
    steps = []
    for second in range(60):
        if second == 30:
            agents.expect_work(demo_things(number))
        before = sum(asked[each] for each in STEPS)
        await clock.play(1)
        steps.append(sum(asked[each] for each in STEPS) - before)
    running.cancel()
    assert max(steps) <= STEPS_PER_SECOND + STEPS_AT_ONCE
    assert sum(steps) / len(steps) >= fewest


async def test_agents_that_all_have_to_do_keep_the_pace_and_lose_nobody(fleet_of, clock) -> None:
    fleet = fleet_of(104)
    names = demo_things(104)[4:]
    fleet.create_job("for-all", names, "{}")
    agents = FleetAgents(fleet, clock, Random(3), names)
    running = asyncio.create_task(agents.run())
    await clock.play(2 * 3600)
    running.cancel()
    by_status = fleet.describe_job("for-all").things_by_status
    assert by_status["SUCCEEDED"] + by_status["FAILED"] > 90
    assert by_status["QUEUED"] + by_status["IN_PROGRESS"] < 10


@pytest.mark.parametrize(
    ("number", "most"),
    [(5, 0.1), (1000, 1.0), pytest.param(3000, MOST_PER_SECOND, marks=pytest.mark.slow)],
)
def test_no_more_arrives_than_the_agents_can_do(number: int, most: float, fleet_of, clock) -> None:
    fleet = fleet_of(number)
    told: list[str] = []
    rollouts = Rollouts(fleet, clock, Random(4), demo_things(number)[4:], told.extend)
    assert 0 < rollouts.per_second <= most
    got = [name for _ in range(30) for name in rollouts.next()]
    assert told == got
    assert got
    for _ in range(300 if number == 5 else 0):
        rollouts.next()
    counts = [len(fleet.get_pending_job_executions(name)) for name in set(got)]
    assert max(counts) <= 6


async def test_an_agent_does_not_overwrite_what_it_has_not_seen_and_then_goes_on(
    fleet_of, clock, counted
) -> None:
    fleet = fleet_of(5)
    name = demo_things(5)[4]
    asked = counted(fleet)
    running = asyncio.create_task(FleetAgents(fleet, clock, Random(3), [name]).run())
    await clock.play(1)
    job_id = fleet.describe_job_execution(name, "$next").job_id
    mine = {"progress": "\u00bd", "by": "hand"}
    fleet.update_job_execution(name, job_id, "IN_PROGRESS", status_details=mine)
    reports = asked["update_job_execution"]
    for _ in range(60):
        await clock.play(0.5)
        if asked["update_job_execution"] > reports:
            break
    else:
        pytest.fail("the agent has reported nothing")
    assert fleet.describe_job_execution(name, job_id).status_details == mine
    before = fleet.job_execution(name, job_id)
    await clock.play(60)
    running.cancel()
    assert asked["update_job_execution"] > reports + 1
    assert fleet.job_execution(name, job_id) != before


def test_all_four_operations_work_by_hand(fleet_of) -> None:
    fleet = fleet_of(100)
    waiting = next(
        thing.name
        for thing in fleet.list_things()
        if thing.attributes == NO_AGENT
        and len(fleet.get_pending_job_executions(thing.name).queued) > 1
    )
    first = fleet.start_next_pending_job_execution(waiting)
    assert (first.status, first.version_number) == ("IN_PROGRESS", 2)
    assert fleet.describe_job_execution(waiting, "$next").job_id == first.job_id
    fleet.update_job_execution(waiting, first.job_id, "REJECTED", expected_version=2)
    with pytest.raises(ServiceError):
        fleet.describe_job_execution(waiting, first.job_id)
    assert fleet.start_next_pending_job_execution(waiting).job_id != first.job_id


def test_a_call_costs_the_same_among_any_number_of_things_and_jobs(fleet_of) -> None:
    def cost(number: int, *operations: str) -> list[int]:
        fleet = fleet_of(number)
        idle = next(
            name
            for name in demo_things(number)[4:]
            if not fleet.get_pending_job_executions(name)
            and len(fleet.job_executions_for_thing(name)) == 1
        )
        return [calls_of(lambda each=each: getattr(fleet, each)(idle)) for each in operations]

    reads = ("get_pending_job_executions", "start_next_pending_job_execution")
    assert cost(50, *reads) == cost(10_000, *reads)


def test_a_fleet_takes_time_by_its_size_and_no_more(fleet_of) -> None:
    small, large = (calls_of(lambda number=number: fleet_of(number)) for number in (500, 2000))
    assert large < 4.2 * small


async def test_forgetting_what_is_finished_costs_little_while_much_is_not(fleet_of, clock) -> None:
    fleet = fleet_of(2000)
    assert calls_of(lambda: fleet.forget_finished(clock.now() - 600)) < 3000
