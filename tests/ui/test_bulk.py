"""One change of all that are marked: nothing twice, nothing unseen, nothing after a stop."""

import asyncio
import json
import time
from collections import Counter
from itertools import pairwise

import pytest
from aiohttp import web

from jobs_tui.ui.screens.bulk_progress import BulkProgressScreen

JOBS = ("fw-1", "fw-2", "fw-3")
THINGS = ("gw-1", "gw-2")
READ = "just read; each change is based on"


@pytest.fixture
def things(account):
    """Two things with three jobs each; the first of gw-1 is in progress with details."""
    for thing in THINGS:
        account.create_thing(thing)
    for job_id in JOBS:
        account.create_job(job_id=job_id, targets=THINGS, document="{}")
    account.update_job_execution(
        "gw-1", "fw-1", status="IN_PROGRESS", status_details={"progress": "60%"}
    )


class Wire:
    """What goes out to change something, in order; `hold` keeps answers back."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, dict[str, object]]] = []
        self.free = asyncio.Event()
        self.free.set()

    async def __call__(self, request: web.Request) -> web.StreamResponse | None:
        if request.method == "GET":
            return None
        _, _, thing, _, job = request.path.split("/")
        self.sent.append((thing, job, json.loads(await request.read())))
        await self.free.wait()
        return None

    @property
    def executions(self) -> list[tuple[str, str]]:
        return [(thing, job) for thing, job, _ in self.sent]


@pytest.fixture
def wire() -> Wire:
    return Wire()


async def mark_all_and_open(screen) -> None:
    """Mark the six executions, open the dialog, and wait for the reads."""
    await screen.see(lambda: screen.text.count("fw-3") == 2)
    await screen.press("asterisk", "tab", "asterisk")
    await screen.see("6 marked")
    await screen.press("s")
    await screen.see(READ)


async def test_one_change_goes_to_all_that_are_marked_each_on_its_own_version(
    things, account, cockpit, wire
) -> None:
    async with cockpit(*THINGS, intercept=wire) as screen:
        await mark_all_and_open(screen)
        assert "Nothing is sent before a status is chosen" in screen.text
        await screen.press("f")
        await screen.see("Enter: 6 requests go out, UpdateJobExecution to FAILED")
        assert "IN_PROGRESS v2 \u2192 FAILED" in screen.line_with("gw-1 / fw-1")
        assert "QUEUED v1 \u2192 FAILED" in screen.line_with("gw-2 / fw-3")
        assert wire.sent == []
        await screen.press("enter")
        await screen.see("6 sent \u00b7 6 confirmed")
        assert "confirmed" in screen.line_with("gw-2 / fw-2")
        await screen.press("escape")
        await screen.see("6 sent \u00b7 6 confirmed; J tells each")
        await screen.see(lambda: not screen.app.screen.marks)
    assert Counter(wire.executions) == Counter((t, j) for t in THINGS for j in JOBS)
    versions = {(thing, job): body["expectedVersion"] for thing, job, body in wire.sent}
    assert versions.pop(("gw-1", "fw-1")) == 2
    assert set(versions.values()) == {1}
    assert not any("statusDetails" in body for _, _, body in wire.sent)


@pytest.mark.slow
async def test_typed_details_are_added_to_each_ones_own_or_replace_them(
    things, account, cockpit, wire
) -> None:
    async with cockpit("gw-1", intercept=wire) as screen:
        await screen.see("fw-3")
        for again in (False, True):
            await screen.press("home", "space", "space", "s")
            await screen.see(READ)
            await screen.press("i", "tab")
            await screen.type("round")
            await screen.press("tab")
            await screen.type("2" if again else "1")
            await screen.see("added to each one's own")
            if again:
                screen.app.screen.query_one("#replace").press()
                await screen.see("all others of each are dropped")
            await screen.press("enter")
            await screen.see(lambda: screen.app.focused.id == "apply")
            await screen.press("enter")
            await screen.see("2 sent \u00b7 2 confirmed")
            await screen.press("escape")
            await screen.see("; J tells each")
    details = {(job, body["expectedVersion"]): body["statusDetails"] for _, job, body in wire.sent}
    assert details == {
        ("fw-1", 2): {"progress": "60%", "round": "1"},
        ("fw-2", 1): {"round": "1"},
        ("fw-1", 3): {"round": "2"},
        ("fw-2", 2): {"round": "2"},
    }


@pytest.mark.slow
async def test_what_cannot_be_changed_is_left_out_with_the_reason(
    things, account, cockpit, wire
) -> None:
    async def hide(request: web.Request) -> web.StreamResponse | None:
        if request.method == "GET" and request.path == "/things/gw-2/jobs/fw-2":
            return web.json_response(
                {"message": "not for you"},
                status=403,
                headers={"x-amzn-ErrorType": "AccessDeniedException"},
            )
        return await wire(request)

    async with cockpit(*THINGS, intercept=hide) as screen:
        await screen.see(lambda: screen.text.count("fw-3") == 2)
        await screen.press("asterisk", "tab", "asterisk")
        account.update_job_execution("gw-1", "fw-3", status="SUCCEEDED")
        await screen.see("6 marked, 1 gone")
        await screen.press("s", "f")
        await screen.see("4 requests go out, UpdateJobExecution to FAILED; 2 of 6 left out")
        shown = screen.text.splitlines()
        for execution, reason in (("gw-1 / fw-3", "it has left"), ("gw-2 / fw-2", "not read: ")):
            at = next(n for n, line in enumerate(shown) if execution in line)
            assert f"left out: {reason}" in shown[at + 1]
        await screen.press("enter")
        await screen.see("4 sent \u00b7 4 confirmed")
    assert not {("gw-1", "fw-3"), ("gw-2", "fw-2")} & set(wire.executions)
    assert len(wire.sent) == 4


async def test_enter_is_not_taken_before_all_reads_are_in(things, account, cockpit, wire) -> None:
    gate = asyncio.Event()

    async def hold_reads(request: web.Request) -> web.StreamResponse | None:
        if request.method == "GET" and request.path.endswith("/gw-2/jobs/fw-3"):
            await gate.wait()
        return await wire(request)

    async with cockpit(*THINGS, intercept=hold_reads) as screen:
        await screen.see(lambda: screen.text.count("fw-3") == 2)
        await screen.press("asterisk", "tab", "asterisk", "s", "f")
        await screen.see("read 5 of 6")
        await screen.pilot.press("enter")
        await screen.see("Enter is taken when that is done")
        gate.set()
        await screen.see(READ)
        assert wire.sent == []
        await screen.press("enter")
        await screen.see("6 sent \u00b7 6 confirmed")


async def test_keys_typed_ahead_send_nothing(things, account, cockpit, wire) -> None:
    async with cockpit(*THINGS, intercept=wire) as screen:
        await screen.see(lambda: screen.text.count("fw-3") == 2)
        await screen.type_ahead("asterisk", "s", "f", "enter", "enter")
        await screen.see(READ)
        await screen.pilot.pause(0.1)
    assert wire.sent == []


async def test_a_stop_half_way_sends_no_more_and_says_what_was_done(
    things, account, cockpit, wire
) -> None:
    async with cockpit(*THINGS, intercept=wire) as screen:
        await mark_all_and_open(screen)
        wire.free.clear()
        await screen.press("s", "enter")
        # those of one thing go out one after the other
        await screen.see(lambda: len(wire.sent) == 2)
        await screen.press("enter")
        await screen.see("Open the change: not now, some are under way")
        await screen.press("x")
        await screen.see("stopped: 2 sent, 4 not sent \u00b7 2 sending")
        wire.free.set()
        await screen.see("stopped: 2 sent, 4 not sent \u00b7 2 confirmed")
        assert "not sent" in screen.line_with("gw-2 / fw-3")
        await screen.press("escape")
        await screen.see("stopped: 2 sent, 4 not sent \u00b7 2 confirmed; J tells each")
        # what was not done can be tried again
        await screen.see("4 marked")
    assert sorted(wire.executions) == [("gw-1", "fw-1"), ("gw-2", "fw-1")]


async def test_a_conflict_is_a_result_and_is_opened_afterwards(
    things, account, cockpit, wire
) -> None:
    async with cockpit(*THINGS, intercept=wire) as screen:
        await mark_all_and_open(screen)
        account.update_job_execution(
            "gw-1", "fw-1", status="IN_PROGRESS", status_details={"progress": "80%"}
        )
        await screen.press("f", "enter")
        await screen.see("6 sent \u00b7 1 conflict \u00b7 5 confirmed")
        assert "conflict" in screen.line_with("gw-1 / fw-1")
        await screen.press("enter")
        await screen.see("Apply to version 3")
        screen.app.screen.query_one("#choice-apply").focus()
        await screen.press("enter")
        await screen.see("6 sent \u00b7 6 confirmed")
        await screen.press("escape")
        await screen.see("6 sent \u00b7 6 confirmed; J tells each")
    assert Counter(wire.executions)[("gw-1", "fw-1")] == 2
    assert max(Counter(wire.executions).values()) == 2


async def test_a_run_that_is_read_only_refuses_with_the_reason(
    things, account, cockpit, wire
) -> None:
    async with cockpit(*THINGS, intercept=wire, read_only=True) as screen:
        await screen.see(lambda: screen.text.count("fw-3") == 2)
        await screen.press("asterisk", "s")
        await screen.see("Change the status: not now, this run is read-only")
    assert wire.sent == []


@pytest.mark.slow
async def test_leaving_the_dialog_asks_before_it_forgets_and_keeps_the_marks(
    things, account, cockpit, wire
) -> None:
    async with cockpit(*THINGS, intercept=wire) as screen:
        await mark_all_and_open(screen)
        await screen.press("f", "escape")
        await screen.see("Escape again leaves")
        # a window that shrinks and grows keeps all of it
        await screen.pilot.resize_terminal(40, 12)
        await screen.see(lambda: "Nothing is sent" not in screen.text)
        await screen.pilot.resize_terminal(80, 24)
        await screen.see("6 requests go out")
        await screen.press("r", "escape")
        await screen.see("Escape again leaves")
        await screen.press("escape")
        await screen.see(lambda: len(screen.app.screen_stack) == 1)
        await screen.see("6 marked")
    assert wire.sent == []


@pytest.mark.slow
@pytest.mark.parametrize("low_bandwidth", [False, True])
async def test_everything_is_there_at_forty_columns(
    things, account, cockpit, wire, low_bandwidth
) -> None:
    async with cockpit(
        *THINGS, size=(40, 12), intercept=wire, low_bandwidth=low_bandwidth
    ) as screen:
        await screen.see("fw-1")
        await screen.press("asterisk", "s")
        await screen.see("Change status  3 marked")
        await screen.see("just read")
        await screen.press("f", "enter")
        await screen.see("3 requests go out")
        await screen.press("enter")
        await screen.see("3 sent")
        await screen.see("3 of 3")
    assert len(wire.sent) == 3


@pytest.mark.slow
async def test_changes_wait_for_an_endpoint_that_is_away_and_are_told_as_such(
    things, account, cockpit, wire
) -> None:
    async with cockpit(*THINGS, intercept=wire) as screen:
        await mark_all_and_open(screen)
        await screen.take_endpoint_away()
        await screen.press("f", "enter")
        await screen.see("0 sent, 4 not begun \u00b7 2 waiting for the endpoint")
        assert "sending" in screen.line_with("change of marked")
        assert wire.sent == []
        await screen.bring_endpoint_back()
        await screen.see("6 sent \u00b7 6 confirmed", 20.0)
        await screen.see("done")
        changed = Counter((each.thing_name, each.job_id) for each in screen.engine.store.changes)
    assert changed == Counter((t, j) for t in THINGS for j in JOBS)


@pytest.mark.slow
async def test_over_a_thin_line_the_progress_is_drawn_once_a_second(
    account, cockpit, wire, monkeypatch
) -> None:
    names = tuple(f"gw-{number}" for number in range(5))
    for name in names:
        account.create_thing(name)
    for number in range(4):
        account.create_job(job_id=f"fw-{number}", targets=names, document="{}")
    draws: list[float] = []
    show = BulkProgressScreen.show
    monkeypatch.setattr(
        BulkProgressScreen, "show", lambda self: (draws.append(time.monotonic()), show(self))
    )
    async with cockpit(
        *names, intercept=wire, low_bandwidth=True, refresh=5.0, rate=10.0
    ) as screen:
        await screen.see("fw-3")
        for _ in names:
            await screen.press("asterisk", "tab")
        await screen.see("20 marked")
        await screen.press("s", "f")
        await screen.see("20 requests go out", 15.0)
        await screen.see(READ, 15.0)
        await screen.press("enter")
        await screen.see("20 sent \u00b7 20 confirmed", 20.0)
    pauses = [later - earlier for earlier, later in pairwise(draws)]
    # but for the first frame, and what is drawn when all is done
    assert sum(pause < 0.9 for pause in pauses) <= 3, pauses
