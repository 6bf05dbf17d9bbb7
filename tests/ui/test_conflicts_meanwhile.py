"""A conflict that comes while one reads something else: told there, and decided from there."""

import pytest

from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.notices import Notices
from jobs_tui.engine.store import Store
from jobs_tui.ui.screens.announcing import Announcing
from jobs_tui.ui.terminal.lines import Line, Piece, width_of
from jobs_tui.ui.views.bars import Notice
from jobs_tui.ui.views.meanwhile import beside_typing, status_line, typing_margin


@pytest.fixture
def jobs(account) -> None:
    """Two things, each with a job in progress at version 2."""
    for thing, job in (("gw-1", "fw-1"), ("gw-2", "fw-2")):
        account.create_thing(thing)
        account.create_job(job, [thing], "{}")
        account.start_next_pending_job_execution(thing)


def seen(thing: str, job: str) -> JobExecution:
    return JobExecution(job, thing, Status.IN_PROGRESS, version_number=2, execution_number=1)


async def meet_the_agent(screen, thing: str, job: str) -> Change:
    """The agent reports, and a change is sent that was asked for before, as if it had waited."""
    screen.account.update_job_execution(
        thing, job, "IN_PROGRESS", status_details={"step": "flashing"}
    )
    request = UpdateJobExecution(
        thing, job, Status.FAILED, {}, expected_version=2, execution_number=1
    )
    return await screen.engine.change(request, seen(thing, job))


def conflict(number: int, state: ChangeState = ChangeState.CONFLICT) -> Change:
    """A change of the execution with this number."""
    job = f"fw-2026-{number}-edge"
    request = UpdateJobExecution("gw-lyon-01", job, Status.FAILED, {})
    return Change(number, request, seen("gw-lyon-01", job), 0.0, state=state)


def told_of_conflicts(screen) -> list[str]:
    notices = screen.engine.notices.newest_first
    return [each.text for each in notices if ": FAILED, conflict" in each.text]


def status_of(screen) -> str:
    return screen.text.splitlines()[-2]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        pytest.param("L", "newest first", id="notices", marks=pytest.mark.slow),
        pytest.param("enter", "version number", id="execution"),
        pytest.param("P", "calls/s", id="pulse", marks=pytest.mark.slow),
        pytest.param("J", "changes, newest first", id="journal", marks=pytest.mark.slow),
        pytest.param("o", "job document", id="document", marks=pytest.mark.slow),
    ],
)
async def test_it_is_told_where_one_reads_and_decided_by_its_key(
    jobs, account, cockpit, key, words
) -> None:
    async with cockpit("gw-1", "gw-2") as screen:
        await screen.see("fw-1")
        await screen.press(key)
        await screen.see(words)
        await screen.press("full_stop")
        await screen.see("not now, no conflict has come meanwhile")
        await meet_the_agent(screen, "gw-2", "fw-2")
        await screen.see(
            lambda: "! conflict at gw-2 / fw-2: FAILED was not done" in status_of(screen)
        )
        assert status_of(screen).rstrip().endswith(". decides")
        reading = screen.app.screen
        await screen.press("full_stop")
        await screen.see("Apply to version 3")
        await screen.press("shift+tab", "shift+tab", "enter")
        await screen.see(lambda: screen.app.screen is reading)
        await screen.see(lambda: account.job_execution("gw-2", "fw-2").status == "FAILED")
        assert "conflict" not in status_of(screen)


async def test_several_at_once_are_counted_and_decided_one_after_the_other(
    jobs, account, cockpit
) -> None:
    async with cockpit("gw-1", "gw-2") as screen:
        await screen.see("fw-2")
        await screen.press("P", "question_mark")
        await screen.see("The pulse")
        for thing, job in (("gw-1", "fw-1"), ("gw-2", "fw-2")):
            await meet_the_agent(screen, thing, job)
        # at once, and not when one is back at the panels
        await screen.see(lambda: len(told_of_conflicts(screen)) == 2)
        await screen.press("escape")
        await screen.see(lambda: "! 2 conflicts: gw-1 / fw-1 and 1 more" in status_of(screen))
        await screen.press("full_stop")
        await screen.see("Conflict  gw-1 / fw-1")
        await screen.press("escape")
        await screen.see(lambda: "! conflict at gw-2 / fw-2" in status_of(screen))
        await screen.press("escape")
        # on the panels both are flagged, and nothing is told twice
        await screen.see(lambda: screen.text.count("! conflict") == 2)
        assert len(told_of_conflicts(screen)) == 2


def test_several_that_come_together_are_told_one_by_one_and_then_as_so_many() -> None:
    store = Store(("gw-lyon-01",), SystemClock())
    notices = Notices(lambda: 0.0)
    announcing = Announcing(store, notices)
    for number in (1, 2, 3):
        store.record_change(conflict(number))
    store.record_change(conflict(4, ChangeState.CONFIRMED))
    announcing.tell(covered=True)
    summary, *singly = notices.newest_first
    assert summary.text.startswith("3 conflicts: gw-lyon-01 / fw-2026-1-edge and 2 more; . goes")
    assert summary.calls
    assert [each.place.job_id for each in singly] == [f"fw-2026-{n}-edge" for n in (3, 2, 1)]
    announcing.tell(covered=True)
    assert notices.newest_first[0] is summary
    announcing.tell(covered=False)
    assert "confirmed" in notices.newest_first[0].text


@pytest.mark.slow
async def test_a_conflict_is_told_beside_what_is_searched_for(jobs, account, cockpit) -> None:
    async with cockpit("gw-1", "gw-2") as screen:
        await screen.see("fw-1")
        await screen.press("o")
        await screen.see("job document")
        await screen.press("slash", "x")
        await meet_the_agent(screen, "gw-2", "fw-2")
        await screen.see(lambda: status_of(screen).rstrip().endswith("! conflict"))
        assert " / x" in status_of(screen)
        await screen.press("full_stop", "enter")
        await screen.see(lambda: "/x.: not found" in status_of(screen))
        assert status_of(screen).rstrip().endswith("! conflict, . decides")


@pytest.mark.slow
async def test_what_was_told_before_one_began_to_read_is_not_told_again(
    jobs, account, cockpit
) -> None:
    async with cockpit("gw-1", "gw-2") as screen:
        await screen.see("fw-2")
        await meet_the_agent(screen, "gw-2", "fw-2")
        await screen.see("gw-2 / fw-2: FAILED, conflict")
        await screen.press("P")
        await screen.see("calls/s")
        await meet_the_agent(screen, "gw-1", "fw-1")
        await screen.see(lambda: "! conflict at gw-1 / fw-1" in status_of(screen))


@pytest.mark.parametrize("width", [20, 40, 80, 160])
@pytest.mark.parametrize("notice", [None, Notice("secrets are hidden " * 10)])
def test_its_key_is_in_the_status_line_at_any_width(width, notice) -> None:
    pieces = status_line(notice, (conflict(1), conflict(2)), width).pieces
    assert "".join(piece.text for piece in pieces).rstrip().endswith(". decides")
    assert width < 30 or width_of(pieces) <= width


def test_what_is_typed_has_the_whole_line_without_a_conflict() -> None:
    typing = Line((Piece("/ x"),))
    assert beside_typing(typing, (), 40) is typing
    assert typing_margin(()) == 0
