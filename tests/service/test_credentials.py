"""Credentials that come late, from a process, from a token service, or not at all."""

import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.domain.outcome import Done, Failure, NotAllowed, Unreachable
from jobs_tui.domain.requests import GetPendingJobExecutions, UpdateJobExecution
from jobs_tui.domain.status import Status

PENDING = {"inProgressJobs": [], "queuedJobs": []}
GET_PENDING = GetPendingJobExecutions("gw-1")
UPDATE = UpdateJobExecution("gw-1", "job-1", Status.SUCCEEDED)


@pytest.fixture
def profile(home: Path) -> Any:
    """Writes a profile `lab`, and one `base` with keys."""

    def write(text: str, region: str = "eu-west-3") -> None:
        path = home / ".aws" / "config"
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            f"[profile lab]\nregion = {region}\n{text}\n"
            "[profile base]\naws_access_key_id = a\naws_secret_access_key = b\n"
        )

    return write


def process(home: Path, program: str) -> str:
    """A credential_process that runs a Python program."""
    script = home / "process.py"
    script.write_text(program)
    return f"credential_process = {sys.executable} {script}"


async def test_a_credential_process_is_asked(
    home: Path, profile: Any, opening: Any, serve: Any, wire: Any
) -> None:
    told = '{"Version": 1, "AccessKeyId": "BY_PROCESS", "SecretAccessKey": "b"}'
    profile(process(home, f"print({told!r})"))
    endpoint = await serve(wire.says(PENDING))

    link = await opening(profile="lab", endpoint_url=endpoint.url)

    assert isinstance(await link.get_pending_job_executions(GET_PENDING), Done)
    assert "BY_PROCESS" in endpoint.requests[0].headers["authorization"]


async def test_a_credential_process_does_not_get_the_terminal(
    home: Path, profile: Any, opening: Any
) -> None:
    told = '{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "b"}'
    profile(process(home, f"import sys; print({told!r} if sys.stdin.read() == '' else '{{}}')"))
    terminal, keyboard = os.pipe()
    os.write(keyboard, b"keys meant for the screen")
    before = os.dup(0)
    os.dup2(terminal, 0)
    try:
        link = await opening(profile="lab", open_time_limit=3.0)
    finally:
        os.dup2(before, 0)
        for each in (before, terminal, keyboard):
            os.close(each)

    assert not isinstance(link, Failure)


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import sys; sys.exit('hidden')", "the credential_process of the profile failed"),
        ('print(\'{"Version": 2, "a": "hidden"}\')', "the credential_process of the profile"),
        ("print('hidden')", "the credential_process of the profile printed no JSON"),
        ("print('[\"hidden\"]')", "the AWS configuration cannot be used (AttributeError)"),
    ],
)
async def test_a_credential_process_that_fails_is_told_without_its_words(
    home: Path, profile: Any, opening: Any, program: str, reason: str
) -> None:
    profile(process(home, program))

    failure = await opening(profile="lab")

    assert isinstance(failure, Failure)
    assert failure.reason.startswith(reason)
    assert failure.advice
    assert "hidden" not in repr(failure)


async def test_a_credential_process_that_is_not_there_is_named(profile: Any, opening: Any) -> None:
    profile("credential_process = /no/such/program --flag")

    failure = await opening(profile="lab")

    assert type(failure) is NotAllowed
    assert "/no/such/program: No such file or directory" in failure.reason
    assert "profile" in failure.advice


async def test_a_credential_process_that_never_ends_does_not_outlast_the_limit(
    home: Path, profile: Any, opening: Any
) -> None:
    profile(process(home, "import time; time.sleep(3)"))

    begun = time.monotonic()
    failure = await opening(profile="lab", open_time_limit=0.3)

    assert time.monotonic() - begun < 1
    assert type(failure) is Unreachable
    assert "credential_process" in failure.advice


async def test_a_role_that_wants_an_mfa_code_is_refused_instead_of_asking(
    profile: Any, opening: Any, serve: Any, wire: Any
) -> None:
    profile(
        "role_arn = arn:aws:iam::123456789012:role/x\nsource_profile = base\n"
        "mfa_serial = arn:aws:iam::123456789012:mfa/x"
    )
    endpoint = await serve(wire.says(PENDING))
    link = await opening(profile="lab", endpoint_url=endpoint.url)

    for outcome in (
        await link.get_pending_job_executions(GET_PENDING),
        await link.update_job_execution(UPDATE),
    ):
        assert type(outcome) is NotAllowed
        assert "MFA" in outcome.reason
        assert "export-credentials" in outcome.advice
    assert endpoint.requests == []


@pytest.fixture
def role(profile: Any) -> None:
    """A profile whose credentials come from AssumeRole."""
    profile("role_arn = arn:aws:iam::123456789012:role/x\nsource_profile = base")


@pytest.mark.usefixtures("role")
async def test_a_role_that_may_not_be_assumed_is_told_in_the_token_services_words(
    opening: Any, serve: Any, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    token_service = await serve(
        wire.says(
            b"<ErrorResponse><Error><Code>AccessDenied</Code>"
            b"<Message>User x may not assume role y</Message></Error></ErrorResponse>",
            403,
        )
    )
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", token_service.url)
    endpoint = await serve(wire.says(PENDING))
    link = await opening(profile="lab", endpoint_url=endpoint.url)

    for outcome in (
        await link.get_pending_job_executions(GET_PENDING),
        await link.update_job_execution(UPDATE),
    ):
        assert type(outcome) is NotAllowed
        assert outcome.reason == (
            "no credentials by AssumeRole: AccessDenied: User x may not assume role y"
        )
        assert "role" in outcome.advice
    assert endpoint.requests == []


async def test_the_token_service_is_asked_in_the_region_that_is_given(
    profile: Any, opening: Any, serve: Any, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile(
        "role_arn = arn:aws:iam::123456789012:role/x\nsource_profile = base", region="us-east-1"
    )
    token_service = await serve(wire.says(b"", 403))
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", token_service.url)
    link = await opening(profile="lab", region="eu-west-2", endpoint_url="http://127.0.0.1:1")

    await link.get_pending_job_executions(GET_PENDING)

    assert "/eu-west-2/sts/" in token_service.requests[0].headers["authorization"]


@pytest.mark.usefixtures("role")
async def test_a_token_service_that_is_silent_leaves_no_doubt_about_a_change(
    opening: Any, serve: Any, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    token_service = await serve(wire.swallows)
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", token_service.url)
    endpoint = await serve(wire.says(PENDING))
    link = await opening(
        profile="lab", endpoint_url=endpoint.url, read_time_limit=0.3, write_time_limit=0.3
    )

    begun = time.monotonic()
    read = await link.get_pending_job_executions(GET_PENDING)
    write = await link.update_job_execution(UPDATE)

    assert time.monotonic() - begun < 1.5
    for outcome in (read, write):
        assert type(outcome) is Unreachable
        assert outcome.reason == "nothing was sent within 0.3 s"
        assert "credentials" in outcome.advice
    assert endpoint.requests == []


@pytest.mark.usefixtures("role")
async def test_a_token_service_that_is_not_there_is_named(
    opening: Any, serve: Any, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", "http://no-such-host.invalid")
    endpoint = await serve(wire.says(PENDING))
    link = await opening(profile="lab", endpoint_url=endpoint.url)

    write = await link.update_job_execution(UPDATE)

    assert type(write) is Unreachable
    assert endpoint.requests == []


async def test_a_login_that_has_expired_says_how_to_log_in(
    home: Path, profile: Any, opening: Any, serve: Any, wire: Any
) -> None:
    profile(
        "sso_session = s\nsso_account_id = 123456789012\nsso_role_name = x\n"
        "[sso-session s]\nsso_region = eu-west-3\nsso_start_url = https://login.example\n"
    )
    endpoint = await serve(wire.says(PENDING))
    link = await opening(profile="lab", endpoint_url=endpoint.url)

    for outcome in (
        await link.get_pending_job_executions(GET_PENDING),
        await link.update_job_execution(UPDATE),
    ):
        assert type(outcome) is NotAllowed
        assert "SSO" in outcome.reason
        assert "aws sso login" in outcome.advice
    assert endpoint.requests == []


async def test_a_key_that_cannot_be_sent_is_not_shown(
    opening: Any, serve: Any, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token\nof the test")
    endpoint = await serve(wire.says(PENDING))
    link = await opening(region="eu-west-3", endpoint_url=endpoint.url)

    for outcome in (
        await link.get_pending_job_executions(GET_PENDING),
        await link.update_job_execution(UPDATE),
    ):
        assert isinstance(outcome, Failure)
        assert "of the test" not in repr(outcome)
        assert "AKIDEXAMPLE" not in repr(outcome)
