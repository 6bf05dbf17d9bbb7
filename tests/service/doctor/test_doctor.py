"""`jobs-tui doctor` from end to end: what it says, and that it changes nothing."""

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from jobs_tui.cli import main
from jobs_tui.emulator import ManualClock
from jobs_tui.service.endpoints.endpoint_cache import EndpointCache

STEPS = [
    "terminal",
    "config file",
    "profile",
    "region",
    "credentials",
    "endpoint",
    "DNS",
    "connection",
    "TLS",
    "clock",
    "get pending",
    "describe next",
    "update",
    "start next",
]
ON_THING = STEPS[-4:]
ARN = "arn:aws:iot:eu-west-3:047550022928:thing/gw-1"
"""With the account of the key id."""
CALLER = "arn:aws:sts::123456789012:assumed-role/field/ann"


def test_all_is_well_in_a_line_for_each_step(
    emulated: Any, capsys: Any, monkeypatch: Any, environment: Path
) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL_STS")
    emulator = emulated()
    assert main(["doctor", "--endpoint-url", emulator.url, "gw-1"]) == 0
    told = re.sub("[0-9]+ ms", "N ms", capsys.readouterr().out)
    assert (
        told
        == f"""\
skipped  terminal       none here: the cockpit needs one, this does not
ok       config file    none at {environment}/config/jobs-tui/config.toml
ok       profile        none is named
ok       region         eu-west-3, from AWS_REGION
ok       credentials    environment variables, key ending in DFGH, account 047550022928 by \
the key id; AWS is not asked whose they are: the endpoint is this machine's
ok       endpoint       {emulator.url}, from --endpoint-url
ok       DNS            127.0.0.1 is an address already
ok       connection     {emulator.url.removeprefix("http://")} answers in N ms
skipped  TLS            none: http:// on this machine
ok       clock          as the service's, to the second or two
ok       get pending    allowed; 0 in progress, 1 queued
ok       describe next  allowed; job-1 is QUEUED
ok       update         allowed; an update of a job that cannot exist was refused as not found
                        a condition of the policy on iot:JobId may still refuse some jobs
skipped  start next     no start is sure to be refused, so none is sent
                        look in the policy: allow iotjobsdata:StartNextPendingJobExecution on \
{ARN}; iot:StartNextPendingJobExecution, the commonest mistake, does not grant it
"""
    )
    sent = [re.sub("[0-9a-f]{32}", "BITS", each) for each in emulator.requests]
    assert sent == [
        "GET /",
        "GET /things/gw-1/jobs",
        "GET /things/gw-1/jobs/%24next?includeJobDocument=false",
        "POST /things/gw-1/jobs/jobs-tui-doctor-BITS",
    ]


def test_the_account_s_own_endpoint_is_found_over_tls_and_whose_keys_they_are(
    emulated: Any, doctor: Any, token_service: Any, monkeypatch: Any, environment: Path
) -> None:
    emulator = emulated(tls=True)
    monkeypatch.setenv("AWS_ENDPOINT_URL_IOT", emulator.url)
    monkeypatch.setenv("AWS_CA_BUNDLE", str(emulator.certificate))
    printed = doctor("gw-1")
    assert list(printed.findings) == STEPS
    assert set(printed.levels.values()) == {"ok", "skipped"}
    assert printed.told("credentials").startswith(
        f"environment variables, key ending in DFGH, {CALLER}"
    )
    assert printed.told("endpoint").startswith(f"{emulator.url}, told by DescribeEndpoint")
    assert "TLS 1.3, certificate by localhost" in printed.told("TLS")
    assert f"{emulator.certificate}, from AWS_CA_BUNDLE" in printed.told("TLS")
    # the number that is known now stands in the ARN
    assert printed.findings["update"]["facts"]["resource"] == ARN.replace(
        "047550022928", "123456789012"
    )
    assert "::" not in printed.told("start next")
    cached = json.loads((environment / "cache/jobs-tui/endpoints.json").read_text())
    assert [each["host"] for each in cached.values()] == [emulator.url.removeprefix("https://")]


def test_an_endpoint_that_is_remembered_and_not_right_any_more_is_told_and_replaced(
    emulated: Any, doctor: Any, monkeypatch: Any, environment: Path, now: float
) -> None:
    emulator = emulated(tls=True)
    monkeypatch.setenv("AWS_ENDPOINT_URL_IOT", emulator.url)
    monkeypatch.setenv("AWS_CA_BUNDLE", str(emulator.certificate))
    cache = EndpointCache(environment / "cache/jobs-tui")
    cache.keep("047550022928", "eu-west-3", "127.0.0.1:1", now)
    printed = doctor("gw-1")
    assert printed.levels["endpoint"] == "warning"
    assert "https://127.0.0.1:1, told by DescribeEndpoint earlier" in printed.told("endpoint")
    assert f"now tells {emulator.url}" in printed.told("endpoint")
    assert printed.levels["connection"] == "failed"
    kept = cache.find("047550022928", "eu-west-3", now)
    assert kept is not None
    assert kept.host == emulator.url.removeprefix("https://")


def test_without_a_thing_no_operation_is_tried(emulated: Any, doctor: Any) -> None:
    emulator = emulated()
    printed = doctor("--endpoint-url", emulator.url)
    assert {printed.levels[step] for step in ON_THING} == {"skipped"}
    assert "jobs-tui doctor THING" in printed.told("update")
    assert emulator.requests == ["GET /"]


@pytest.mark.parametrize(
    ("fault", "failed", "told"),
    [
        (
            "GetPendingJobExecutions=403",
            "get pending",
            f"iotjobsdata:GetPendingJobExecutions on {ARN}",
        ),
        pytest.param(
            "DescribeJobExecution=403",
            "describe next",
            f"iotjobsdata:DescribeJobExecution on {ARN}",
            marks=pytest.mark.slow,
        ),
        ("UpdateJobExecution=403", "update", f"iotjobsdata:UpdateJobExecution on {ARN}"),
    ],
)
def test_a_missing_permission_fails_its_own_operation_alone(
    emulated: Any, doctor: Any, fault: str, failed: str, told: str
) -> None:
    printed = doctor("--endpoint-url", emulated(fault).url, "gw-1")
    assert [step for step, level in printed.levels.items() if level == "failed"] == [failed]
    assert told in printed.told(failed)
    assert printed.findings[failed]["facts"]["allowed"] is False


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("*=invalid-endpoint", "this is no missing permission"),
        ("*=expired-token", "renew the credentials"),
        pytest.param("*=html", "the body is a web page", marks=pytest.mark.slow),
        pytest.param("*=cut-before", "check the network", marks=pytest.mark.slow),
    ],
)
def test_what_is_wrong_with_every_operation_is_said_once(
    emulated: Any, doctor: Any, fault: str, told: str
) -> None:
    emulator = emulated(fault)
    printed = doctor("--endpoint-url", emulator.url, "gw-1")
    assert told in printed.told("get pending")
    assert printed.levels["get pending"] == "failed"
    assert {printed.levels[step] for step in ON_THING[1:]} == {"skipped"}
    assert not [each for each in emulator.requests if each.startswith("POST")]


def test_an_endpoint_that_takes_an_impossible_update_is_not_to_be_trusted(
    emulated: Any, doctor: Any
) -> None:
    emulator = emulated()

    async def take(request: web.Request) -> web.Response | None:
        state = {"status": "IN_PROGRESS", "versionNumber": 2}
        return web.json_response({"executionState": state}) if request.method == "POST" else None

    emulator.server.intercept = take
    printed = doctor("--endpoint-url", emulator.url, "gw-1")
    assert printed.levels["update"] == "failed"
    assert "it is not AWS IoT Jobs that answers there" in printed.told("update")


def test_nothing_that_could_write_is_made_for_a_run_that_is_read_only(
    emulated: Any, doctor: Any
) -> None:
    emulator = emulated()
    printed = doctor("--read-only", "--endpoint-url", emulator.url, "gw-1")
    assert printed.levels["update"] == "skipped"
    assert f"iotjobsdata:UpdateJobExecution on {ARN}" in printed.told("update")
    assert {each.split()[0] for each in emulator.requests} == {"GET"}


def test_a_clock_that_is_off_is_told_with_its_direction(
    emulated: Any, doctor: Any, now: float
) -> None:
    printed = doctor("--endpoint-url", emulated(clock=ManualClock(now + 1000)).url)
    assert printed.levels["clock"] == "failed"
    assert "this machine's clock is 16 minutes behind the service's" in printed.told("clock")


def test_who_is_not_trusted_is_asked_nothing(emulated: Any, doctor: Any) -> None:
    emulator = emulated(tls=True)
    printed = doctor("--endpoint-url", emulator.url, "gw-1")
    assert printed.levels["TLS"] == "failed"
    assert "is not trusted: self-signed certificate; it is CN=localhost" in printed.told("TLS")
    assert {printed.levels[step] for step in ("clock", *ON_THING)} == {"skipped"}
    assert emulator.requests == []


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("expired_server", "certificate has expired"),
        pytest.param("server_elsewhere", "IP address mismatch", marks=pytest.mark.slow),
    ],
)
def test_a_certificate_that_does_not_fit_is_told(
    emulated: Any, doctor: Any, certificates: Any, kind: str, told: str
) -> None:
    served = certificates.with_key(getattr(certificates, kind))
    emulator = emulated(tls=True, certificate=served)
    printed = doctor("--ca", certificates.authority, "--endpoint-url", emulator.url)
    assert printed.levels["TLS"] == "failed"
    assert told in printed.told("TLS")
    assert "by ours" in printed.told("TLS")


@pytest.mark.slow
def test_what_speaks_no_tls_is_told(emulated: Any, doctor: Any) -> None:
    url = emulated().url.replace("http:", "https:")
    printed = doctor("--endpoint-url", url, "gw-1")
    assert printed.levels["connection"] == "ok"
    assert printed.levels["TLS"] == "failed"
    assert "no TLS connection" in printed.told("TLS")


def test_where_nobody_listens_nothing_more_is_tried(doctor: Any) -> None:
    printed = doctor("--endpoint-url", "http://127.0.0.1:1", "gw-1")
    assert printed.levels["connection"] == "failed"
    assert "127.0.0.1:1 refuses connections" in printed.told("connection")
    assert {printed.levels[step] for step in ("clock", *ON_THING)} == {"skipped"}


def test_a_name_that_nobody_has_is_told(doctor: Any) -> None:
    printed = doctor("--endpoint-url", "https://no-such-host.invalid", "gw-1")
    assert printed.levels["DNS"] == "failed"
    assert "the name no-such-host.invalid cannot be found" in printed.told("DNS")
    assert {printed.levels[step] for step in ("connection", "TLS", "clock", *ON_THING)} == {
        "skipped"
    }


def test_without_credentials_the_way_to_the_endpoint_is_looked_at_all_the_same(
    emulated: Any, doctor: Any, monkeypatch: Any
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    printed = doctor("--endpoint-url", emulated().url, "gw-1")
    assert printed.levels["credentials"] == "failed"
    assert "no credentials are found" in printed.told("credentials")
    assert {printed.levels[step] for step in ("endpoint", "DNS", "connection", "clock")} == {"ok"}
    assert {printed.levels[step] for step in ON_THING} == {"skipped"}


def test_without_a_region_the_way_to_the_endpoint_is_looked_at_all_the_same(
    emulated: Any, doctor: Any, monkeypatch: Any
) -> None:
    monkeypatch.delenv("AWS_REGION")
    printed = doctor("--endpoint-url", emulated().url, "gw-1")
    assert printed.levels["region"] == "failed"
    assert "set AWS_DEFAULT_REGION or AWS_REGION" in printed.told("region")
    assert {printed.levels[step] for step in ("credentials", "endpoint", "clock")} == {"ok"}
    assert {printed.levels[step] for step in ON_THING} == {"skipped"}


def test_a_profile_that_does_not_exist_is_told(emulated: Any, doctor: Any) -> None:
    printed = doctor("--profile", "lab", "--endpoint-url", emulated().url, "gw-1")
    assert "there is no profile 'lab'" in printed.told("profile")
    assert printed.levels["credentials"] == "skipped"
    assert printed.levels["clock"] == "ok"


def test_settings_that_cannot_be_meant_are_told_with_their_line(
    doctor: Any, environment: Path
) -> None:
    path = environment / "config/jobs-tui/config.toml"
    path.parent.mkdir(parents=True)
    path.write_text('context = "lyon"\nrate = "fast"\n')
    printed = doctor("gw-1")
    assert printed.levels["config file"] == "failed"
    assert f"{path}:1" in printed.told("config file")
    assert f"{path}:2" in printed.told("config file")
    assert {printed.levels[step] for step in STEPS[2:]} == {"skipped"}


def test_the_context_in_force_is_told_and_what_comes_from_it(
    emulated: Any, doctor: Any, environment: Path, monkeypatch: Any
) -> None:
    monkeypatch.delenv("AWS_REGION")
    path = environment / "config/jobs-tui/config.toml"
    path.parent.mkdir(parents=True)
    url = emulated().url
    path.write_text(f'[contexts.lyon]\nregion = "eu-wset-3"\nendpoint-url = "{url}"\n')
    printed = doctor("--context", "lyon")
    assert f"{path}; context lyon, from --context" in printed.told("config file")
    assert printed.levels["region"] == "warning"
    assert "eu-wset-3, from config.toml:2" in printed.told("region")
    assert "did you mean eu-west-3?" in printed.told("region")
    assert printed.told("endpoint").startswith(f"{url}, from config.toml:3")


def test_keys_that_have_expired_are_told(
    emulated: Any, doctor: Any, monkeypatch: Any, now: float
) -> None:
    ended = datetime.fromtimestamp(now - 60, UTC).isoformat()
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token-of-the-test")
    monkeypatch.setenv("AWS_CREDENTIAL_EXPIRATION", ended)
    printed = doctor("--endpoint-url", emulated().url, "gw-1")
    assert printed.levels["credentials"] == "failed"
    assert "expired" in printed.told("credentials")
    assert {printed.levels[step] for step in ON_THING} == {"skipped"}


def test_keys_in_the_environment_are_renewed_by_nobody(
    emulated: Any, doctor: Any, monkeypatch: Any, now: float
) -> None:
    ends = datetime.fromtimestamp(now + 3600, UTC).isoformat()
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token-of-the-test")
    monkeypatch.setenv("AWS_CREDENTIAL_EXPIRATION", ends)
    printed = doctor("--endpoint-url", emulated().url)
    assert printed.levels["credentials"] == "warning"
    assert "nobody renews these" in printed.told("credentials")
    assert printed.findings["credentials"]["facts"]["expiresAt"] == pytest.approx(now + 3600)


def test_keys_of_a_credential_process_are_renewed(
    emulated: Any, doctor: Any, monkeypatch: Any, environment: Path, now: float
) -> None:
    told = {
        "Version": 1,
        "AccessKeyId": "AKIAQWERTYUIOPASDFGH",
        "SecretAccessKey": "secret-of-the-test",
        "SessionToken": "token-of-the-test",
        "Expiration": datetime.fromtimestamp(now + 3600, UTC).isoformat(),
    }
    (environment / "process.py").write_text(f"print({json.dumps(told)!r})")
    (environment / ".aws").mkdir()
    (environment / ".aws/config").write_text(
        f"[profile lab]\ncredential_process = {sys.executable} {environment}/process.py\n"
    )
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.setenv("AWS_PROFILE", "lab")
    printed = doctor("--endpoint-url", emulated().url, "gw-1")
    assert printed.told("profile").startswith("lab, from AWS_PROFILE")
    assert "the credential_process of the profile, key ending in DFGH" in printed.told(
        "credentials"
    )
    assert "renewed before that" in printed.told("credentials")
    assert printed.levels["update"] == "ok"


def test_keys_that_aws_does_not_know_are_told(
    emulated: Any, doctor: Any, token_service: Any, monkeypatch: Any
) -> None:
    error = "<Error><Code>InvalidClientTokenId</Code><Message>not valid</Message></Error>"
    token_service(403, f"<ErrorResponse>{error}</ErrorResponse>")
    printed = doctor("--endpoint-url", emulated().url)
    # the endpoint is not one of AWS, so they may be good there
    assert printed.levels["credentials"] == "ok"
    assert "AWS STS says InvalidClientTokenId: not valid" in printed.told("credentials")


def test_a_device_with_a_certificate_needs_no_keys_and_no_region(
    emulated: Any, doctor: Any, certificates: Any, monkeypatch: Any
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_REGION"):
        monkeypatch.delenv(name)
    served = certificates.with_key(certificates.server)
    emulator = emulated(tls=True, certificate=served, client_ca=certificates.authority)
    way_in = ("--cert", certificates.client, "--key", certificates.key)
    trusted = ("--ca", certificates.authority, "--endpoint-url", emulator.url)
    printed = doctor(*way_in, *trusted, "gw-1")
    assert printed.levels["certificate"] == "ok"
    assert "CN=gw-1, until 2040-01-02" in printed.told("certificate")
    assert printed.levels["credentials"] == printed.levels["region"] == "skipped"
    assert {printed.levels[step] for step in ON_THING[:3]} == {"ok"}
    assert "in the AWS IoT policy of the certificate" in printed.told("start next")


def test_a_certificate_that_cannot_be_used_is_told(
    emulated: Any, doctor: Any, certificates: Any
) -> None:
    emulator = emulated(tls=True)
    for certificate, key, told in (
        (certificates.expired_client, certificates.key, "expired on 2021-01-02"),
        (certificates.client, certificates.encrypted_key, "is encrypted"),
    ):
        way_in = ("--cert", certificate, "--key", key)
        printed = doctor(*way_in, "--endpoint-url", emulator.url, "gw-1")
        assert printed.levels["certificate"] == "failed"
        assert told in printed.told("certificate")
        assert {printed.levels[step] for step in ON_THING} == {"skipped"}


def test_what_a_proxy_keeps_away_is_told_without_its_password(
    emulated: Any, doctor: Any, monkeypatch: Any
) -> None:
    emulator = emulated()
    monkeypatch.setenv("HTTP_PROXY", "http://ann:token-of-the-test@127.0.0.1:1")
    printed = doctor("--endpoint-url", emulator.url, "gw-1")
    assert "the proxy looks up 127.0.0.1" in printed.told("DNS")
    assert printed.levels["connection"] == "failed"
    assert "the proxy 127.0.0.1:1 refuses connections" in printed.told("connection")
    assert "HTTP_PROXY" in printed.told("connection")
    assert emulator.requests == []


@pytest.mark.slow
def test_a_region_of_no_partition_is_taken_as_it_is(emulated: Any, doctor: Any) -> None:
    printed = doctor("--region", "mars-north-1", "--endpoint-url", emulated().url, "gw-1")
    assert printed.levels["region"] == "warning"
    assert printed.levels["update"] == "ok"
    assert "arn:aws:iot:mars-north-1:" in printed.told("start next")


def test_the_url_of_an_endpoint_is_not_shown_if_a_password_is_in_it(
    doctor: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://ann:token-of-the-test@127.0.0.1")
    printed = doctor("gw-1")
    assert printed.levels["endpoint"] == "failed"
    assert "the endpoint URL is not valid" in printed.told("endpoint")
    assert {printed.levels[step] for step in ("DNS", "TLS", "clock", *ON_THING)} == {"skipped"}


def test_nothing_that_an_endpoint_says_reaches_the_terminal_as_it_is(
    emulated: Any, capsys: Any
) -> None:
    emulator = emulated()
    told = "\x1b]0;owned\x07 X-Amz-Security-Token: token-of-the-test"

    async def refuse(request: web.Request) -> web.Response | None:
        error = {"x-amzn-ErrorType": "AccessDeniedException"}
        return web.json_response({"message": told}, status=403, headers=error)

    emulator.server.intercept = refuse
    assert main(["doctor", "--endpoint-url", emulator.url, "gw-1"]) == 1
    printed = capsys.readouterr().out
    assert "not allowed: \u241b]0;owned\u2407" in printed
    assert not {"\x1b", "\x07"} & set(printed)
    assert "token-of-the-test" not in printed


@pytest.mark.parametrize("words", [["a/b"], ["gw-1", "gw-2"], ["--bogus"], ["--cert", "x.pem"]])
def test_what_cannot_be_meant_is_wrong_usage(words: list[str], capsys: Any) -> None:
    assert main(["doctor", *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
