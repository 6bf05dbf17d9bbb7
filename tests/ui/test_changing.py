"""Starting and ending jobs: what is asked, what is sent, what is told."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from textual import events

BASED_ON = "the change is based on it"


@pytest.fixture
def job(account):
    """One thing with two jobs, the first in progress with details at version 2."""
    account.create_thing("gw-1")
    for job_id in ("fw-1", "fw-2"):
        account.create_job(job_id=job_id, targets=("gw-1",), document="{}")
    account.update_job_execution(
        "gw-1", "fw-1", status="IN_PROGRESS", status_details={"progress": "60%"}
    )


def recording(bodies: list[dict[str, object]]) -> Callable[[web.Request], Awaitable[None]]:
    """An intercept that keeps the bodies of what is sent to change something."""

    async def record(request: web.Request) -> None:
        if request.method in ("POST", "PUT"):
            bodies.append(json.loads(await request.read() or b"{}"))

    return record


async def test_failed_with_a_reason_takes_four_keys_and_the_text(job, account, cockpit) -> None:
    bodies: list[dict[str, object]] = []
    async with cockpit("gw-1", intercept=recording(bodies)) as screen:
        await screen.open_status_dialog("fw-1")
        await screen.press("f", "tab")
        await screen.type("reason")
        await screen.press("tab")
        await screen.type("disk full")
        await screen.press("enter", "enter")
        await screen.see("FAILED, confirmed: version 3")
        await screen.see(lambda: "FAILED" in screen.line_with("fw-1"))
    assert bodies == [
        {
            "status": "FAILED",
            "statusDetails": {"progress": "60%", "reason": "disk full"},
            "expectedVersion": 2,
            "executionNumber": 1,
            "includeJobExecutionState": True,
            "includeJobDocument": False,
        }
    ]


async def test_details_that_are_unchanged_are_not_sent(job, account, cockpit) -> None:
    bodies: list[dict[str, object]] = []
    async with cockpit("gw-1", intercept=recording(bodies)) as screen:
        await screen.open_status_dialog("fw-1")
        await screen.press("i", "enter")
        await screen.see("confirmed: version 3")
    assert "statusDetails" not in bodies[0]


async def test_enter_alone_sends_nothing(job, account, cockpit) -> None:
    bodies: list[dict[str, object]] = []
    async with cockpit("gw-1", intercept=recording(bodies)) as screen:
        await screen.open_status_dialog("fw-1")
        await screen.press("enter")
        await screen.see("status: choose one")
    assert bodies == []


async def test_enter_is_not_taken_before_the_fresh_read_is_in(job, account, cockpit) -> None:
    bodies: list[dict[str, object]] = []
    gate = asyncio.Event()
    record = recording(bodies)

    async def hold_reads(request: web.Request) -> None:
        await record(request)
        if request.path.endswith("/fw-1") and request.method == "GET":
            await gate.wait()

    async with cockpit("gw-1", intercept=hold_reads) as screen:
        await screen.see("fw-1")
        await screen.press("s", "f", "enter")
        await screen.see("Enter is taken when that is done")
        assert bodies == []
        gate.set()
        await screen.see(BASED_ON)
        await screen.press("enter")
        await screen.see("confirmed: version 3")
    assert len(bodies) == 1


def holding_updates(gate: asyncio.Event) -> Callable[[web.Request], Awaitable[None]]:
    """An intercept that lets no update through before the gate is open."""

    async def hold(request: web.Request) -> None:
        if request.method == "POST":
            await gate.wait()

    return hold


async def test_an_answer_closes_the_dialog_and_not_what_was_opened_over_it(
    job, account, cockpit
) -> None:
    gate = asyncio.Event()
    async with cockpit("gw-1", intercept=holding_updates(gate)) as screen:
        await screen.open_status_dialog("fw-1")
        await screen.press("f", "enter")
        dialog = screen.app.screen
        await screen.press("ctrl+p")
        palette = screen.app.screen
        assert palette is not dialog
        gate.set()
        await screen.see(lambda: screen.engine.store.changes[0].state.settled)
        await screen.pilot.pause(0.1)
        assert screen.app.screen is palette
        await screen.press("escape")
        await screen.see("FAILED, confirmed: version 3")
        assert len(screen.app.screen_stack) == 1


async def test_an_answer_that_comes_while_the_dialog_is_left_closes_nothing_else(
    job, account, cockpit
) -> None:
    gate = asyncio.Event()
    async with cockpit("gw-1", intercept=holding_updates(gate)) as screen:
        await screen.open_status_dialog("fw-1")
        await screen.press("f", "enter")
        dialog = screen.app.screen
        dialog.action_leave()
        # as its worker does when the answer is in before the dialog is taken down
        dialog.dismiss()
        gate.set()
        await screen.see("FAILED, confirmed: version 3")
        assert len(screen.app.screen_stack) == 1


@pytest.mark.slow
async def test_all_problems_are_told_by_field_and_nothing_is_sent(job, account, cockpit) -> None:
    bodies: list[dict[str, object]] = []
    async with cockpit("gw-1", size=(160, 48), intercept=recording(bodies)) as screen:
        await screen.open_status_dialog("fw-1")
        await screen.press("f", "tab")
        await screen.type("bad name")
        await screen.press("tab", "x", "enter", "shift+tab")
        await screen.type("99999")
        await screen.see("statusDetails.bad name: may hold only")
        await screen.see("stepTimeoutInMinutes: must be 1 to 10080 minutes")
        await screen.press("enter", "enter")
    assert bodies == []


@pytest.mark.slow
async def test_a_step_timeout_and_its_cancelling_are_sent(job, account, cockpit) -> None:
    bodies: list[dict[str, object]] = []
    async with cockpit("gw-1", intercept=recording(bodies)) as screen:
        for minutes in ("7", "-1"):
            await screen.open_status_dialog("fw-1")
            await screen.press("i", "tab", "tab")
            await screen.type(minutes)
            await screen.press("enter", "enter")
            await screen.see(lambda m=minutes: len(bodies) == (1 if m == "7" else 2))
            await screen.see(lambda: "Change status" not in screen.text)
    assert [body["stepTimeoutInMinutes"] for body in bodies] == [7, -1]


APPLIED = {
    "status": "FAILED",
    "expectedVersion": 3,
    "executionNumber": 1,
    "includeJobExecutionState": True,
    "includeJobDocument": False,
}


@asynccontextmanager
async def at_a_conflict(account, cockpit, size=(80, 24)):
    """FAILED was asked for on version 2 while another writer reported 80 %."""
    bodies: list[dict[str, object]] = []
    async with cockpit("gw-1", size=size, intercept=recording(bodies)) as screen:
        await screen.open_status_dialog("fw-1")
        account.update_job_execution(
            "gw-1", "fw-1", status="IN_PROGRESS", status_details={"progress": "80%"}
        )
        await screen.press("f", "enter")
        await screen.see("Expected version 2 but found version 3")
        await screen.see("Apply to version 3")
        yield screen, bodies


async def test_a_conflict_shows_what_was_seen_what_stands_and_what_was_wanted(
    job, account, cockpit
) -> None:
    async with at_a_conflict(account, cockpit) as (screen, bodies):
        for label, columns in (
            ("status", ["status", "IN_PROGRESS", "IN_PROGRESS", "FAILED"]),
            ("version  ", ["version", "2", "3"]),
            ("progress", ["progress", "60%", "80%", "60%"]),
        ):
            line = next(each for each in screen.text.splitlines() if f"\u2502 {label}" in each)
            assert line.strip(" \u2502").split() == columns
        assert len(bodies) == 1
        assert account.describe_job_execution("gw-1", "fw-1").status == "IN_PROGRESS"


@pytest.mark.slow
async def test_enter_at_a_conflict_edits_and_enter_there_applies_to_what_stands(
    job, account, cockpit
) -> None:
    async with at_a_conflict(account, cockpit, size=(120, 40)) as (screen, bodies):
        await screen.press("enter")
        await screen.see("version 3, just read")
        await screen.see(lambda: "80%" in screen.line_with("  progress  "))
        assert len(bodies) == 1
        await screen.press("enter")
        await screen.see("confirmed: version 4")
        assert bodies[1:] == [APPLIED]


async def test_a_conflict_is_applied_to_the_new_version_by_its_button(
    job, account, cockpit
) -> None:
    async with at_a_conflict(account, cockpit) as (screen, bodies):
        await screen.press("shift+tab", "enter")
        await screen.see("confirmed: version 4")
        assert bodies[1:] == [APPLIED]


@pytest.mark.slow
async def test_a_conflict_is_dropped_by_its_button(job, account, cockpit) -> None:
    async with at_a_conflict(account, cockpit) as (screen, bodies):
        await screen.press("tab", "enter")
        await screen.see("dropped at a conflict")
        assert len(bodies) == 1
        await screen.press("J")
        await screen.see(lambda: "dropped" in screen.line_with("gw-1 / fw-1"))


@pytest.mark.slow
async def test_a_conflict_that_was_left_is_shown_again_from_its_row(job, account, cockpit) -> None:
    async with at_a_conflict(account, cockpit) as (screen, bodies):
        await screen.press("escape", "escape", "escape")
        await screen.see(lambda: "! conflict" in screen.line_with("fw-1"))
        await screen.press("s")
        await screen.see("Apply to version 3")
        await screen.press("shift+tab", "shift+tab", "enter")
        await screen.see("confirmed: version 4")
        assert bodies[1:] == [APPLIED]


async def test_an_answer_that_is_lost_is_settled_by_reading_and_sent_once(
    job, account, cockpit
) -> None:
    bodies: list[dict[str, object]] = []
    record = recording(bodies)

    async def lose_the_answer(request: web.Request) -> web.Response | None:
        await record(request)
        if request.method == "POST":
            account.update_job_execution("gw-1", "fw-1", status="IN_PROGRESS")
            return web.Response(status=500, text="<html>oops</html>")
        return None

    async with cockpit("gw-1", intercept=lose_the_answer) as screen:
        await screen.open_status_dialog("fw-1")
        await screen.press("i", "enter")
        await screen.see("confirmed: version 3, by reading again")
    assert len(bodies) == 1


async def test_a_change_that_is_not_confirmed_says_so_and_quitting_asks(
    job, account, cockpit
) -> None:
    broken = False

    async def break_all(request: web.Request) -> web.Response | None:
        return web.Response(status=503) if broken else None

    async with cockpit("gw-1", intercept=break_all) as screen:
        await screen.open_status_dialog("fw-1")
        broken = True
        await screen.press("f", "enter")
        await screen.see(lambda: "not confirmed" in screen.line_with("fw-1"))
        await screen.press("n")
        await screen.see("not now, the last change here is not confirmed yet")
        for key in ("q", "ctrl+q"):
            await screen.press(key)
            await screen.see("These changes are not settled")
            await screen.press("n")
            await screen.see("1 queued")


async def test_start_next_takes_two_keys(account, cockpit) -> None:
    account.create_thing("gw-1")
    account.create_job(job_id="fw-1", targets=("gw-1",), document="{}")
    async with cockpit("gw-1") as screen:
        await screen.see("fw-1")
        await screen.press("n")
        await screen.see("starts fw-1, now QUEUED, version 1")
        await screen.press("enter")
        await screen.see("start next, confirmed: fw-1, version 2")
        await screen.see(lambda: "IN_PROGRESS" in screen.line_with("▶"))


@pytest.mark.slow
async def test_start_next_sends_details_and_step_timeout(account, cockpit) -> None:
    account.create_thing("gw-1")
    account.create_job(job_id="fw-1", targets=("gw-1",), document="{}")
    bodies: list[dict[str, object]] = []
    async with cockpit("gw-1", intercept=recording(bodies)) as screen:
        await screen.see("fw-1")
        await screen.press("n")
        await screen.see("starts fw-1")
        await screen.press("shift+tab")
        await screen.type("5")
        await screen.press("shift+tab", "shift+tab")
        await screen.type("by")
        await screen.press("enter")
        await screen.type("hand")
        await screen.press("enter", "enter")
        await screen.see("confirmed: fw-1, version 2")
    assert bodies == [{"statusDetails": {"by": "hand"}, "stepTimeoutInMinutes": 5}]


async def test_a_job_in_progress_already_is_told_as_what_it_is(job, account, cockpit) -> None:
    async with cockpit("gw-1") as screen:
        await screen.see("fw-1")
        await screen.press("n")
        await screen.see("fw-1 is already in progress, version 2: nothing new would start")
        await screen.press("enter")
        await screen.see("nothing started: fw-1 is already in progress")
    assert account.describe_job_execution("gw-1", "fw-2").status == "QUEUED"


async def test_nothing_pending_is_told_before_anything_is_sent(account, cockpit) -> None:
    account.create_thing("gw-1")
    bodies: list[dict[str, object]] = []
    async with cockpit("gw-1", intercept=recording(bodies)) as screen:
        await screen.see("No pending jobs")
        await screen.press("n")
        await screen.see("nothing is pending: there is nothing to start")
        await screen.press("enter")
        await screen.press("escape")
        await screen.press("s")
        await screen.see("not now, this thing has no pending job")
    assert bodies == []


async def test_what_is_typed_is_lost_only_after_a_second_escape(job, account, cockpit) -> None:
    async with cockpit("gw-1") as screen:
        await screen.open_status_dialog("fw-1")
        await screen.press("f", "escape")
        await screen.see("Escape again leaves")
        await screen.press("escape")
        await screen.see(lambda: "Change status" not in screen.text)
        await screen.press("s")
        await screen.see(BASED_ON)
        await screen.press("escape")
        await screen.see(lambda: "Change status" not in screen.text)


async def test_an_execution_that_finished_meanwhile_says_so(job, account, cockpit) -> None:
    async with cockpit("gw-1") as screen:
        await screen.see("fw-1")
        await screen.press("p", "s")
        await screen.see(BASED_ON)
        account.update_job_execution("gw-1", "fw-1", status="SUCCEEDED")
        await screen.press("f", "enter")
        await screen.see("Expected version 2 but found version 3")
        await screen.see("It has finished as SUCCEEDED: it takes no change any more")
        assert "Apply" not in screen.line_with("Drop it")


@pytest.mark.slow
async def test_plus_on_the_empty_row_adds_one_and_control_characters_never_get_in(
    job, account, cockpit
) -> None:
    async with cockpit("gw-1") as screen:
        await screen.open_status_dialog("fw-1")
        await screen.press("tab", "plus")
        await screen.see(lambda: len([n for n in screen.text.splitlines() if "name  " in n]) == 2)
        screen.app.screen.focused.post_message(events.Paste("a\x1b[31mb"))
        await screen.see("a\ufffd[31mb")


@pytest.mark.slow
async def test_details_used_before_are_offered_in_the_empty_row(job, account, cockpit) -> None:
    bodies: list[dict[str, object]] = []
    async with cockpit("gw-1", intercept=recording(bodies)) as screen:
        await screen.open_status_dialog("fw-1")
        await screen.press("i", "tab")
        for words in ("reason", "no power", "by", "hand"):
            await screen.type(words)
            await screen.press("enter" if words == "hand" else "tab")
        await screen.press("enter")
        await screen.see("IN_PROGRESS, confirmed")
    account.update_job_execution(
        "gw-1", "fw-1", status="IN_PROGRESS", status_details={"progress": "70%"}
    )
    # a later run knows it from the journal
    async with cockpit("gw-1", intercept=recording(bodies)) as screen:
        await screen.open_status_dialog("fw-1")
        await screen.see("down: used before")
        await screen.press("f", "tab", "down")
        await screen.see("no power")
        await screen.press("down")
        await screen.see("hand")
        assert "no power" not in screen.text
        await screen.press("up", "up")
        await screen.see(lambda: "no power" not in screen.text)
        await screen.press("ctrl+n", "enter", "enter", "enter")
        await screen.see("FAILED, confirmed")
    assert bodies[-1]["statusDetails"] == {"progress": "70%", "reason": "no power"}


async def test_what_is_wrong_with_a_detail_is_told_before_a_status_is_chosen(
    job, account, cockpit
) -> None:
    async with cockpit("gw-1") as screen:
        await screen.open_status_dialog("fw-1")
        assert "choose one" not in screen.text
        await screen.press("tab")
        await screen.type("bad name")
        await screen.press("tab", "x")
        await screen.see("statusDetails.bad name: may hold only")


async def test_the_dialog_says_what_enter_does_wherever_the_focus_is(job, cockpit) -> None:
    async with cockpit("gw-1") as screen:
        await screen.open_status_dialog("fw-1")
        for key, words in (
            ("", "i s f r choose · enter sends nothing yet"),
            ("f", "i s f r choose · enter sends what stands below"),
            ("tab", "enter next field"),
            ("tab", "enter goes to Apply"),
            ("tab", "enter sends what stands above"),
            ("tab", "enter leaves; nothing is sent"),
        ):
            await screen.press(*([key] if key else []))
            await screen.see(words)


@pytest.mark.slow
async def test_a_long_preview_is_whole_where_there_is_room(account, cockpit) -> None:
    account.create_thing("gw-1")
    account.create_job(job_id="fw-1", targets=("gw-1",), document="{}")
    details = {f"name-{number}": "v" * 90 for number in range(10)}
    account.update_job_execution("gw-1", "fw-1", status="IN_PROGRESS", status_details=details)
    async with cockpit("gw-1", size=(160, 48)) as screen:
        await screen.open_status_dialog("fw-1")
        await screen.press("f", "tab")
        await screen.type("reason")
        await screen.press("tab")
        await screen.type("the last word")
        await screen.see(lambda: '"reason": "the last word"}}' in screen.text)
        await screen.see("enter goes to Apply")


@pytest.mark.slow
async def test_a_dialog_with_a_long_preview_bears_a_window_that_shrinks_and_grows(
    account, cockpit
) -> None:
    account.create_thing("gw-1")
    account.create_job(job_id="fw-1", targets=("gw-1",), document="{}")
    details = {f"name-{number}": "v" * 90 for number in range(10)}
    account.update_job_execution("gw-1", "fw-1", status="IN_PROGRESS", status_details=details)
    async with cockpit("gw-1", size=(160, 48)) as screen:
        await screen.open_status_dialog("fw-1")
        await screen.press("f", "tab", "x", "tab", "y")
        await screen.see('"x": "y"}}')
        await screen.pilot.resize_terminal(40, 12)
        dialog = screen.app.screen
        await screen.see(lambda: dialog.region.contains_region(dialog.focused.region))
        await screen.see(lambda: screen.line_with("  x  ").split() == ["x", "y"])
        await screen.press("tab")
        await screen.see(lambda: dialog.region.contains_region(dialog.focused.region))
        assert dialog.details.on_empty_row
        await screen.pilot.resize_terminal(160, 48)
        await screen.see('"x": "y"}}')
        await screen.press("escape")
        await screen.see("Escape again leaves")
