"""Filters and orders of rows, the trail, and what the palette finds, without a screen."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs_tui.domain.alike import is_alike
from jobs_tui.domain.execution import ExecutionKey, JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import Done
from jobs_tui.domain.status import Status
from jobs_tui.engine.fleet.fleet_filter import FleetFilter
from jobs_tui.engine.fleet.standing import Need, Standing
from jobs_tui.engine.store import Store
from jobs_tui.ui.screens.palette_finds import ALIKE, EXACT, HITS, finds
from jobs_tui.ui.views.orders import ROW_COLUMNS, THING_COLUMNS, Order, in_order, things_in_order
from jobs_tui.ui.views.row_filter import RowFilter, needs_to_be_alike
from jobs_tui.ui.views.rows import Row
from jobs_tui.ui.widgets.trail import KEPT, Spot, Trail
from jobs_tui.ui.widgets.urgent_rows import next_spot, urgent_spots

NOW = 1_800_000_000.0


def row(
    job_id: str,
    status: Status = Status.QUEUED,
    *,
    thing: str = "gw-1",
    flag: str = "",
    remark: str = "",
    version: int = 1,
    age: float = 60,
) -> Row:
    since = NOW - age
    summary = JobExecutionSummary(job_id, status, since, None, since, version, 1)
    key = ExecutionKey(thing, job_id, 1)
    return Row(key, summary, str(status), f"v{version}", "1 min", remark, flag)


ROWS = (
    row("fw-edge", Status.IN_PROGRESS, flag="stuck", remark="no update for 2 h", version=4, age=90),
    row("cert-rotate", version=2, age=30),
    row("device-update", thing="lyon-1", age=300),
)


def ids(wanted: RowFilter, rows: tuple[Row, ...] = ROWS) -> list[str]:
    test = wanted.test(alike=needs_to_be_alike(wanted, rows))
    return [each.summary.job_id for each in rows if test(each)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ["fw-edge", "cert-rotate", "device-update"]),
        ("EDGE", ["fw-edge"]),
        ("queued", ["cert-rotate", "device-update"]),
        ("in-progress", ["fw-edge"]),
        ("stuck", ["fw-edge"]),
        ("update 2", ["fw-edge"]),
        ("lyon", ["device-update"]),
        ("queued !cert", ["device-update"]),
        ("!queued", ["fw-edge"]),
        ("!", ["fw-edge", "cert-rotate", "device-update"]),
        ("crtrot", ["cert-rotate"]),
        ("crtrot !lyon", ["cert-rotate"]),
        # an inverse word is taken as it stands, so that nothing is hidden by chance
        ("!crtrot", ["fw-edge", "cert-rotate", "device-update"]),
        # and so is a word for a state, though d, u and e are in device-update
        ("due", []),
        ("zz", []),
    ],
)
def test_words_are_found_in_what_a_row_says(text: str, shown: list[str]) -> None:
    assert ids(RowFilter(text)) == shown


def test_a_filter_for_one_panel_does_not_look_at_the_name_of_its_thing() -> None:
    assert ids(RowFilter("gw", only_in="gw-1")) == []
    assert RowFilter("gw", only_in="gw-1").holds_in("gw-1")
    assert not RowFilter("gw", only_in="gw-1").holds_in("gw-2")
    assert not RowFilter(" ! ").holds_in("gw-1")


def test_only_what_needs_a_person_can_be_wanted_with_words_and_without() -> None:
    assert ids(RowFilter(urgent=True)) == ["fw-edge"]
    assert ids(RowFilter("cert", urgent=True)) == []


names = st.text("vwxyz-", min_size=1, max_size=12)


@given(st.lists(names, min_size=1, max_size=6), st.text("vwxyz", min_size=1, max_size=4))
def test_what_is_exact_always_wins(job_ids: list[str], word: str) -> None:
    shown = ids(RowFilter(word, only_in="gw-1"), tuple(map(row, job_ids)))
    exact = [job_id for job_id in job_ids if word in job_id]
    if exact:
        assert shown == exact
    else:
        assert shown == [job_id for job_id in job_ids if is_alike(word, job_id)]


@given(st.text("abc", min_size=2, max_size=5), st.text("abc", max_size=5))
def test_every_name_is_alike_to_its_own_letters(word: str, between: str) -> None:
    assert is_alike(word, between.join(word))
    assert not is_alike(word + "z", between.join(word))


def test_things_are_found_letter_by_letter_only_on_demand() -> None:
    lyon = Standing("gw-lyon-01", Need.QUIET)
    assert not FleetFilter("gwln").lets_through(lyon)
    assert FleetFilter("gwln").test(alike=True)(lyon)
    assert not FleetFilter("queued").can_be_alike
    assert not FleetFilter("!gwln").can_be_alike


@pytest.mark.parametrize(
    ("column", "order"),
    [
        ("", ["fw-edge", "cert-rotate", "device-update"]),
        ("job id", ["cert-rotate", "device-update", "fw-edge"]),
        ("status", ["fw-edge", "cert-rotate", "device-update"]),
        ("version", ["device-update", "cert-rotate", "fw-edge"]),
        ("age", ["device-update", "fw-edge", "cert-rotate"]),
        ("needs", ["fw-edge", "cert-rotate", "device-update"]),
    ],
)
def test_rows_are_sorted_by_each_column(column: str, order: list[str]) -> None:
    assert [each.summary.job_id for each in in_order(ROWS, Order(column))] == order
    turned = in_order(ROWS, Order(column, reverse=True))
    key = ROW_COLUMNS.get(column)
    if key is not None:
        assert [key(each) for each in turned] == sorted(map(key, ROWS), reverse=True)


def test_things_are_sorted_by_each_column() -> None:
    standings = {
        "b": Standing("b", Need.QUEUED, queued=3, oldest=NOW - 5),
        "a": Standing("a", Need.QUIET),
        "c": Standing("c", Need.IN_PROGRESS, in_progress=1, queued=1, oldest=NOW - 9),
    }
    found = {
        column: "".join(things_in_order(tuple(standings), standings.__getitem__, Order(column)))
        for column in ("", *THING_COLUMNS)
    }
    assert found == {
        "": "bac",
        "thing": "abc",
        "in progress": "cba",
        "queued": "bca",
        "oldest": "cba",
    }


def test_the_same_column_again_turns_the_order_round() -> None:
    once = Order().chosen("age")
    assert once == Order("age")
    assert once.chosen("age") == Order("age", reverse=True)
    assert once.chosen("age").chosen("age") == once
    assert once.chosen("age").chosen("status") == Order("status")
    assert once.chosen("") == Order()


def test_back_and_forward_go_through_where_one_was() -> None:
    a, b, c, d = map(Spot, "abcd")
    trail = Trail()
    assert trail.back(a) is None
    trail.jump(a)
    trail.jump(b)
    assert trail.back(c) == b
    assert trail.back(b) == a
    assert not trail.behind
    assert trail.forward(a) == b
    assert trail.forward(b) == c
    assert not trail.ahead
    trail.back(c)
    trail.jump(b)
    assert not trail.ahead
    assert trail.back(d) == b


def test_a_step_that_would_lead_nowhere_is_not_one() -> None:
    trail = Trail()
    for name in "aab":
        trail.jump(Spot(name))
    assert trail.back(Spot("b")) == Spot("a")
    assert not trail.behind


def test_fifty_places_are_kept_and_those_of_a_closed_panel_are_not() -> None:
    trail = Trail()
    for number in range(3 * KEPT):
        trail.jump(Spot(str(number)))
    trail.forget(str(3 * KEPT - 1))
    here, steps = Spot("here"), 0
    while (there := trail.back(here)) is not None:
        here, steps = there, steps + 1
    assert (steps, here) == (KEPT - 1, Spot(str(2 * KEPT)))


def test_the_next_row_that_needs_a_person_is_found_across_panels_and_around_the_end() -> None:
    quiet, stuck, due = row("quiet"), row("stuck", flag="stuck"), row("due", thing="b", flag="due")
    panels = {"gw-1": (quiet, stuck), "b": (due,), "empty": ()}
    spots = urgent_spots(panels, ["empty"])
    first, second = Spot("gw-1", stuck.key), Spot("b", due.key)
    assert spots == [first, second]
    for here, there in (
        (Spot("gw-1", quiet.key), first),
        (first, second),
        (second, first),
        (Spot("empty"), first),
    ):
        assert next_spot(spots, panels, here) == there
    assert next_spot(spots, panels, Spot("gw-1", quiet.key), within=["gw-1"]) == first
    assert next_spot(spots, panels, first, within=["gw-1"]) is None


def test_where_no_row_needs_a_person_things_that_fail_are_gone_to() -> None:
    panels = {"a": (row("x"), row("y")), "b": (), "c": ()}
    spots = urgent_spots(panels, ["a", "c"])
    assert spots == [Spot("a"), Spot("c")]
    assert next_spot(spots, panels, Spot("a", row("y").key)) == Spot("c")
    assert next_spot(spots, panels, Spot("c")) == Spot("a")
    assert next_spot([], panels, Spot("b")) is None


class Clock:
    def now(self) -> float:
        return NOW

    def monotonic(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        raise AssertionError(seconds)


def store(things: int, jobs: int) -> Store:
    made = Store((f"gw-{number:05}" for number in range(things)), Clock())
    for number in range(things):
        queued = (
            JobExecutionSummary(f"fw-{number}-{job}", Status.QUEUED, NOW, None, NOW, 1, 1)
            for job in range(jobs)
        )
        made.record_answer(f"gw-{number:05}", Done(PendingJobExecutions((), tuple(queued))))
    return made


async def found(made: Store, query: str) -> list[tuple[int, str]]:
    return [(rank, find.name) async for rank, find in finds(made, query)]


async def test_the_palette_finds_the_exact_name_first_though_it_comes_last() -> None:
    made = store(300, 1)
    hits = await found(made, "GW-00299")
    assert hits == [(EXACT, "gw-00299")]
    assert (await found(made, "fw-29-0"))[0] == (EXACT, "fw-29-0 at gw-00029")
    assert len(await found(made, "0")) == 2 * HITS


async def test_the_palette_finds_letters_where_no_name_has_the_word() -> None:
    made = store(30, 1)
    assert await found(made, "g29") == [(ALIKE, "gw-00029")]
    assert await found(made, " ") == []


async def test_the_loop_has_its_turn_while_many_names_are_looked_at() -> None:
    made, turns = store(2000, 1), 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    await found(made, "nothing-like-it")
    counting.cancel()
    assert turns >= 6
