"""Whatever credentials come from: it asks nobody, ends in time, and lets the event loop run."""

import asyncio
import os
import select
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.domain.outcome import Failure, NotAllowed, Unreachable
from jobs_tui.domain.requests import GetPendingJobExecutions, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.service.planes import aio_data_plane as _imported_before_time_counts  # noqa: F401

GET_PENDING = GetPendingJobExecutions("gw-1")
UPDATE = UpdateJobExecution("gw-1", "job-1", Status.SUCCEEDED)
KEYS = '{"Version": 1, "AccessKeyId": "BY_PROCESS", "SecretAccessKey": "b"}'
UNUSABLE_METADATA = (
    "a credential_process or a metadata service that never answers is the usual cause; try "
    "`aws configure list` with the same profile"
)

WITHOUT_A_TERMINAL = f"""
import os, sys
alone = os.getsid(0) == os.getpid() and sys.stdin.read() == ""
print({KEYS!r} if alone else "the keyboard was mine")
"""


@pytest.fixture
def config(home: Path) -> Callable[[str], None]:
    """Writes the AWS configuration file."""

    def write(text: str) -> None:
        path = home / ".aws" / "config"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    return write


@pytest.fixture
def process(home: Path) -> Callable[[str], str]:
    """A credential_process that runs a Python program."""

    def write(program: str) -> str:
        script = home / "process.py"
        script.write_text(program)
        return f"credential_process = {sys.executable} -I {script}"

    return write


@contextmanager
def keyboard() -> Iterator[int]:
    """Something that is typed while nobody should read it; yields where it can be read."""
    terminal, typing = os.pipe()
    os.write(typing, b"keys meant for the screen")
    before = os.dup(0)
    os.dup2(terminal, 0)
    try:
        yield terminal
    finally:
        os.dup2(before, 0)
        for each in (before, terminal, typing):
            os.close(each)


@asynccontextmanager
async def ticking() -> AsyncIterator[list[float]]:
    """A task that runs beside; the moments at which it did."""
    ticks: list[float] = []

    async def tick() -> None:
        while True:
            ticks.append(time.monotonic())
            await asyncio.sleep(0.02)

    task = asyncio.create_task(tick())
    yield ticks
    task.cancel()


@pytest.mark.parametrize("behind_a_role", [False, True])
async def test_a_credential_process_gets_neither_keyboard_nor_terminal(
    config: Any,
    process: Any,
    opening: Any,
    serve: Any,
    wire: Any,
    monkeypatch: pytest.MonkeyPatch,
    *,
    behind_a_role: bool,
) -> None:
    token_service, endpoint = await serve(wire.says(b"", 403)), await serve(wire.says({}))
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", token_service.url)
    role = "role_arn = arn:aws:iam::123456789012:role/x\nsource_profile = maker\n"
    config(
        f"[profile maker]\n{process(WITHOUT_A_TERMINAL)}\n"
        f"[profile lab]\nregion = eu-west-3\n{role if behind_a_role else ''}"
    )

    with keyboard():
        link = await opening(
            profile="lab" if behind_a_role else "maker",
            region="eu-west-3",
            endpoint_url=endpoint.url,
        )

    assert not isinstance(link, Failure), link
    await link.get_pending_job_executions(GET_PENDING)
    asked = token_service if behind_a_role else endpoint
    assert "Credential=BY_PROCESS/" in asked.requests[0].headers["authorization"]


async def test_a_role_behind_a_role_that_wants_an_mfa_code_is_refused_instead_of_asking(
    config: Any, opening: Any, serve: Any, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    token_service, endpoint = await serve(wire.says(b"", 403)), await serve(wire.says({}))
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", token_service.url)
    config(
        "[profile lab]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = between\n"
        "[profile between]\nrole_arn = arn:aws:iam::123456789012:role/y\nsource_profile = base\n"
        "mfa_serial = arn:aws:iam::123456789012:mfa/x\n"
        "[profile base]\naws_access_key_id = a\naws_secret_access_key = b\n"
    )
    with keyboard():
        link = await opening(profile="lab", region="eu-west-3", endpoint_url=endpoint.url)
        outcome = await link.update_job_execution(UPDATE)

    assert type(outcome) is NotAllowed
    assert outcome.reason == (
        "the role wants a code from an MFA device, which cannot be asked for here"
    )
    assert "export-credentials" in outcome.advice
    assert token_service.requests == endpoint.requests == []


async def test_a_credential_process_that_prints_without_end_is_stopped(
    config: Any, process: Any, opening: Any
) -> None:
    endless = process("while True: print('x' * 65536)")
    config(f"[profile lab]\nregion = eu-west-3\n{endless}\n")

    failure = await opening(profile="lab", open_time_limit=20.0)

    assert type(failure) is NotAllowed
    assert failure.reason == "the credential_process of the profile printed more than 64 KiB"
    assert failure.advice == ("run it by hand to see what it says; it has to print one JSON object")


async def test_what_a_credential_process_says_to_a_person_is_not_kept(
    config: Any, process: Any, opening: Any
) -> None:
    chatty = f"import sys; sys.stderr.write('hidden' * 2_000_000); print({KEYS!r})"
    config(f"[profile lab]\nregion = eu-west-3\n{process(chatty)}\n")

    link = await opening(profile="lab", open_time_limit=20.0)

    assert not isinstance(link, Failure), link


async def test_a_credential_process_is_ended_with_whatever_it_started(
    config: Any, home: Path, opening: Any
) -> None:
    alive = home / "alive"
    os.mkfifo(alive)
    listening = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)
    script = home / "process.sh"
    script.write_text(f"exec 3>{alive}\necho up >&3\nsleep 60 &\nwait\n")
    config(f"[profile lab]\nregion = eu-west-3\ncredential_process = sh {script}\n")

    begun = time.monotonic()
    failure = await opening(profile="lab", open_time_limit=0.7)

    assert time.monotonic() - begun < 2.2
    assert type(failure) is Unreachable
    assert failure.reason == "no credentials after 0.7 s"
    assert os.read(listening, 10) == b"up\n"
    # readable without anything to read: nobody holds the other end any more
    assert select.select([listening], [], [], 2.0)[0]
    assert os.read(listening, 10) == b""
    os.close(listening)


@pytest.fixture
def swallowing() -> Iterator[str]:
    """An address at which no connection ever comes about; returns its URL."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.settimeout(0)
            each.connect_ex(address)
        yield f"http://127.0.0.1:{address[1]}"
        for each in waiting:
            each.close()


IMDS = "AWS_EC2_METADATA_SERVICE_ENDPOINT"
CONTAINER = "AWS_CONTAINER_CREDENTIALS_FULL_URI"


@pytest.mark.parametrize(
    ("name", "seconds", "answers"),
    [
        # for the SDK this means for ever
        (IMDS, "0", "never"),
        (CONTAINER, "1", "to no connection"),
        pytest.param(IMDS, "0", "to no connection", marks=pytest.mark.slow),
        pytest.param(IMDS, "30", "never", marks=pytest.mark.slow),
        pytest.param(IMDS, "30", "to no connection", marks=pytest.mark.slow),
        pytest.param(CONTAINER, "1", "never", marks=pytest.mark.slow),
    ],
)
async def test_a_metadata_service_that_swallows_everything_does_not_outlast_the_limit(
    opening: Any,
    serve: Any,
    wire: Any,
    swallowing: str,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    seconds: str,
    answers: str,
) -> None:
    url = swallowing if answers == "to no connection" else (await serve(wire.swallows)).url
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "false")
    monkeypatch.setenv("AWS_METADATA_SERVICE_TIMEOUT", seconds)
    monkeypatch.setenv(name, f"{url}/credentials" if name == CONTAINER else url)

    begun = time.monotonic()
    async with ticking() as ticks:
        failure = await opening(region="eu-west-3", open_time_limit=0.5)

    assert time.monotonic() - begun < 2
    assert type(failure) is Unreachable
    assert failure.reason == "no credentials after 0.5 s"
    assert failure.advice == UNUSABLE_METADATA
    # a loop that stands still would have let through one or two
    assert len(ticks) > 8


@pytest.mark.parametrize(
    "name", ["AWS_METADATA_SERVICE_TIMEOUT", "AWS_METADATA_SERVICE_NUM_ATTEMPTS"]
)
async def test_a_part_of_a_second_is_no_time_limit_for_the_sdk(
    opening: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "0.5")

    failure = await opening(region="eu-west-3")

    assert type(failure) is Unreachable
    assert failure.reason == "a setting of the AWS SDK is not the whole number that it has to be"
    assert name in failure.advice


async def test_a_machine_without_metadata_service_is_told_to_have_no_credentials(
    opening: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "false")
    monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", nobody)

    failure = await opening(region="eu-west-3")

    assert type(failure) is NotAllowed
    assert failure.reason == "no credentials are found"
