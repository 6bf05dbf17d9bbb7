"""Looking at things: panels, rows, documents, errors."""

import asyncio
import json
import socket

import pytest
from aiohttp import web

from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import line

HOSTILE = {
    "markup": "[bold]x[/] [@click=app.quit]y[/]",
    "array": ["a", "[/b]"],
    "escape": "\u001b]0;title\u0007\u001b[31m",
    "c1": "\u009b31m",
    "bidi": "\u202etxt.exe",
    "lone surrogate": "\ud800",
}


def with_job(account, thing="gw-1", job_id="fw-1", document='{"operation": "reboot"}'):
    account.create_thing(thing)
    account.create_job(job_id=job_id, targets=(thing,), document=document)


async def test_the_mouse_on_what_was_never_painted_harms_nothing(account, cockpit) -> None:
    async with cockpit("gw-1") as screen:
        widget = LineWidget()
        widget.display = False
        await screen.app.screen.mount(widget)
        widget.show_lines([line("words")])
        # as Textual does to see what is under the mouse
        assert widget.render_line(0).cell_length == 0


async def test_a_panel_shows_its_pending_executions_and_refreshes_by_itself(
    account, cockpit
) -> None:
    with_job(account)
    async with cockpit("gw-1") as screen:
        await screen.see("fw-1")
        assert "QUEUED" in screen.line_with("fw-1")
        await screen.see("live")
        account.create_job(job_id="fw-2", targets=("gw-1",), document="{}")
        await screen.see("fw-2")
        assert "0 in progress · 2 queued" in screen.line_with("gw-1")


async def test_an_execution_that_the_agent_starts_moves_up_and_the_cursor_stays_on_its_job(
    account, cockpit
) -> None:
    with_job(account, job_id="first")
    account.create_job(job_id="second", targets=("gw-1",), document="{}")
    async with cockpit("gw-1") as screen:
        await screen.see("second")
        assert screen.line_with("first").startswith("▶")
        account.update_job_execution("gw-1", "second", status="IN_PROGRESS")
        await screen.see("1 in progress")
        lines = screen.text.splitlines()
        order = [line for line in lines if "first" in line or "second" in line]
        assert "second" in order[0]
        assert order[1].startswith("▶")


async def test_o_opens_the_job_document_and_escape_returns(account, cockpit) -> None:
    with_job(account, document=json.dumps({"steps": [{"action": "Install-Application"}]}))
    async with cockpit("gw-1") as screen:
        await screen.see("fw-1")
        await screen.press("o")
        await screen.see('"action": "Install-Application"')
        await screen.press("t")
        await screen.see('{"steps"')
        await screen.press("escape")
        await screen.see("1 queued")


async def test_enter_shows_every_member_with_the_document_below(account, cockpit) -> None:
    with_job(account)
    account.update_job_execution("gw-1", "fw-1", status="IN_PROGRESS", status_details={"step": "2"})
    async with cockpit("gw-1") as screen:
        await screen.see("fw-1")
        await screen.press("enter")
        await screen.see("job document")
        for words in ("version number        2", "IN_PROGRESS", "step", "queued"):
            assert words in screen.text
        await screen.press("G")
        await screen.see('"operation": "reboot"')


async def test_secrets_of_presigned_urls_are_masked_until_u_is_pressed(account, cockpit) -> None:
    url = "${aws:iot:s3-presigned-url:https://s3.eu-west-3.amazonaws.com/bucket/key}"
    with_job(account, document=json.dumps({"file": url}))
    async with cockpit("gw-1", size=(160, 48)) as screen:
        await screen.see("fw-1")
        await screen.press("o")
        await screen.see("X-Amz-Signature=••••••")
        await screen.see("presigned URL: valid for")
        await screen.press("u")
        await screen.see(lambda: "X-Amz-Signature=" in screen.text and "••••" not in screen.text)


async def test_hostile_text_is_shown_and_not_obeyed(account, cockpit) -> None:
    with_job(account, document=json.dumps(HOSTILE))
    account.update_job_execution(
        "gw-1", "fw-1", status="IN_PROGRESS", status_details={"note": "[@click=app.quit]z[/]"}
    )
    async with cockpit("gw-1", size=(100, 50)) as screen:
        await screen.see("fw-1")
        await screen.press("enter")
        await screen.see("[@click=app.quit]z[/]")
        await screen.see("[bold]x[/] [@click=app.quit]y[/]")
        assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in screen.text if c != "\n")
        for sign in ("\u202e", "\ud800"):
            assert sign not in screen.text
        await screen.press("escape", "s")
        await screen.see("[@click=app.quit]z[/]")


@pytest.mark.slow
async def test_tab_goes_round_the_panels_and_rows_run_on_from_one_to_the_next(
    account, cockpit
) -> None:
    with_job(account, "gw-1", "job-a")
    with_job(account, "gw-2", "job-b")
    async with cockpit("gw-1", "gw-2") as screen:
        await screen.see("job-b")
        await screen.press("tab")
        await screen.see(lambda: screen.line_with("job-b").startswith("▶"))
        await screen.press("tab")
        await screen.see(lambda: screen.line_with("job-a").startswith("▶"))
        await screen.press("j")
        await screen.see(lambda: screen.line_with("job-b").startswith("▶"))
        await screen.press("up")
        await screen.see(lambda: screen.line_with("job-a").startswith("▶"))


async def test_a_refused_connection_is_told_in_the_panel_and_the_keys_go_on(
    account, cockpit
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        async with cockpit("gw-1", endpoint_url=url) as screen:
            await screen.see("unreachable")
            assert "No pending jobs" not in screen.text
            await screen.press("question_mark")
            await screen.see("Open the execution: members")


@pytest.mark.slow
async def test_an_endpoint_that_swallows_requests_is_told_within_its_time(account, cockpit) -> None:
    async def swallow(request: web.Request) -> None:
        await asyncio.Event().wait()

    async with cockpit("gw-1", refresh=60, read_time_limit=0.5, intercept=swallow) as screen:
        await screen.see("unreachable", seconds=4)


async def test_stale_data_stays_and_says_why(account, cockpit) -> None:
    with_job(account)
    broken = False

    async def sometimes(request: web.Request) -> web.Response | None:
        return web.Response(text="<html>portal</html>") if broken else None

    async with cockpit("gw-1", intercept=sometimes) as screen:
        await screen.see("fw-1")
        broken = True
        await screen.see("stale")
        await screen.see(lambda: "QUEUED" in screen.line_with("fw-1"))
        broken = False
        await screen.press("r")
        await screen.see("live")


async def test_a_list_that_is_full_says_that_there_may_be_more(account, cockpit) -> None:
    account.create_thing("gw-1")
    for number in range(12):
        account.create_job(job_id=f"job-{number:02}", targets=("gw-1",), document="{}")
    async with cockpit("gw-1") as screen:
        await screen.see("10 listed, there may be more")
        await screen.press("G")
        await screen.see(lambda: screen.line_with("job-09").startswith("▶"))


async def test_pause_stops_the_refresh_and_r_still_asks(account, cockpit) -> None:
    with_job(account)
    async with cockpit("gw-1") as screen:
        await screen.see("fw-1")
        await screen.press("p")
        await screen.see("automatic refresh paused")
        account.create_job(job_id="fw-2", targets=("gw-1",), document="{}")
        await screen.pilot.pause(0.6)
        assert "fw-2" not in screen.text
        await screen.press("r")
        await screen.see("fw-2")


async def test_the_wide_screen_shows_the_selected_execution_beside_the_panels(
    account, cockpit
) -> None:
    with_job(account)
    async with cockpit("gw-1", size=(160, 48)) as screen:
        await screen.see('"operation": "reboot"')
        await screen.see("changes of this run")
        account.update_job_execution("gw-1", "fw-1", status="SUCCEEDED")
        await screen.see("it has left the pending list; this is what was last read of it")


@pytest.mark.slow
@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 30), (160, 48), (300, 100)])
async def test_it_draws_at_any_size(account, cockpit, size) -> None:
    with_job(account)
    async with cockpit("gw-1", size=size) as screen:
        await screen.see("fw-1")
        await screen.press("s")
        await screen.see("SUCCEEDED")
        await screen.pilot.resize_terminal(60, 20)
        await screen.press("escape")
        await screen.see("fw-1")


@pytest.mark.slow
async def test_a_document_stays_readable_when_its_execution_finishes(account, cockpit) -> None:
    with_job(account)
    async with cockpit("gw-1", refresh=0.05) as screen:
        await screen.see("fw-1")
        await screen.press("o")
        await screen.see('"operation": "reboot"')
        account.update_job_execution("gw-1", "fw-1", status="SUCCEEDED")
        account.forget_finished(2e9)
        await screen.press("f")
        await screen.see("! ")
        assert '"operation": "reboot"' in screen.text
