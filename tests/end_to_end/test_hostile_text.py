"""Other people's words on a real terminal: shown, and not obeyed by it or by the program."""

import json
import random
from collections.abc import Iterator

import pytest
from aiohttp import web
from hostile.allowed import not_allowed

from jobs_tui.domain.clock import SystemClock
from jobs_tui.emulator import Account, EmulatorServer, EmulatorThread

CLIPBOARD = "\x1b]52;c;ZXZpbA==\x07"
TITLE = "\x1b]0;owned\x07"
JOB_ID = f"[bold]j[/] [@click=app.quit]k[/] {TITLE}\x9b31m\u202e"
DETAILS = {"note": f"[/] {CLIPBOARD}", TITLE: "[link=http://x]l[/]"}
DOCUMENT = json.dumps({"a": f"[@click=app.quit]z[/] {TITLE}", "b": ["c", "[/d]"]}) + CLIPBOARD


async def answer(request: web.Request) -> web.Response:
    """A service that has gone bad: its job id, details, document and errors are all hostile."""
    times = {"queuedAt": 1_700_000_000, "lastUpdatedAt": 1_700_000_000}
    summary = {"jobId": JOB_ID, "versionNumber": 1, "executionNumber": 1, **times}
    if request.path.endswith("/jobs") and "broken" not in request.path:
        return web.json_response({"inProgressJobs": [], "queuedJobs": [summary]})
    if "broken" in request.path:
        return web.json_response(
            {"message": f"[@click=app.quit]no[/] {TITLE}{CLIPBOARD}"},
            status=400,
            headers={"x-amzn-ErrorType": "InvalidRequestException"},
        )
    members = {"status": "QUEUED", "statusDetails": DETAILS, "jobDocument": DOCUMENT}
    return web.json_response({"execution": {**summary, "thingName": "gw-1", **members}})


@pytest.fixture
def hostile_url() -> Iterator[str]:
    """Where it answers."""
    with EmulatorThread(
        lambda: EmulatorServer(Account(SystemClock(), random.Random(1)), intercept=answer)
    ) as emulator:
        yield emulator.url


def test_nothing_that_the_service_says_reaches_the_terminal_as_a_command(run, hostile_url) -> None:
    keys = {
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
        "AWS_DEFAULT_REGION": "x-1",
    }
    terminal = run(
        "gw-1", "broken", "--endpoint-url", hostile_url, columns=160, lines=48, environment=keys
    )
    terminal.wait_for("[bold]j[/]")
    terminal.wait_for("[@click=app.quit]no[/]")
    terminal.wait_for("[@click=app.quit]z[/]")
    for key in ("o", "enter"):
        terminal.press(key)
        terminal.wait_for("esc back")
        terminal.wait_for("[@click=app.quit]z[/]")
        terminal.press("escape")
        terminal.wait_for("enter open")
    terminal.press("s")
    terminal.wait_for("the change is based on it")
    terminal.wait_for("[link=http://x]l[/]")
    terminal.press("escape")
    terminal.wait_for(lambda: "Change status" not in terminal.text)
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert not_allowed(terminal.raw) == []
