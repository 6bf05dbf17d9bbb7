"""Everything has an end: what is asked of somebody who never answers."""

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.finding import Finding, Level
from jobs_tui.service.doctor.examination import examine
from jobs_tui.service.settings import ServiceSettings


async def findings(thing: str | None, **settings: Any) -> tuple[dict[str, Finding], list[str]]:
    """The findings by their steps, and the steps as they were told to begin."""
    begun: list[str] = []
    given = ServiceSettings(region="eu-west-3", **settings)
    examination = examine(given, thing, SystemClock(), lambda _: 7, tell=begun.append)
    return {each.step: each async for each in examination}, begun


async def test_a_credential_process_that_never_ends_does_not_hold_up_the_rest(
    emulated: Any, environment: Path, monkeypatch: Any
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    (environment / ".aws").mkdir()
    (environment / ".aws/config").write_text(
        f"[default]\ncredential_process = {sys.executable} -c 'import time; time.sleep(9)'\n"
    )
    begun = time.monotonic()
    found, steps = await findings("gw-1", endpoint_url=emulated().url, open_time_limit=0.3)
    assert time.monotonic() - begun < 2
    assert steps == list(found)
    assert found["credentials"].level is Level.FAILED
    assert "no credentials after 0.3 s" in found["credentials"].told
    assert found["clock"].level is Level.OK
    assert found["update"].level is Level.SKIPPED


async def test_an_operation_that_is_never_answered_is_not_asked_again(
    serve: Any, wire: Any
) -> None:
    endpoint = await serve(wire.in_turn(wire.says({}, 403), wire.swallows))
    found, _ = await findings("gw-1", endpoint_url=endpoint.url, read_time_limit=0.1)
    assert "did not answer within 0.1 s" in found["get pending"].told
    assert found["get pending"].level is Level.FAILED
    assert [found[step].level for step in ("describe next", "update")] == [Level.SKIPPED] * 2
    assert [each.target for each in endpoint.requests] == ["/", "/things/gw-1/jobs"]


async def test_an_update_that_is_never_answered_proves_nothing(serve: Any, wire: Any) -> None:
    pending = wire.says({"inProgressJobs": [], "queuedJobs": []})
    reactions = (wire.says({}, 403), pending, wire.says({}), wire.swallows)
    endpoint = await serve(wire.in_turn(*reactions))
    found, _ = await findings("gw-1", endpoint_url=endpoint.url, write_time_limit=0.1)
    assert found["describe next"].level is Level.OK
    assert found["update"].level is Level.FAILED
    assert found["update"].told.startswith("not known: ")
    assert "allowed" not in found["update"].facts
    # it was sent once
    assert [each.method for each in endpoint.requests] == ["GET", "GET", "GET", "POST"]


async def test_who_takes_connections_and_says_nothing_is_told(serve: Any, wire: Any) -> None:
    endpoint = await serve(wire.swallows)
    url = endpoint.url.replace("http:", "https:")
    for given, step in ((endpoint.url, "clock"), (url, "TLS")):
        found, _ = await findings("gw-1", endpoint_url=given, read_time_limit=0.1)
        assert found["connection"].level is Level.OK
        assert found[step].level is Level.FAILED
        assert "answer" in found[step].told
        assert found["get pending"].level is Level.SKIPPED


async def test_a_step_that_breaks_is_told_and_the_others_go_on(
    emulated: Any, monkeypatch: Any
) -> None:
    def breaks(*_: object) -> None:
        raise LookupError("token-of-the-test")

    monkeypatch.setattr("jobs_tui.service.doctor.looking_out.connect", breaks)
    found, _ = await findings("gw-1", endpoint_url=emulated().url)
    assert found["connection"].level is Level.FAILED
    assert found["connection"].told == "this could not be looked at (LookupError)"
    assert found["clock"].level is Level.SKIPPED


@pytest.mark.slow
async def test_a_step_that_never_ends_is_told_and_the_others_go_on(
    emulated: Any, monkeypatch: Any
) -> None:
    async def hangs(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("jobs_tui.service.doctor.looking_out.connect", hangs)
    monkeypatch.setattr("jobs_tui.service.doctor.examination._OVERALL", 0.05)
    found, _ = await findings("gw-1", endpoint_url=emulated().url)
    assert found["connection"].level is Level.FAILED
    assert found["connection"].told == "not known after 1.5 s"
    assert found["clock"].level is Level.SKIPPED
