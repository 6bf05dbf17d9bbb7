"""What an earlier run saw, on the first frame and until the service has answered."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from socket import socket

import pytest
from aiohttp import web

from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.status import Status
from jobs_tui.engine.snapshot.format import header_of, line_of, owner_of
from jobs_tui.engine.thing_state import ThingState

NOW = 1_800_000_000.0
HOUR = 3600.0
SECRETS = ("PLANTED-DOCUMENT", "PLANTED-DETAIL", "PLANTED-FAILURE")


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    """Where the snapshot lies."""
    return tmp_path / "cache" / "things-1.jsonl"


@pytest.fixture
def leave(snapshot: Path) -> Callable[..., int]:
    """Leave a thing as a run has seen it; returns the port of the endpoint that was asked."""

    def write(*summaries: JobExecutionSummary, hours: float, identity: str = "") -> int:
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        lists = [tuple(each for each in summaries if each.status is status) for status in LISTED]
        state = ThingState("gw-1", PendingJobExecutions(*lists), NOW - hours * HOUR)
        owner = owner_of(identity, f"http://127.0.0.1:{port}", "eu-west-3")
        snapshot.parent.mkdir()
        snapshot.write_bytes(header_of(owner) + line_of(state))
        return port

    return write


LISTED = (Status.IN_PROGRESS, Status.QUEUED)
FW_1 = JobExecutionSummary("fw-1", Status.IN_PROGRESS, NOW - 4 * HOUR, NOW - 3.2 * HOUR, None, 4, 1)


class Gate:
    """Answers wait until it is opened."""

    def __init__(self) -> None:
        self.open = asyncio.Event()

    async def __call__(self, _request: web.Request) -> None:
        await self.open.wait()


async def test_the_first_frame_shows_the_last_run_until_the_first_answer(
    account, cockpit, snapshot, leave
) -> None:
    account.create_thing("gw-1")
    account.create_job("fw-2", ["gw-1"], "{}")
    port, gate = leave(FW_1, hours=3), Gate()
    async with cockpit("gw-1", snapshot=snapshot, port=port, intercept=gate) as screen:
        # the very first frame: nothing was waited for
        assert "stale 3 h: from the last run" in screen.line_with("gw-1")
        assert "1 in progress" in screen.line_with("gw-1")
        assert "IN_PROGRESS" in screen.line_with("fw-1")
        gate.open.set()
        await screen.see("live")
        assert "fw-1" not in screen.text
        assert "fw-2" in screen.text
        assert "gone" not in screen.text


@pytest.mark.slow
async def test_what_was_not_stuck_then_is_not_called_so_because_time_has_passed(
    account, cockpit, snapshot, leave
) -> None:
    quiet = JobExecutionSummary(
        "fw-0", Status.IN_PROGRESS, NOW - 9 * HOUR, NOW - 9 * HOUR, NOW - 8 * HOUR, 2, 1
    )
    port, gate = leave(FW_1, quiet, hours=3), Gate()
    async with cockpit("gw-1", snapshot=snapshot, port=port, intercept=gate) as screen:
        assert "stuck" not in screen.line_with("fw-1")
        assert "no update for 5 h" in screen.line_with("fw-0")
        gate.open.set()
        await screen.see("live")


@pytest.mark.slow
async def test_a_first_round_that_fails_leaves_it_with_the_reason(cockpit, snapshot, leave) -> None:
    leave(FW_1, hours=3)
    nobody = "http://127.0.0.1:1"
    owner = owner_of("", nobody, "eu-west-3")
    snapshot.write_bytes(header_of(owner) + snapshot.read_bytes().splitlines(keepends=True)[1])
    async with cockpit("gw-1", snapshot=snapshot, endpoint_url=nobody) as screen:
        await screen.see("stale 3 h: unreachable")
        assert "IN_PROGRESS" in screen.line_with("fw-1")
        await screen.press("s")
        await screen.see("Enter reads again")
        # nothing can be based on it: it may be about somebody else's things
        assert "not read" in screen.text
        await screen.press("f", "enter")
        await screen.see(lambda: "refuses connections" in screen.text)
        assert screen.engine.store.changes == ()


async def test_another_account_s_things_are_gone_once_there_is_a_link(
    cockpit, snapshot, leave
) -> None:
    port, gate = leave(FW_1, hours=3, identity="210987654321"), Gate()
    async with cockpit("gw-1", snapshot=snapshot, port=port, intercept=gate) as screen:
        assert "fw-1" in screen.text
        await screen.see(lambda: "fw-1" not in screen.text)
        assert "from the last run" not in screen.text
        gate.open.set()
        await screen.see("live")


@pytest.mark.slow
async def test_the_pane_reads_the_selected_row_once_the_service_has_answered(
    account, cockpit, snapshot, leave
) -> None:
    account.create_thing("gw-1")
    account.create_job("fw-1", ["gw-1"], '{"say": "hello"}')
    account.start_next_pending_job_execution("gw-1")
    standing = account.job_execution("gw-1", "fw-1")
    seen = JobExecutionSummary(
        "fw-1",
        Status.IN_PROGRESS,
        standing.queued_at,
        standing.started_at,
        standing.last_updated_at,
        standing.version_number,
        standing.execution_number,
    )
    port, gate = leave(seen, hours=3), Gate()
    async with cockpit(
        "gw-1", snapshot=snapshot, port=port, intercept=gate, size=(160, 40)
    ) as screen:
        await screen.see("it is read once the service has answered")
        await screen.see(lambda: screen.engine.store.link is not None)
        gate.open.set()
        await screen.see("hello")


@pytest.mark.slow
async def test_no_document_no_detail_and_no_reason_is_kept(account, cockpit, snapshot) -> None:
    account.create_thing("gw-1")
    account.create_thing("gw-2")
    account.create_job("fw-1", ["gw-1"], '{"url": "PLANTED-DOCUMENT"}')
    account.start_next_pending_job_execution("gw-1", status_details={"by": "PLANTED-DETAIL"})

    async def intercept(request: web.Request) -> web.Response | None:
        if "gw-2" not in request.path:
            return None
        told = {"message": "PLANTED-FAILURE"}
        return web.json_response(
            told, status=403, headers={"x-amzn-errortype": "ForbiddenException"}
        )

    async with cockpit(
        "gw-1", "gw-2", snapshot=snapshot, size=(160, 40), intercept=intercept
    ) as screen:
        await screen.see("PLANTED-DOCUMENT")
        await screen.see("PLANTED-FAILURE")
        await screen.press("enter")
        await screen.see("PLANTED-DETAIL")
        await screen.press("escape")
    kept = b"".join(each.read_bytes() for each in snapshot.parent.iterdir())
    assert b'["gw-1",' in kept
    assert b"fw-1" in kept
    assert not [secret for secret in SECRETS if secret.encode() in kept]
