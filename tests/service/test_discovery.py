"""The endpoint that DescribeEndpoint tells, over TLS, signed; its use, and its being kept."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.outcome import Done, Unreachable
from jobs_tui.domain.requests import GetPendingJobExecutions
from jobs_tui.emulator import Emulator, Fault, Switches
from jobs_tui.service.chosen_endpoint import EndpointSource
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.endpoints.endpoint_cache import FILE_NAME
from jobs_tui.service.opening import OpeningStage
from jobs_tui.service.settings import ServiceSettings

KEY_ID = "AKIAR4X7JWIKAEXAMPLE"
SECRET = "secret-of-the-test"

Run = Callable[..., Emulator]


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs emulators as the account's control plane and its own endpoint."""
    running: list[Emulator] = []

    def run(*faults: str) -> Emulator:
        switches = Switches(
            things=["gw-1"],
            tls=True,
            secrets={KEY_ID: SECRET},
            faults=[Fault.parse(fault) for fault in faults],
        )
        emulator = Emulator(switches)
        emulator.start()
        running.append(emulator)
        monkeypatch.setenv("AWS_ENDPOINT_URL_IOT", emulator.url)
        monkeypatch.setenv("AWS_CA_BUNDLE", str(emulator.certificate))
        return emulator

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    yield run
    for emulator in running:
        emulator.stop()


async def test_the_accounts_own_endpoint_is_found_used_and_kept(
    emulator: Run, opening: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = emulator()
    link = await opening(region="eu-west-3", cache_folder=tmp_path)
    assert (link.endpoint, link.endpoint_source) == (own.url, EndpointSource.DISCOVERED)
    assert isinstance(await link.get_pending_job_executions(GetPendingJobExecutions("gw-1")), Done)

    monkeypatch.setenv("AWS_ENDPOINT_URL_IOT", "http://127.0.0.1:1")
    link = await opening(region="eu-west-3", cache_folder=tmp_path)
    assert (link.endpoint, link.endpoint_source) == (own.url, EndpointSource.DISCOVERED)
    link = await opening(region="eu-west-1", cache_folder=tmp_path)
    assert link.endpoint == "https://data.jobs.iot.eu-west-1.amazonaws.com"
    assert link.endpoint_source is EndpointSource.DEFAULT
    assert SECRET not in (tmp_path / FILE_NAME).read_text()
    assert KEY_ID not in (tmp_path / FILE_NAME).read_text()


@pytest.mark.parametrize("kind", ["403", "500", "html", "empty", "hang-before"])
async def test_the_regions_endpoint_is_taken_where_describe_endpoint_does_not_tell(
    emulator: Run, opening: Any, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs_tui.service.endpoints.endpoint_choice.DISCOVERY_SECONDS", 0.3)
    emulator(f"DescribeEndpoint={kind}:always")
    link = await opening(region="eu-west-3")
    assert link.endpoint == "https://data.jobs.iot.eu-west-3.amazonaws.com"
    assert link.endpoint_source is EndpointSource.DEFAULT


@pytest.mark.parametrize("way", ["settings", "variable", "global", "services", "off", "fips"])
async def test_nobody_is_asked_where_the_endpoint_is_named_or_has_a_variant_of_its_own(
    serve: Any,
    wire: Any,
    opening: Any,
    home: Path,
    emulator: Run,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    control = await serve(wire.says({"endpointAddress": "other.example"}))
    monkeypatch.setenv("AWS_ENDPOINT_URL_IOT", control.url)
    settings: dict[str, Any] = {"region": "us-east-1"}
    expected, source = "https://127.0.0.1:1", EndpointSource.GIVEN
    match way:
        case "settings":
            settings["endpoint_url"] = expected
        case "variable":
            monkeypatch.setenv("AWS_ENDPOINT_URL_IOT_JOBS_DATA_PLANE", expected)
        case "global":
            monkeypatch.setenv("AWS_ENDPOINT_URL", expected)
        case "services":
            config = home / ".aws" / "config"
            config.parent.mkdir()
            config.write_text(
                "[default]\nservices = s\n[services s]\n"
                f"iot_jobs_data_plane =\n  endpoint_url = {expected}\n"
            )
        case "off":
            settings["discovery"] = False
            expected = "https://data.jobs.iot.us-east-1.amazonaws.com"
            source = EndpointSource.DEFAULT
        case "fips":
            monkeypatch.setenv("AWS_USE_FIPS_ENDPOINT", "true")
            expected = "https://data.jobs.iot-fips.us-east-1.amazonaws.com"
            source = EndpointSource.DEFAULT
    link = await opening(**settings)
    assert (link.endpoint, link.endpoint_source) == (expected, source)
    assert control.requests == []


async def test_it_is_told_that_the_endpoint_is_being_asked_for(
    emulator: Run, serve: Any, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = await serve(wire.swallows)
    monkeypatch.setenv("AWS_ENDPOINT_URL_IOT", silent.url)
    stages: list[OpeningStage] = []
    settings = ServiceSettings(region="eu-west-3", open_time_limit=1.0)
    failure = await open_data_plane(settings, SystemClock(), stages.append)
    assert stages == [OpeningStage.SDK, OpeningStage.CREDENTIALS, OpeningStage.ENDPOINT]
    assert failure == Unreachable(
        "not ready after 1 s of asking for the endpoint", "press R to try again"
    )
