"""Every dialog tells what Enter will do, before it is pressed."""

import pytest

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.ui.screens.leave_dialog import LeaveDialog
from jobs_tui.ui.screens.open_change import conflict_dialog, open_change


@pytest.fixture
def conflict(account) -> Change:
    """A change that met another writer."""
    account.create_thing("gw-1")
    seen = JobExecution("fw-1", "gw-1", Status.IN_PROGRESS, version_number=2, execution_number=1)
    request = UpdateJobExecution("gw-1", "fw-1", Status.FAILED, {"by": "hand"}, expected_version=2)
    return Change(1, request, seen, 0.0, state=ChangeState.CONFLICT, standing=seen)


async def test_the_button_that_enter_presses_is_named(conflict, cockpit) -> None:
    async with cockpit("gw-1") as screen:
        await screen.see("No pending jobs")
        screen.app.push_screen(conflict_dialog(conflict, editable=False))
        await screen.see("enter: Back")
        await screen.press("tab")
        await screen.see("enter: Apply to version 2")
        await screen.press("tab")
        await screen.see("enter: Drop it")


async def test_the_entry_of_a_change_names_its_button(conflict, cockpit) -> None:
    async with cockpit("gw-1", read_only=True) as screen:
        await screen.see("No pending jobs")
        open_change(screen.app, screen.engine, conflict)
        await screen.see("enter: Back")


@pytest.mark.parametrize(("key", "sure"), [("enter", False), ("y", True)])
async def test_enter_stays_where_one_is_asked_before_leaving(
    conflict, cockpit, key: str, sure: object
) -> None:
    answers = []
    async with cockpit("gw-1") as screen:
        await screen.see("No pending jobs")
        screen.app.push_screen(LeaveDialog((conflict,), recorded=True), answers.append)
        await screen.see("n enter esc stay")
        await screen.press(key)
        await screen.see(lambda: answers)
    assert answers == [sure]


async def test_help_and_an_empty_panel_tell_what_can_be_done(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1") as screen:
        await screen.see("gets the same answer); r asks again")
        await screen.press("question_mark")
        await screen.see("enter or esc closes this")
