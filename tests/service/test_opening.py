"""What can be wrong before anything is asked: region, profile, files, endpoint."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.domain.outcome import Done, Failure, NotAllowed, Unreachable
from jobs_tui.domain.requests import GetPendingJobExecutions
from jobs_tui.service.settings import StaticCredentials

PENDING = {"inProgressJobs": [], "queuedJobs": []}


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials in the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")


@pytest.fixture
def config(home: Path) -> Any:
    """Writes the AWS configuration file."""

    def write(text: str, name: str = "config") -> Path:
        path = home / ".aws" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    return write


def test_importing_the_connection_loads_nothing_of_the_sdk() -> None:
    program = (
        "import sys, jobs_tui.service.connection\n"
        "print({name.split('.')[0] for name in sys.modules}"
        " & {'aiobotocore', 'botocore', 'aiohttp'})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


@pytest.mark.usefixtures("keys")
async def test_a_link_tells_its_endpoint_and_region(opening: Any) -> None:
    link = await opening(region="eu-west-3")

    assert link.endpoint == "https://data.jobs.iot.eu-west-3.amazonaws.com"
    assert link.region == "eu-west-3"


@pytest.mark.usefixtures("keys")
async def test_no_region_is_told(opening: Any) -> None:
    failure = await opening()

    assert type(failure) is Unreachable
    assert failure.reason == "no region is set"
    for way in ("--region", "AWS_DEFAULT_REGION", "AWS_REGION", "profile"):
        assert way in failure.advice


async def test_no_region_is_told_also_with_keys_of_its_own(
    opening: Any, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")

    failure = await opening(credentials=StaticCredentials("a", "b"))

    assert type(failure) is Unreachable
    assert failure.reason == "no region is set"


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    ("given", "default_region", "other_region", "of_profile", "taken"),
    [
        ("eu-west-3", "eu-west-1", "eu-west-2", "us-east-1", "eu-west-3"),
        (None, "eu-west-1", "eu-west-2", "us-east-1", "eu-west-1"),
        (None, None, "eu-west-2", "us-east-1", "eu-west-2"),
        (None, "", "eu-west-2", "us-east-1", "eu-west-2"),
        (None, None, None, "us-east-1", "us-east-1"),
    ],
)
async def test_the_region_is_taken_from_the_first_place_that_has_one(
    opening: Any,
    config: Any,
    monkeypatch: pytest.MonkeyPatch,
    given: str | None,
    default_region: str | None,
    other_region: str | None,
    of_profile: str,
    taken: str,
) -> None:
    for name, value in (("AWS_DEFAULT_REGION", default_region), ("AWS_REGION", other_region)):
        if value is not None:
            monkeypatch.setenv(name, value)
    config(f"[default]\nregion = {of_profile}\n")

    link = await opening(region=given)

    assert link.region == taken


@pytest.mark.usefixtures("keys")
async def test_a_region_that_cannot_be_one_is_told(opening: Any) -> None:
    failure = await opening(region="eu west/3")

    assert type(failure) is Unreachable
    assert failure.reason == "'eu west/3' is not a region"
    assert "--region" in failure.advice


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("way", ["settings", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"])
async def test_an_unknown_profile_is_told(
    opening: Any, config: Any, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    config("[profile other]\nregion = eu-west-1\n")
    if way != "settings":
        monkeypatch.setenv(way, "nobody")

    failure = await opening(region="eu-west-3", profile="nobody" if way == "settings" else None)

    assert type(failure) is Unreachable
    assert failure.reason == "there is no profile 'nobody'"
    assert "list-profiles" in failure.advice


@pytest.mark.parametrize("name", ["config", "credentials"])
@pytest.mark.parametrize(
    ("text", "line"),
    [("[default]\naws_secret_access_key: hidden\nhidden hidden\n", 3), ("hidden = 1\n", 1)],
)
async def test_a_broken_file_is_named_and_not_quoted(
    opening: Any, config: Any, name: str, text: str, line: int
) -> None:
    path = config(text, name)

    failure = await opening(region="eu-west-3")

    assert type(failure) is Unreachable
    assert failure.reason == f"{path} cannot be read as AWS configuration (line {line})"
    assert "AWS_CONFIG_FILE" in failure.advice
    assert "hidden" not in repr(failure)


BAD_URLS = ("nonsense", "ftp://x", "https://", "http://a b", "http://x:99999", "http://x:port")


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("url", [*BAD_URLS, "http://[::1", "https://user:password@x"])
@pytest.mark.parametrize("given", [True, False])
async def test_an_endpoint_that_is_no_url_is_told(
    opening: Any, monkeypatch: pytest.MonkeyPatch, url: str, *, given: bool
) -> None:
    if not given:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)

    failure = await opening(region="eu-west-3", endpoint_url=url if given else None)

    assert type(failure) is Unreachable
    assert failure.reason == "the endpoint URL is not valid"
    assert "--endpoint-url" in failure.advice
    assert "password" not in repr(failure)


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("name", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_IOT_JOBS_DATA_PLANE"])
async def test_an_endpoint_in_the_environment_is_taken_unless_one_is_given(
    opening: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "https://from.environment")

    of_environment = await opening(region="eu-west-3")
    given = await opening(region="eu-west-3", endpoint_url="https://given")

    assert of_environment.endpoint == "https://from.environment"
    assert given.endpoint == "https://given"


async def test_an_endpoint_in_a_profile_is_taken(opening: Any, config: Any) -> None:
    config(
        "[profile lab]\nregion = eu-west-3\nservices = lab-services\n"
        "aws_access_key_id = a\naws_secret_access_key = b\n"
        "[services lab-services]\niot_jobs_data_plane =\n  endpoint_url = https://lab\n"
    )

    link = await opening(profile="lab")

    assert link.endpoint == "https://lab"


@pytest.mark.usefixtures("keys")
async def test_a_named_profile_without_keys_does_not_take_those_of_the_environment(
    opening: Any, config: Any
) -> None:
    config("[profile lab]\nregion = eu-west-3\n")

    failure = await opening(profile="lab")

    assert type(failure) is NotAllowed
    assert failure.reason == "no credentials are found"


async def test_keys_of_a_named_profile_count_more_than_those_of_the_environment(
    opening: Any, config: Any, serve: Any, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "FROM_ENVIRONMENT")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
    config("[lab]\naws_access_key_id = FROM_PROFILE\naws_secret_access_key = b\n", "credentials")
    endpoint = await serve(wire.says(PENDING))

    for profile in (None, "lab"):
        link = await opening(region="eu-west-3", profile=profile, endpoint_url=endpoint.url)
        assert isinstance(
            await link.get_pending_job_executions(GetPendingJobExecutions("gw-1")), Done
        )

    signed_by = [each.headers["authorization"].split("/")[0] for each in endpoint.requests]
    assert [each.rpartition("=")[2] for each in signed_by] == ["FROM_ENVIRONMENT", "FROM_PROFILE"]


async def test_no_credentials_are_told(opening: Any) -> None:
    failure = await opening(region="eu-west-3")

    assert type(failure) is NotAllowed
    assert failure.reason == "no credentials are found"
    for way in ("AWS_ACCESS_KEY_ID", "--profile", "aws configure list"):
        assert way in failure.advice


async def test_half_of_the_credentials_is_told(
    opening: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")

    failure = await opening(region="eu-west-3")

    assert type(failure) is NotAllowed
    assert failure.reason == "the credentials are incomplete: AWS_SECRET_ACCESS_KEY is missing"


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    ("name", "value"),
    [("AWS_MAX_ATTEMPTS", "many"), ("AWS_DEFAULTS_MODE", "fast"), ("AWS_RETRY_MODE", "never")],
)
async def test_a_variable_that_the_sdk_cannot_use_does_not_raise(
    opening: Any, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    link = await opening(region="eu-west-3")

    assert not isinstance(link, Failure) or link.advice


@pytest.mark.slow
async def test_a_metadata_service_that_never_answers_does_not_outlast_the_limit(
    opening: Any, serve: Any, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = await serve(wire.swallows)
    monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{silent.url}/credentials")

    begun = time.monotonic()
    failure = await opening(region="eu-west-3", open_time_limit=1.5)

    assert time.monotonic() - begun < 4
    assert type(failure) is Unreachable
    assert failure.reason == "no credentials after 1.5 s"
    assert "metadata service" in failure.advice
    assert len(silent.requests) == 1


async def test_a_named_profile_does_not_ask_the_metadata_service_of_ec2(
    opening: Any, config: Any, serve: Any, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata = await serve(wire.swallows)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "false")
    monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.url)
    config("[profile lab]\nregion = eu-west-3\n")

    named = await opening(profile="lab")
    assert type(named) is NotAllowed
    assert metadata.requests == []
    unnamed = await opening(region="eu-west-3", open_time_limit=0.9)

    assert type(unnamed) is Unreachable
    assert len(metadata.requests) == 1


@pytest.mark.parametrize(
    ("region", "partition"),
    [("eu-west-3", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")],
)
async def test_the_permission_that_is_missing_is_named_with_the_partition_of_the_region(
    serve: Any, wire: Any, opened: Any, region: str, partition: str
) -> None:
    endpoint = await serve(wire.says({"message": "no", "__type": "AccessDeniedException"}, 403))
    link = await opened(endpoint.url, region=region)

    outcome = await link.get_pending_job_executions(GetPendingJobExecutions("gw-1"))

    assert type(outcome) is NotAllowed
    resource = f"arn:{partition}:iot:{region}:ACCOUNT:thing/gw-1"
    assert f"iotjobsdata:GetPendingJobExecutions on {resource}" in outcome.advice


async def test_closing_twice_does_no_harm(opened: Any, serve: Any, wire: Any) -> None:
    endpoint = await serve(wire.says(PENDING))
    link = await opened(endpoint.url)
    await link.get_pending_job_executions(GetPendingJobExecutions("gw-1"))

    await link.close()
    await link.close()

    outcome = await link.get_pending_job_executions(GetPendingJobExecutions("gw-1"))
    assert type(outcome) is Unreachable
