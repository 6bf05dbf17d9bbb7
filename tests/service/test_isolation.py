"""With keys of its own a link reads no AWS configuration and uses no proxy, whatever is set."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

PROGRAM = """
import asyncio, json, os, sys

HOME = os.environ["HOME"]
touched = set()

def watch(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and arguments:
        if str(arguments[0]).startswith(HOME):
            touched.add(str(arguments[0]))
    elif event == "socket.connect":
        touched.add(str(arguments[1]))

from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.requests import GetPendingJobExecutions, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.settings import ServiceSettings, StaticCredentials

async def main():
    settings = ServiceSettings(
        region="eu-west-3",
        endpoint_url=sys.argv[1] or None,
        credentials=StaticCredentials("OF_ITS_OWN", "b"),
    )
    link = await open_data_plane(settings, SystemClock())
    outcomes = [link.endpoint]
    if sys.argv[1]:
        outcomes += [
            type(await link.get_pending_job_executions(GetPendingJobExecutions("gw-1"))).__name__,
            type(
                await link.update_job_execution(
                    UpdateJobExecution("gw-1", "job-1", Status.SUCCEEDED)
                )
            ).__name__,
        ]
    await link.close()
    print(json.dumps([outcomes, sorted(touched)]))

sys.addaudithook(watch)
asyncio.run(main())
"""


def hostile_environment(home: Path, elsewhere: str) -> dict[str, str]:
    """Everything that the SDK listens to, all of it wrong, and files that break whoever reads."""
    files = home / ".aws"
    model = files / "models" / "iot-jobs-data" / "2017-09-29"
    model.mkdir(parents=True)
    (model / "service-2.json").write_text("broken")
    for name in ("config", "credentials"):
        (files / name).write_text("broken")
    return {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "AWS_ACCESS_KEY_ID": "OF_THE_ENVIRONMENT",
        "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
        "AWS_SESSION_TOKEN": "token-of-the-environment",
        "AWS_PROFILE": "nobody",
        "AWS_DEFAULT_PROFILE": "nobody",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": str(files / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(files / "credentials"),
        "AWS_DATA_PATH": str(files / "models"),
        "AWS_CA_BUNDLE": str(files / "config"),
        "REQUESTS_CA_BUNDLE": str(files / "config"),
        "AWS_ENDPOINT_URL": elsewhere,
        "AWS_ENDPOINT_URL_IOT_JOBS_DATA_PLANE": elsewhere,
        "AWS_EC2_METADATA_SERVICE_ENDPOINT": elsewhere,
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": elsewhere,
        "AWS_MAX_ATTEMPTS": "many",
        "AWS_RETRY_MODE": "never",
        "AWS_DEFAULTS_MODE": "auto",
        "AWS_USE_FIPS_ENDPOINT": "true",
        "AWS_USE_DUALSTACK_ENDPOINT": "true",
        "AWS_CSM_ENABLED": "true",
        "HTTP_PROXY": elsewhere,
        "HTTPS_PROXY": elsewhere,
        "http_proxy": elsewhere,
        "https_proxy": elsewhere,
        "ALL_PROXY": elsewhere,
    }


async def run(url: str, environment: dict[str, str]) -> tuple[list[str], list[str]]:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        PROGRAM,
        url,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    told, errors = await child.communicate()
    assert errors == b""
    outcomes, touched = json.loads(told)
    return outcomes, touched


async def test_a_link_with_keys_of_its_own_touches_nothing_but_its_endpoint(
    serve: Any, wire: Any, tmp_path: Path
) -> None:
    body = {
        "inProgressJobs": [],
        "queuedJobs": [],
        "executionState": {"status": "SUCCEEDED", "versionNumber": 2},
    }
    endpoint, elsewhere = await serve(wire.says(body)), await serve(wire.says(body))

    outcomes, touched = await run(
        endpoint.url, hostile_environment(tmp_path / "home", elsewhere.url)
    )

    assert outcomes == [endpoint.url, "Done", "Done"]
    port = int(endpoint.url.rpartition(":")[2])
    assert touched == [f"('127.0.0.1', {port})"]
    assert elsewhere.requests == []
    for request in endpoint.requests:
        assert "Credential=OF_ITS_OWN/" in request.headers["authorization"]
        assert "/eu-west-3/iot-jobs-data/" in request.headers["authorization"]
        assert "x-amz-security-token" not in request.headers


async def test_without_an_endpoint_it_is_that_of_the_region_all_the_same(tmp_path: Path) -> None:
    outcomes, touched = await run(
        "", hostile_environment(tmp_path / "home", "http://elsewhere.invalid")
    )

    assert outcomes == ["https://data.jobs.iot.eu-west-3.amazonaws.com"]
    assert touched == []
