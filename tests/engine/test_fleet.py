"""All things at a glance: whatever happened in between, as if reckoned anew."""

from dataclasses import dataclass, replace
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import Done, Failure, NotAllowed, Throttled, Unreachable
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.fleet.fleet import Fleet
from jobs_tui.engine.fleet.fleet_filter import FleetFilter
from jobs_tui.engine.fleet.standing import NEVER, Need
from jobs_tui.engine.store import CHANGES_KEPT, Store
from jobs_tui.engine.thing_state import ThingState

NOW = 1_800_000_000.0
LIMITS = AttentionLimits(stuck_after=1800.0, due_within=300.0)
THINGS = ("gw-1", "gw-2", "gw-3", "boiler-07")
EVERYTHING = FleetFilter()


@dataclass
class DateInHand:
    """A clock that the test sets."""

    date: float = NOW

    def now(self) -> float:
        return self.date

    def monotonic(self) -> float:
        return self.date

    async def sleep(self, seconds: float) -> None:
        raise AssertionError(seconds)


def execution(
    job_id: str, status: Status, *, age: float = 60.0, version: int = 1
) -> JobExecutionSummary:
    started = NOW - age if status is Status.IN_PROGRESS else None
    return JobExecutionSummary(job_id, status, NOW - age, started, NOW - age, version, 1)


def in_progress(job_id: str = "fw", *, silent: float = 60.0) -> JobExecutionSummary:
    return execution(job_id, Status.IN_PROGRESS, age=silent)


def queued(job_id: str = "reboot", *, age: float = 60.0) -> JobExecutionSummary:
    return execution(job_id, Status.QUEUED, age=age)


def answer(*summaries: JobExecutionSummary) -> Done[PendingJobExecutions]:
    return Done(
        PendingJobExecutions(
            tuple(each for each in summaries if each.status is Status.IN_PROGRESS),
            tuple(each for each in summaries if each.status is Status.QUEUED),
        )
    )


def conflict_on(thing_name: str, summary: JobExecutionSummary, number: int = 1) -> Change:
    seen = JobExecution(
        job_id=summary.job_id,
        thing_name=thing_name,
        status=summary.status,
        version_number=summary.version_number,
        execution_number=summary.execution_number,
    )
    request = UpdateJobExecution(thing_name, summary.job_id, Status.SUCCEEDED)
    return Change(number, request, seen, NOW, state=ChangeState.CONFLICT)


def described(thing_name: str, summary: JobExecutionSummary, seconds: int) -> JobExecution:
    """What DescribeJobExecution tells of a row that times out in so many seconds."""
    return JobExecution(
        job_id=summary.job_id,
        thing_name=thing_name,
        status=summary.status,
        version_number=summary.version_number,
        execution_number=summary.execution_number,
        approximate_seconds_before_timed_out=seconds,
    )


class Watched:
    """A store, a fleet that follows it, and the clock of both."""

    def __init__(self, *things: str, limits: AttentionLimits = LIMITS) -> None:
        self.clock = DateInHand()
        self.store = Store(things or THINGS, self.clock)
        self.fleet = Fleet(self.store, limits)

    def tell(self, thing_name: str, *summaries: JobExecutionSummary) -> None:
        self.store.record_answer(thing_name, answer(*summaries))
        self.fleet.update()

    def need(self, thing_name: str) -> Need:
        return self.fleet.standing(thing_name).need

    def order(self, wanted: FleetFilter = EVERYTHING) -> tuple[str, ...]:
        return self.fleet.shown(wanted)


@pytest.fixture
def watched() -> Watched:
    return Watched()


def test_a_thing_that_was_never_asked_is_unknown(watched) -> None:
    assert watched.need("gw-1") is Need.UNKNOWN
    assert watched.fleet.totals.by_need[Need.UNKNOWN] == len(watched.fleet) == 4


def test_counts_and_the_oldest_are_those_of_the_pending_list(watched) -> None:
    watched.tell("gw-1", in_progress(silent=30), queued("a", age=900), queued("b", age=100))
    standing = watched.fleet.standing("gw-1")
    assert (standing.in_progress, standing.queued, standing.capped) == (1, 2, False)
    assert standing.oldest == NOW - 900


def test_a_full_list_is_marked_as_capped(watched) -> None:
    watched.tell("gw-1", *(queued(f"job-{number}") for number in range(10)))
    assert watched.fleet.standing("gw-1").capped


def test_silence_alone_makes_a_thing_stuck_at_its_moment(watched) -> None:
    watched.tell("gw-1", in_progress(silent=60))
    assert watched.need("gw-1") is Need.IN_PROGRESS
    assert watched.fleet.next_change == NOW - 60 + LIMITS.stuck_after
    watched.clock.date = watched.fleet.next_change
    assert watched.fleet.update() == {"gw-1"}
    assert watched.need("gw-1") is Need.STUCK
    assert watched.fleet.standing("gw-1").longest_silence == NOW - 60
    assert watched.fleet.next_change == NEVER


@pytest.mark.parametrize("stuck_after", [1800.0, 1800.1, 1234.567, 0.1])
def test_becoming_stuck_is_not_missed_however_the_moment_is_rounded(stuck_after) -> None:
    watched = Watched(limits=AttentionLimits(stuck_after))
    watched.tell("gw-1", in_progress(silent=0))
    while watched.fleet.next_change < inf:
        watched.clock.date = watched.fleet.next_change
        watched.fleet.update()
    assert watched.need("gw-1") is Need.STUCK


def test_a_deadline_is_due_before_it_is_overdue(watched) -> None:
    summary = in_progress(silent=10)
    watched.tell("gw-1", summary)
    watched.store.record_execution(described("gw-1", summary, 600))
    watched.fleet.update()
    seen = []
    while watched.fleet.next_change < NOW + 1000:
        watched.clock.date = watched.fleet.next_change
        watched.fleet.update()
        standing = watched.fleet.standing("gw-1")
        seen.append((watched.clock.date - NOW, standing.need, standing.overdue, standing.stuck))
    assert seen == [(300, Need.DUE, 0, 0), (600, Need.OVERDUE, 1, 1)]
    assert watched.fleet.standing("gw-1").deadline == NOW + 600


def test_an_answer_without_news_changes_nothing(watched) -> None:
    watched.tell("gw-1", in_progress())
    version = watched.fleet.version
    watched.clock.date += 5
    watched.store.record_answer("gw-1", answer(in_progress()))
    assert watched.fleet.update() == frozenset()
    assert watched.fleet.version == version


def test_progress_that_the_list_does_not_show_changes_nothing_but_when_it_is_stuck(watched) -> None:
    watched.tell("gw-1", in_progress(silent=60))
    version = watched.fleet.version
    reported = in_progress(silent=60)._replace(last_updated_at=NOW, version_number=2)
    watched.tell("gw-1", reported)
    assert watched.fleet.version == version
    assert watched.fleet.next_change == NOW + LIMITS.stuck_after


def test_a_failed_round_is_an_error_beside_what_was_known(watched) -> None:
    watched.tell("gw-1", queued())
    watched.store.record_failure("gw-1", Unreachable("no route"))
    watched.fleet.update()
    assert watched.need("gw-1") is Need.ERROR
    assert watched.fleet.standing("gw-1").queued == 1
    assert watched.fleet.totals.errors == 1


def test_what_is_stuck_stays_stuck_while_its_endpoint_is_away(watched) -> None:
    watched.tell("gw-1", in_progress(silent=4000))
    watched.store.record_failure("gw-1", Unreachable("no route"))
    watched.fleet.update()
    assert watched.need("gw-1") is Need.STUCK


def test_a_conflict_is_urgent_as_long_as_its_version_stands(watched) -> None:
    watched.tell("gw-1", in_progress())
    watched.store.record_change(conflict_on("gw-1", in_progress()))
    watched.fleet.update()
    assert watched.need("gw-1") is Need.CONFLICT
    watched.tell("gw-1", execution("fw", Status.IN_PROGRESS, version=2))
    assert watched.need("gw-1") is Need.IN_PROGRESS
    assert watched.fleet.totals.conflicts == 0


def test_a_conflict_that_is_kept_no_longer_is_forgotten_here_too(watched) -> None:
    watched.tell("gw-1", in_progress())
    watched.store.record_change(conflict_on("gw-1", in_progress()))
    watched.fleet.update()
    for number in range(2, CHANGES_KEPT + 2):
        watched.store.record_change(conflict_on("gw-2", in_progress(), number))
    watched.fleet.update()
    assert watched.need("gw-1") is Need.IN_PROGRESS


def test_a_clock_that_is_set_back_takes_back_what_had_come_due(watched) -> None:
    watched.tell("gw-1", in_progress(silent=60))
    watched.clock.date += 3600
    watched.fleet.update()
    assert watched.need("gw-1") is Need.STUCK
    watched.clock.date -= 3600
    watched.fleet.update()
    assert watched.need("gw-1") is Need.IN_PROGRESS


def test_a_clock_that_is_set_back_takes_back_what_was_due(watched) -> None:
    watched.tell("gw-1", in_progress())
    watched.store.record_execution(described("gw-1", in_progress(), 600))
    watched.clock.date += 400
    watched.fleet.update()
    assert watched.need("gw-1") is Need.DUE
    watched.clock.date -= 200
    watched.fleet.update()
    assert watched.need("gw-1") is Need.IN_PROGRESS


def test_what_comes_due_earlier_than_it_was_reckoned_at_first_is_not_kept_waiting(watched) -> None:
    watched.tell("gw-1", in_progress(silent=0))
    watched.tell("gw-2", in_progress(silent=900))
    watched.tell("gw-1", in_progress(silent=1500))
    assert watched.fleet.next_change == NOW + 300
    watched.clock.date += 300
    assert watched.fleet.update() == {"gw-1"}


def as_an_earlier_run_left_it(thing_name: str, *summaries: JobExecutionSummary) -> ThingState:
    pending = answer(*summaries).value
    return ThingState(thing_name, pending, answered_at=NOW - 60, earlier_run=True)


def test_what_an_earlier_run_saw_is_counted_until_it_is_forgotten(watched) -> None:
    watched.store.restore([as_an_earlier_run_left_it("gw-1", queued(), queued("other"))])
    assert watched.fleet.update() == {"gw-1"}
    assert watched.fleet.totals.queued == 2
    watched.store.forget_earlier_run()
    watched.fleet.update()
    assert watched.need("gw-1") is Need.UNKNOWN
    assert watched.fleet.totals.queued == 0


def test_what_an_earlier_run_saw_stands_as_it_did_then(watched) -> None:
    watched.clock.date += 9000
    before = [as_an_earlier_run_left_it("gw-1", in_progress(silent=100))]
    watched.store.restore([*before, as_an_earlier_run_left_it("gw-2", in_progress(silent=4000))])
    watched.fleet.update()
    assert (watched.need("gw-1"), watched.need("gw-2")) == (Need.IN_PROGRESS, Need.STUCK)
    assert watched.fleet.next_change == NEVER
    watched.tell("gw-1", in_progress(silent=100))
    assert watched.need("gw-1") is Need.STUCK


def test_what_needs_a_person_stands_first_and_of_two_alike_the_longer_one() -> None:
    watched = Watched("quiet", "queued", "busy", "error", "stuck", "longer", "asked", "conflict")
    watched.tell("quiet")
    watched.tell("queued", queued())
    watched.tell("busy", in_progress())
    watched.store.record_failure("error", Throttled("slow down"))
    watched.tell("stuck", in_progress(silent=2000))
    watched.tell("longer", in_progress(silent=9000))
    watched.tell("conflict", in_progress())
    watched.store.record_change(conflict_on("conflict", in_progress()))
    watched.fleet.update()
    wanted = ("conflict", "longer", "stuck", "error", "busy", "queued", "quiet", "asked")
    assert watched.order() == wanted


def test_urgency_is_told_apart_from_any_other_change(watched) -> None:
    watched.tell("gw-1", queued())
    assert (watched.fleet.version, watched.fleet.urgent_version) == (1, 0)
    watched.tell("gw-1", in_progress(silent=4000))
    assert (watched.fleet.version, watched.fleet.urgent_version) == (2, 1)
    watched.tell("gw-1")
    assert (watched.fleet.version, watched.fleet.urgent_version) == (3, 1)


def test_the_same_list_is_given_while_nothing_changes(watched) -> None:
    for wanted in (FleetFilter(), FleetFilter("gw"), FleetFilter(urgent=True)):
        assert watched.order(wanted) is watched.order(wanted)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ("stuck-gw", "away", "busy-gw", "waiting")),
        ("gw", ("stuck-gw", "busy-gw")),
        ("GW", ("stuck-gw", "busy-gw")),
        ("gw busy", ("busy-gw",)),
        ("stu", ("stuck-gw",)),
        ("in_pro", ("stuck-gw", "busy-gw")),
        ("in-progress", ("stuck-gw", "busy-gw")),
        ("pending !queued", ("stuck-gw", "busy-gw")),
        ("!gw", ("away", "waiting")),
        ("!!gw", ("stuck-gw", "busy-gw")),
        ("error", ("away",)),
        ("unreach", ("away",)),
        ("!unreach", ("stuck-gw", "busy-gw", "waiting")),
        ("er", ()),
        ("!", ("stuck-gw", "away", "busy-gw", "waiting")),
        ("  \t ", ("stuck-gw", "away", "busy-gw", "waiting")),
        ("no-such-thing", ()),
        ("\u202e[/]\x1b[31m", ()),
    ],
)
def test_a_filter_takes_parts_of_names_and_beginnings_of_states(text, shown) -> None:
    watched = Watched("waiting", "busy-gw", "away", "stuck-gw")
    watched.tell("waiting", queued())
    watched.tell("busy-gw", in_progress())
    watched.store.record_failure("away", Unreachable("no route"))
    watched.tell("stuck-gw", in_progress(silent=4000))
    assert watched.order(FleetFilter(text)) == shown
    one_by_one = filter(
        lambda name: FleetFilter(text).lets_through(watched.fleet.standing(name)), watched.order()
    )
    assert tuple(one_by_one) == shown


def test_only_what_needs_a_person_can_be_asked_for_with_and_without_words() -> None:
    watched = Watched("busy-gw", "away", "stuck-gw")
    watched.tell("busy-gw", in_progress())
    watched.store.record_failure("away", Unreachable("no route"))
    watched.tell("stuck-gw", in_progress(silent=4000))
    assert watched.order(FleetFilter(urgent=True)) == ("stuck-gw", "away")
    assert watched.order(FleetFilter("gw", urgent=True)) == ("stuck-gw",)


MORE_THINGS = (*THINGS, *(f"quiet-{number}" for number in range(30)))
"""So many that one that moves is put in its new place, and not all are sorted anew."""

names = st.sampled_from(THINGS[:2])
summaries = st.builds(
    execution,
    st.sampled_from(("fw", "reboot")),
    st.sampled_from((Status.IN_PROGRESS, Status.IN_PROGRESS, Status.QUEUED)),
    age=st.integers(0, 4000).map(float) | st.floats(0, 4000),
    version=st.integers(1, 2),
)
lists = st.lists(summaries, max_size=2)
failures = st.sampled_from((Unreachable("away"), Throttled("slow"), NotAllowed("no")))
steps = st.one_of(
    st.tuples(st.just("answer"), names, lists),
    st.tuples(st.just("failure"), names, failures),
    st.tuples(st.just("conflict"), names, summaries),
    st.tuples(st.just("settle"), names, summaries),
    st.tuples(st.just("describe"), names, st.tuples(summaries, st.integers(0, 4000))),
    st.tuples(st.just("time"), names, st.floats(-2000, 4000)),
    st.tuples(st.just("due"), names, st.none()),
    st.tuples(st.just("watch"), st.sampled_from(("quiet-3", "another")), st.none()),
)


def take(step: tuple[str, str, object], watched: Watched, number: int) -> None:
    kind, name, what = step
    store = watched.store
    match kind, what:
        case "answer", list():
            store.record_answer(name, answer(*what))
        case "failure", Failure():
            store.record_failure(name, what)
        case "conflict", JobExecutionSummary():
            store.record_change(conflict_on(name, what, number))
        case "settle", JobExecutionSummary():
            good = replace(conflict_on(name, what, number), state=ChangeState.CONFIRMED)
            store.record_change(good)
        case "describe", (summary, seconds):
            store.record_execution(described(name, summary, seconds))
        case "time", float():
            watched.clock.date += what
        case "watch", None:
            (store.unwatch if store.watches(name) else store.watch)(name)
        case "due", None if watched.fleet.next_change < inf:
            watched.clock.date = watched.fleet.next_change


@settings(max_examples=70, deadline=None)
@given(st.lists(st.tuples(steps, st.booleans()), max_size=20))
def test_whatever_happens_it_stands_as_if_reckoned_anew(history) -> None:
    watched = Watched(*MORE_THINGS)
    fleet = watched.fleet
    for number, (step, more_before_the_update) in enumerate(history, start=1):
        take(step, watched, number)
        if more_before_the_update:
            continue
        version, order = fleet.version, fleet.shown(EVERYTHING)
        fleet.update()
        anew = Fleet(watched.store, LIMITS)
        for name in THINGS:
            assert fleet.standing(name) == anew.standing(name)
        assert fleet.totals == anew.totals
        for wanted in (EVERYTHING, FleetFilter("gw"), FleetFilter("stuck", urgent=True)):
            assert fleet.shown(wanted) == anew.shown(wanted)
        assert fleet.next_change == anew.next_change > watched.clock.date
        assert fleet.version > version or fleet.shown(EVERYTHING) is order
