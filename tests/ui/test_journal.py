"""The journal on the screen, a journal that fails, and a run in which nothing can be changed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest
from aiohttp import web

from jobs_tui.domain.outcome import Done, NotAllowed
from jobs_tui.domain.requests import (
    DescribeJobExecution,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)
from jobs_tui.domain.status import Status
from jobs_tui.emulator import EmulatorServer
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.journal.sqlite_journal import FILE_NAME, SqliteJournal
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.planes.aio_data_plane import AioJobsDataPlane
from jobs_tui.service.settings import ServiceSettings, StaticCredentials
from jobs_tui.ui.commands.cockpit import COCKPIT_COMMANDS
from jobs_tui.ui.commands.execution import EXECUTION_COMMANDS

NOW = 1_800_000_000.0


@pytest.fixture
def job(account):
    """One thing with two jobs, the first in progress at version 2."""
    account.create_thing("gw-1")
    for job_id in ("fw-1", "fw-2"):
        account.create_job(job_id=job_id, targets=("gw-1",), document="{}")
    account.update_job_execution("gw-1", "fw-1", status="IN_PROGRESS")


@pytest.fixture
def writes() -> list[str]:
    """What reached the server and would change something."""
    return []


@pytest.fixture
def watch(writes: list[str]) -> Callable[[web.Request], Awaitable[None]]:
    """An intercept that notes what would change something."""

    async def note(request: web.Request) -> None:
        if request.method != "GET":
            writes.append(f"{request.method} {request.path}")

    return note


async def kept(folder: Path) -> tuple[Change, ...]:
    """What the journal of the test holds."""
    journal = SqliteJournal(lambda: folder, "reader", lambda: NOW)
    try:
        return tuple(await journal.latest(100))
    finally:
        await journal.close()


async def test_without_its_record_nothing_is_sent_and_reading_goes_on(
    job, account, cockpit, watch, writes, tmp_path
) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database " * 1000)
    async with cockpit("gw-1", size=(160, 40), intercept=watch) as screen:
        await screen.see("JOURNAL FAILS")
        await screen.open_status_dialog("fw-1")
        await screen.press("f", "enter")
        await screen.see("nothing was sent")
        await screen.see("Enter tries again")
        await screen.press("escape", "escape")
        account.create_job(job_id="fw-3", targets=("gw-1",), document="{}")
        await screen.see("fw-3")
        await screen.press("J")
        await screen.see(lambda: "file is not a database" in screen.line_with(" journal "))
    assert writes == []
    assert account.describe_job_execution("gw-1", "fw-1").version_number == 2


async def test_a_change_is_sent_once_the_bad_file_is_out_of_the_way(
    job, cockpit, watch, writes, tmp_path
) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database " * 1000)
    async with cockpit("gw-1", intercept=watch) as screen:
        await screen.see("JOURNAL FAILS")
        await screen.open_status_dialog("fw-1")
        await screen.press("f", "enter")
        await screen.see("nothing was sent")
        (tmp_path / FILE_NAME).unlink()
        await screen.press("enter")
        await screen.see("FAILED, confirmed: version 3")
        await screen.see(lambda: "JOURNAL FAILS" not in screen.text)
    assert writes == ["POST /things/gw-1/jobs/fw-1"]


async def test_without_a_journal_the_header_says_so_and_changes_are_sent(
    job, cockpit, watch, writes, tmp_path
) -> None:
    async with cockpit("gw-1", intercept=watch, no_journal=True) as screen:
        await screen.see("NO JOURNAL")
        await screen.open_status_dialog("fw-1")
        await screen.press("f", "enter")
        await screen.see("FAILED, confirmed: version 3")
    assert writes == ["POST /things/gw-1/jobs/fw-1"]
    assert list(tmp_path.iterdir()) == []


MOVING_AND_LEAVING = {"q", "escape", "J", "up", "down", "pageup", "pagedown", "home", "end"}
KEYS = sorted(
    {each.keys[0] for each in (*COCKPIT_COMMANDS, *EXECUTION_COMMANDS)} - MOVING_AND_LEAVING
)


@pytest.mark.slow
async def test_read_only_no_key_sends_anything(
    job, cockpit, watch, writes, leave_unsent, tmp_path
) -> None:
    port = await leave_unsent()
    async with cockpit("gw-1", intercept=watch, read_only=True, port=port, refresh=9.0) as screen:
        await screen.see("READ-ONLY")
        await screen.see("fw-1")
        for key in ("s", "n"):
            await screen.press("R", key)
            await screen.see("not now, this run is read-only")
        for keys in (("s", "f", "enter"), ("n", "enter", "escape"), ("ctrl+p", *"status", "enter")):
            await screen.press(*keys)
        await screen.press(*(pressed for key in KEYS for pressed in (key, "escape")))
        await screen.press("escape", "escape", "J")
        await screen.see(lambda: "waiting for" in screen.line_with("gw-1 / fw-1"))
        await screen.press("enter")
        await screen.see("Change #1")
        assert "Back" in screen.text
        for words in ("Send it", "Drop it", "Follow it"):
            assert words not in screen.text
        with pytest.raises(RuntimeError, match="read-only"):
            await screen.engine.change(StartNextPendingJobExecution("gw-1"), None)
    assert writes == []
    (left,) = await kept(tmp_path)
    assert left.state is ChangeState.WAITING


async def test_read_only_there_is_no_client_that_could_write(
    job, account, watch, writes, fixed_date
) -> None:
    async with EmulatorServer(account, intercept=watch) as server:
        settings = ServiceSettings(
            region="eu-west-3",
            endpoint_url=server.url,
            credentials=StaticCredentials("test", "test"),
            read_only=True,
        )
        link = await open_data_plane(settings, fixed_date)
        assert isinstance(link, AioJobsDataPlane)
        for outcome in (
            await link.update_job_execution(UpdateJobExecution("gw-1", "fw-1", Status.FAILED)),
            await link.start_next_pending_job_execution(StartNextPendingJobExecution("gw-1")),
        ):
            assert isinstance(outcome, NotAllowed)
            assert "read-only" in outcome.reason
        assert link._clients.writes is None
        read = await link.describe_job_execution(DescribeJobExecution("gw-1", "fw-1"))
        assert isinstance(read, Done)
        await link.close()
    assert writes == []


async def test_what_is_read_when_the_program_ends_is_drawn_on_nothing(
    job, cockpit, monkeypatch
) -> None:
    ended = []
    async with cockpit("gw-1") as screen:
        await screen.press("J")
        await screen.see("No change was asked for yet")
        journal = screen.app.screen
        prune = screen.app._prune

        async def prune_and_draw(node, **more) -> None:
            await prune(node, **more)
            if node is journal:
                # as when the read comes back now: what it is made of is gone, itself it is not
                journal.show()
                ended.append(node in screen.app.screen_stack)

        monkeypatch.setattr(screen.app, "_prune", prune_and_draw)
    assert ended == [True]


@pytest.mark.slow
async def test_the_journal_lists_changes_and_tells_all_about_one(
    job, account, cockpit, tmp_path
) -> None:
    async with cockpit("gw-1", size=(120, 40)) as screen:
        await screen.press("J")
        await screen.see("No change was asked for yet")
        await screen.press("escape")
        await screen.see("fw-1")
        await screen.open_status_dialog("fw-1")
        await screen.press("f", "enter")
        await screen.see("FAILED, confirmed: version 3")
        await screen.press("n")
        await screen.see("starts fw-2")
        await screen.press("enter")
        await screen.see("start next, confirmed: fw-2, version 2")
        await screen.press("J")
        await screen.see(lambda: "confirmed" in screen.line_with("gw-1 / fw-1"))
        lines = [line for line in screen.text.splitlines() if "gw-1 / fw-" in line]
        assert ["fw-2" in line for line in lines] == [True, False]
        assert "IN_PROGRESS \u2192 FAILED" in lines[1]
        await screen.press("down", "enter")
        await screen.see("Change #1  gw-1 / fw-1")
        for words in (
            "confirmed: version 3",
            "by ann@gateway from 10.0.0.7",
            "http://127.0.0.1:",
            "fw-1 IN_PROGRESS, version 2, execution 1",
            "POST /things/gw-1/jobs/fw-1",
            '"status": "FAILED"',
            "send, done; id ",
        ):
            assert words in screen.text, words
        (entry,) = [each for each in await kept(tmp_path) if each.number == 1]
        assert entry.attempts[0].request_id
        assert entry.attempts[0].request_id in screen.text
        await screen.press("escape", "escape")
        await screen.see(lambda: "newest first" not in screen.text)


async def test_a_key_that_is_pressed_while_the_journal_is_read_again_is_not_undone(
    job, cockpit, monkeypatch
) -> None:
    async with cockpit("gw-1") as screen:
        await screen.open_status_dialog("fw-1")
        await screen.press("f", "enter")
        await screen.see("FAILED, confirmed")
        await screen.press("n")
        await screen.see("starts fw-2")
        await screen.press("enter")
        await screen.see("start next, confirmed")
        await screen.press("J")
        await screen.see(lambda: "start next" in screen.line_with("\u25b6"))
        latest = screen.engine.journal.latest
        asked, gate, answered = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def wait(count: int) -> Sequence[Change]:
            asked.set()
            await gate.wait()
            read = await latest(count)
            answered.set()
            return read

        monkeypatch.setattr(screen.engine.journal, "latest", wait)
        await asyncio.wait_for(asked.wait(), 5)
        await screen.press("down")
        await screen.see(lambda: "FAILED" in screen.line_with("\u25b6"))
        gate.set()
        await asyncio.wait_for(answered.wait(), 5)
        await screen.pilot.pause()
        assert "FAILED" in screen.line_with("\u25b6")


async def test_what_an_earlier_run_left_is_asked_about_and_sent_by_its_button(
    job, account, cockpit, watch, writes, leave_unsent, tmp_path
) -> None:
    port = await leave_unsent()
    async with cockpit("gw-1", size=(100, 30), intercept=watch, port=port) as screen:
        await screen.see("left unsent: an earlier run of jobs-tui ended before it was sent")
        await screen.see("by bob@gateway")
        await screen.press("enter")
        await screen.see(lambda: "Change #1" not in screen.text)
        assert writes == []
        await screen.press("s")
        await screen.see("not now, an earlier run left a change")
        await screen.press("J")
        await screen.see(lambda: "FAILED" in screen.line_with("gw-1 / fw-1"))
        await screen.press("enter")
        await screen.see("Send it")
        await screen.press("shift+tab", "shift+tab", "enter")
        await screen.see(lambda: "confirmed" in screen.line_with("gw-1 / fw-1"))
    assert writes == ["POST /things/gw-1/jobs/fw-1"]
    (sent,) = await kept(tmp_path)
    assert (sent.state, sent.author.user) == (ChangeState.CONFIRMED, "bob")


@pytest.mark.slow
async def test_what_an_earlier_run_left_is_dropped_by_its_button(
    job, cockpit, watch, writes, leave_unsent, tmp_path
) -> None:
    port = await leave_unsent()
    async with cockpit("gw-1", intercept=watch, port=port) as screen:
        await screen.see("Drop it")
        await screen.press("shift+tab", "enter")
        await screen.see("dropped before it was sent")
        await screen.open_status_dialog("fw-1")
    assert writes == []
    (dropped,) = await kept(tmp_path)
    assert dropped.state is ChangeState.DROPPED
    async with cockpit("gw-1", intercept=watch, port=port) as screen:
        await screen.see("fw-1")
        await screen.press("s")
        await screen.see("the change is based on it")
        assert "Drop it" not in screen.text
