"""Keys that come faster than the screen: none is lost, and none sends what was not to be seen."""

import asyncio
import json
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

BASED_ON = "the change is based on it"
PRESS_AGAIN = "press it again"
CHOOSE_AGAIN = "choose again"
AT_ONCE = 1.5
"""Seconds; far less than the limit of a call that is never answered."""


@pytest.fixture
def job(account):
    """One thing with three jobs, the first in progress at version 2."""
    account.create_thing("gw-1")
    for number in (1, 2, 3):
        account.create_job(job_id=f"fw-{number}", targets=("gw-1",), document="{}")
    account.start_next_pending_job_execution("gw-1", status_details={"progress": "60%"})


class SlowScreen:
    """A terminal that shows nothing new until it is told to."""

    def __init__(self, app) -> None:
        self._takes = asyncio.Event()
        self._takes.set()
        app.output_settled = self._takes.wait

    def stall(self) -> None:
        self._takes.clear()

    def show(self) -> None:
        self._takes.set()


def recording(bodies: list[dict[str, object]]) -> Callable[[web.Request], Awaitable[None]]:
    """An intercept that keeps the bodies of what is sent to change something."""

    async def record(request: web.Request) -> None:
        if request.method in ("POST", "PUT"):
            bodies.append(json.loads(await request.read() or b"{}"))

    return record


@pytest.mark.slow
async def test_what_is_typed_before_the_dialog_shows_goes_into_it_but_is_not_sent(
    job, account, cockpit
) -> None:
    bodies: list[dict[str, object]] = []
    async with cockpit("gw-1", intercept=recording(bodies)) as screen:
        terminal = SlowScreen(screen.app)
        await screen.see("fw-1")
        terminal.stall()
        await screen.type_ahead("s", "f", "tab", *"why", "tab", *"me", "enter", "enter")
        await screen.see(BASED_ON)
        await screen.see(PRESS_AGAIN)
        assert bodies == []
        terminal.show()
        await screen.press("enter")
        await screen.see("confirmed: version 3")
    assert [(body["status"], body["statusDetails"]) for body in bodies] == [
        ("FAILED", {"progress": "60%", "why": "me"})
    ]


async def test_a_start_that_is_confirmed_before_it_shows_is_not_sent(account, cockpit) -> None:
    account.create_thing("gw-1")
    account.create_job(job_id="fw-1", targets=("gw-1",), document="{}")
    bodies: list[dict[str, object]] = []
    async with cockpit("gw-1", intercept=recording(bodies)) as screen:
        terminal = SlowScreen(screen.app)
        await screen.see("fw-1")
        terminal.stall()
        await screen.type_ahead("n", "enter")
        await screen.see("starts fw-1, now QUEUED")
        await screen.type_ahead("enter")
        await screen.see(PRESS_AGAIN)
        assert bodies == []
        terminal.show()
        await screen.press("enter")
        await screen.see("confirmed: fw-1, version 2")
    assert len(bodies) == 1


@pytest.mark.slow
async def test_a_click_on_apply_is_not_taken_before_it_is_to_be_seen(job, account, cockpit) -> None:
    bodies: list[dict[str, object]] = []
    async with cockpit("gw-1", size=(120, 40), intercept=recording(bodies)) as screen:
        terminal = SlowScreen(screen.app)
        await screen.see("fw-1")
        terminal.stall()
        await screen.type_ahead("s", "f")
        await screen.see(BASED_ON)
        await screen.see(lambda: screen.app.screen.details.rows)
        await screen.pilot.pause()
        await screen.pilot.click("#apply")
        await screen.see(PRESS_AGAIN)
        assert bodies == []
        terminal.show()
        await screen.see(lambda: screen.app.screen.on_screen)
        await screen.pilot.click("#apply")
        await screen.see("confirmed: version 3")
    assert len(bodies) == 1


async def test_escape_is_taken_before_the_dialog_shows(job, account, cockpit) -> None:
    async with cockpit("gw-1") as screen:
        terminal = SlowScreen(screen.app)
        await screen.see("fw-1")
        terminal.stall()
        await screen.type_ahead("s", "escape", "question_mark")
        await screen.see("Refresh all panels now", AT_ONCE)


async def at_a_conflict(screen, account, terminal) -> None:
    """FAILED was asked for on version 2, and the screen has not shown yet that 3 stands there."""
    await screen.open_status_dialog("fw-1")
    account.update_job_execution(
        "gw-1", "fw-1", status="IN_PROGRESS", status_details={"progress": "80%"}
    )
    await screen.press("f")
    terminal.stall()
    await screen.type_ahead("enter")
    await screen.see("Apply to version 3")


@pytest.mark.slow
async def test_a_conflict_is_not_decided_by_keys_that_came_before_it(job, account, cockpit) -> None:
    bodies: list[dict[str, object]] = []
    async with cockpit("gw-1", intercept=recording(bodies)) as screen:
        terminal = SlowScreen(screen.app)
        await at_a_conflict(screen, account, terminal)
        await screen.type_ahead("shift+tab", "enter")
        await screen.see(CHOOSE_AGAIN)
        await screen.type_ahead("tab", "tab", "enter", "down")
        await screen.see(lambda: screen.app.focused.id == "choice-drop")
        assert len(bodies) == 1
        terminal.show()
        await screen.press("enter")
        await screen.see("dropped at a conflict")
    assert len(bodies) == 1


@pytest.mark.slow
async def test_enter_after_a_conflict_applies_only_to_what_is_to_be_seen(
    job, account, cockpit
) -> None:
    bodies: list[dict[str, object]] = []
    async with cockpit("gw-1", intercept=recording(bodies)) as screen:
        terminal = SlowScreen(screen.app)
        await at_a_conflict(screen, account, terminal)
        # the first one edits, and the others are for the dialog as it was before the conflict
        await screen.type_ahead("enter", "enter", "enter")
        await screen.see("version 3, just read")
        await screen.see(PRESS_AGAIN)
        assert len(bodies) == 1
        terminal.show()
        await screen.press("enter")
        await screen.see("confirmed: version 4")
    assert [body["expectedVersion"] for body in bodies] == [2, 3]


@pytest.mark.slow
async def test_enter_does_not_try_again_what_is_not_yet_told_to_be_refused(
    job, account, cockpit
) -> None:
    bodies: list[dict[str, object]] = []
    record = recording(bodies)

    async def refuse(request: web.Request) -> web.Response | None:
        await record(request)
        if request.method == "POST" and len(bodies) == 1:
            text = json.dumps({"code": "InvalidRequestException", "message": "no"})
            headers = {"x-amzn-ErrorType": "InvalidRequestException"}
            return web.Response(status=400, text=text, headers=headers)
        return None

    async with cockpit("gw-1", intercept=refuse) as screen:
        terminal = SlowScreen(screen.app)
        await screen.open_status_dialog("fw-1")
        await screen.press("f")
        terminal.stall()
        await screen.type_ahead("enter")
        await screen.see("Enter applies to that")
        await screen.type_ahead("enter", "enter", "enter")
        await screen.see(PRESS_AGAIN)
        assert len(bodies) == 1


@pytest.mark.slow
async def test_keys_for_the_panels_do_not_decide_what_becomes_of_a_change(
    job, account, cockpit
) -> None:
    async with cockpit("gw-1") as screen:
        await screen.open_status_dialog("fw-1")
        await screen.take_endpoint_away()
        await screen.press("f", "enter")
        await screen.see("waiting for the endpoint")
        port = int(screen.server.url.rpartition(":")[2])
        await screen.press("q")
        await screen.see("These changes are not settled")
        await screen.press("y")
    async with cockpit("gw-1", port=port) as screen:
        terminal = SlowScreen(screen.app)
        await screen.see("left unsent: an earlier run of jobs-tui ended")
        await screen.press("escape")
        terminal.stall()
        await screen.type_ahead("J", "enter", "tab", "enter")
        await screen.see("Send it")
        await screen.see(CHOOSE_AGAIN)
        await screen.type_ahead("tab", "enter")
        terminal.show()
        await screen.see(lambda: screen.app.screen.on_screen)
        assert account.job_execution("gw-1", "fw-1").status == "IN_PROGRESS"
        await screen.press("shift+tab", "enter")
        await screen.see(lambda: "confirmed" in screen.line_with("gw-1 / fw-1"))
    assert account.job_execution("gw-1", "fw-1").status == "FAILED"


async def test_keys_on_the_panels_are_all_taken_in_their_order(job, account, cockpit) -> None:
    async with cockpit("gw-1") as screen:
        await screen.see("fw-3")
        await screen.type_ahead("down", "down", "s", "escape", "up", "o", "escape", "s")
        await screen.see("gw-1 / fw-2")
        await screen.see("Change status")


async def test_no_key_waits_for_an_endpoint_that_never_answers(job, account, cockpit) -> None:
    away = False
    released = asyncio.Event()

    async def hang(_: web.Request) -> None:
        if away:
            await released.wait()

    async with cockpit("gw-1", intercept=hang, read_time_limit=30.0) as screen:
        await screen.see("fw-3")
        away = True
        for keys, shown in (
            (("r", "R", "down"), lambda: "fw-2" in screen.line_with("\u25b6")),
            (("p", "h", "question_mark"), "Refresh all panels now"),
            (("escape", "s"), "reading"),
            (("s", "tab", "x", "enter"), "statusDetails.x"),
            (("escape", "escape", "n"), "Start the next job"),
            (("enter", "escape", "o"), "job document"),
            (("u", "t", "f", "escape", "d"), "execution"),
            (("escape", "J"), "changes, newest first"),
            (("escape", "L"), "what was told in this run"),
            (("escape", "ctrl+p"), "Search for commands"),
            (("escape", "up"), lambda: "fw-1" in screen.line_with("\u25b6")),
        ):
            await screen.type_ahead(*keys)
            await screen.see(shown, AT_ONCE)
        released.set()
