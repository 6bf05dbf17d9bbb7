"""Keys by every way of the SDK's own chain: what signs a request is what that way told."""

import hashlib
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.domain.outcome import Done
from jobs_tui.domain.requests import GetPendingJobExecutions

KEY_ID = "ASIATOLDBYTHATWAY123"
SECRET = "secret-of-that-way"
TOKEN = "token-of-that-way"
HOUR = 3600.0

Prepare = Callable[..., None]


def in_an_hour() -> str:
    return datetime.fromtimestamp(time.time() + HOUR, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def token_service_says(operation: str) -> bytes:
    return (
        f"<{operation}Response><{operation}Result><Credentials>"
        f"<AccessKeyId>{KEY_ID}</AccessKeyId><SecretAccessKey>{SECRET}</SecretAccessKey>"
        f"<SessionToken>{TOKEN}</SessionToken><Expiration>{in_an_hour()}</Expiration>"
        f"</Credentials></{operation}Result></{operation}Response>"
    ).encode()


def metadata() -> dict[str, Any]:
    """What the services for containers and machines tell."""
    return {
        "Code": "Success",
        "AccessKeyId": KEY_ID,
        "SecretAccessKey": SECRET,
        "Token": TOKEN,
        "Expiration": in_an_hour(),
    }


@pytest.fixture
def way(home: Path, monkeypatch: pytest.MonkeyPatch, wire: Any) -> Callable[[str, str], Any]:
    """Prepares one way; gives what its service answers to each path, and the profile's name."""

    def write(name: str, text: str) -> None:
        path = home / ".aws" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def prepare(kind: str, url: str) -> str | None:
        match kind:
            case "shared file":
                write(
                    "credentials",
                    f"[default]\naws_access_key_id = {KEY_ID}\naws_secret_access_key = {SECRET}\n"
                    f"aws_session_token = {TOKEN}\n",
                )
            case "assumed role":
                monkeypatch.setenv("AWS_ENDPOINT_URL_STS", url)
                write(
                    "config",
                    "[profile field]\nrole_arn = arn:aws:iam::123456789012:role/x\n"
                    "source_profile = base\n[profile base]\n"
                    "aws_access_key_id = AKIDBASE\naws_secret_access_key = other\n",
                )
                return "field"
            case "web identity":
                monkeypatch.setenv("AWS_ENDPOINT_URL_STS", url)
                write("token", "a web identity")
                monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(home / ".aws" / "token"))
                monkeypatch.setenv("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/x")
            case "SSO":
                monkeypatch.setenv("AWS_ENDPOINT_URL_SSO", url)
                write(
                    "config",
                    "[profile field]\nsso_session = s\nsso_account_id = 123456789012\n"
                    "sso_role_name = x\n[sso-session s]\nsso_region = eu-west-3\n"
                    "sso_start_url = https://login.example\n",
                )
                login = {
                    "startUrl": "https://login.example",
                    "region": "eu-west-3",
                    "accessToken": "of the login",
                    "expiresAt": in_an_hour(),
                }
                # the SDK has looked for the home folder when it was loaded
                for owner in ("credentials.SSOProvider", "tokens.SSOTokenProvider"):
                    folder = str(home / ".aws" / "sso" / "cache")
                    monkeypatch.setattr(f"botocore.{owner}._SSO_TOKEN_CACHE_DIR", folder)
                name = hashlib.sha1(b"s", usedforsecurity=False).hexdigest()
                write(f"sso/cache/{name}.json", json.dumps(login))
                return "field"
            case "container role":
                monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{url}/keys")
            case "instance role":
                monkeypatch.delenv("AWS_EC2_METADATA_DISABLED")
                monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", url)
        return None

    return prepare


def answers(wire: Any) -> Callable[..., Any]:
    """Plays the services that tell keys."""

    async def react(request: Any, writer: Any) -> None:
        path = request.target.partition("?")[0]
        body: Any = metadata()
        if path == "/latest/api/token":
            body = b"a session"
        elif path.rstrip("/").endswith("security-credentials"):
            body = b"a-role"
        elif path == "/federation/credentials":
            in_ms = int((time.time() + HOUR) * 1000)
            body = {
                "roleCredentials": {
                    "accessKeyId": KEY_ID,
                    "secretAccessKey": SECRET,
                    "sessionToken": TOKEN,
                    "expiration": in_ms,
                }
            }
        elif path == "/" and request.method == "POST":
            web = b"WebIdentity" in request.body
            body = token_service_says("AssumeRoleWithWebIdentity" if web else "AssumeRole")
        await wire.says(body)(request, writer)

    return react


@pytest.mark.parametrize(
    "kind",
    ["shared file", "assumed role", "web identity", "SSO", "container role", "instance role"],
)
async def test_a_request_is_signed_with_the_keys_of_that_way(
    kind: str, way: Any, opening: Any, serve: Any, wire: Any
) -> None:
    told_by = await serve(answers(wire))
    endpoint = await serve(wire.says({"inProgressJobs": [], "queuedJobs": []}))
    profile = way(kind, told_by.url)

    link = await opening(region="eu-west-3", profile=profile, endpoint_url=endpoint.url)
    for _ in range(2):
        outcome = await link.get_pending_job_executions(GetPendingJobExecutions("gw-1"))
        assert type(outcome) is Done, outcome

    for request in endpoint.requests:
        assert f"Credential={KEY_ID}/" in request.headers["authorization"]
        assert request.headers["x-amz-security-token"] == TOKEN
    # the keys are good for an hour: they are asked for once
    assert len({each.target for each in told_by.requests}) == len(told_by.requests)
