"""Which authorities, hosts and credentials count, whatever the way in."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from botocore import exceptions as sdk

from jobs_tui.domain.outcome import Done, Failure, Unreachable
from jobs_tui.domain.requests import GetPendingJobExecutions, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.service.answers import errors
from jobs_tui.service.answers.call import Call
from jobs_tui.service.settings import RoleAlias, StaticCredentials

GET_PENDING = GetPendingJobExecutions("gw-1")
UPDATE = UpdateJobExecution("gw-1", "job-1", Status.SUCCEEDED)
EVERYTHING = {
    "inProgressJobs": [],
    "queuedJobs": [],
    "executionState": {"status": "SUCCEEDED", "versionNumber": 2},
}
ROLE_ALIAS_KEYS = {
    "credentials": {
        "accessKeyId": "a",
        "secretAccessKey": "b",
        "sessionToken": "c",
        "expiration": "2040-01-01T00:00:00Z",
    }
}
ASSUMED = b"""<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
<AssumeRoleResult><Credentials><AccessKeyId>ASSUMED</AccessKeyId><SecretAccessKey>b
</SecretAccessKey><SessionToken>c</SessionToken><Expiration>2040-01-01T00:00:00Z</Expiration>
</Credentials></AssumeRoleResult></AssumeRoleResponse>"""
UNSET = (
    "unset AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT (in the profile use_fips_endpoint "
    "and use_dualstack_endpoint), or give --endpoint-url"
)


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials in the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")


@pytest.fixture
def config(home: Path) -> Callable[[str], None]:
    """Writes the AWS configuration file."""

    def write(text: str) -> None:
        path = home / ".aws" / "config"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    return write


@pytest.mark.parametrize("named_by", ["--ca", "AWS_CA_BUNDLE"])
@pytest.mark.parametrize("way_in", ["environment", "role", "certificate", "role alias", "own keys"])
async def test_the_authorities_that_are_named_are_trusted_wherever_something_is_asked(
    opening: Any,
    serve: Any,
    wire: Any,
    certificates: Any,
    config: Any,
    monkeypatch: pytest.MonkeyPatch,
    way_in: str,
    named_by: str,
) -> None:
    tls = certificates.server_context()
    endpoint = await serve(wire.says(EVERYTHING), ssl=tls)
    token_service = await serve(wire.says(ASSUMED, Content_Type="text/xml"), ssl=tls)
    provider = await serve(wire.says(ROLE_ALIAS_KEYS), ssl=tls)
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", token_service.url)
    config(
        "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = base\n"
        "[profile base]\naws_access_key_id = a\naws_secret_access_key = b\n"
    )
    settings: dict[str, Any] = {}
    if named_by == "--ca":
        # not these, although the environment names them
        monkeypatch.setenv("AWS_CA_BUNDLE", str(certificates.other_authority))
        settings["authorities"] = certificates.authority
    else:
        monkeypatch.setenv("AWS_CA_BUNDLE", str(certificates.authority))
    match way_in:
        case "environment":
            monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
            monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
        case "role":
            settings["profile"] = "role"
        case "certificate":
            settings["credentials"] = certificates.device()
        case "role alias":
            settings["credentials"] = RoleAlias("x", provider.url, certificates.device())
        case "own keys":
            settings["credentials"] = StaticCredentials("a", "b")
    link = await opening(region="eu-west-3", endpoint_url=endpoint.url, **settings)

    outcomes = [
        await link.get_pending_job_executions(GET_PENDING),
        await link.update_job_execution(UPDATE),
    ]

    if way_in == "own keys" and named_by == "AWS_CA_BUNDLE":
        assert all("is not trusted" in each.reason for each in outcomes)
        return
    assert [type(each) for each in outcomes] == [Done, Done], outcomes
    assert len(token_service.requests) == (way_in == "role")
    assert len(provider.requests) == (way_in == "role alias")


@pytest.mark.usefixtures("keys")
async def test_a_bundle_of_authorities_that_is_none_is_told_and_nothing_is_sent(
    opening: Any, serve: Any, wire: Any, certificates: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", str(certificates.key))
    endpoint = await serve(wire.says(EVERYTHING), ssl=certificates.server_context())
    link = await opening(region="eu-west-3", endpoint_url=endpoint.url)

    for outcome in (
        await link.get_pending_job_executions(GET_PENDING),
        await link.update_job_execution(UPDATE),
    ):
        assert type(outcome) is Unreachable
        assert outcome.reason == ("a certificate file cannot be read: no certificate or crl found")
        assert outcome.advice == (
            "check --ca, AWS_CA_BUNDLE, REQUESTS_CA_BUNDLE and ca_bundle of the profile"
        )


FIPS, DUAL_STACK = "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    ("wanted", "host"),
    [
        ([FIPS], "data.jobs.iot-fips.us-gov-west-1.amazonaws.com"),
        ([DUAL_STACK], "data.jobs.iot.us-gov-west-1.api.aws"),
        ([FIPS, DUAL_STACK], "data.jobs.iot-fips.us-gov-west-1.api.aws"),
    ],
)
@pytest.mark.parametrize("by_profile", [False, True])
async def test_fips_and_dual_stack_lead_to_hosts_of_their_own(
    opening: Any,
    config: Any,
    monkeypatch: pytest.MonkeyPatch,
    wanted: list[str],
    host: str,
    *,
    by_profile: bool,
) -> None:
    if by_profile:
        lines = [f"{each.removeprefix('AWS_').lower()} = true\n" for each in wanted]
        config("[default]\n" + "".join(lines))
    else:
        for each in wanted:
            monkeypatch.setenv(each, "true")

    link = await opening(region="us-gov-west-1", discovery=False)

    assert link.endpoint == f"https://{host}"


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("given", ["--endpoint-url", "AWS_ENDPOINT_URL"])
async def test_an_endpoint_that_is_given_is_asked_although_fips_and_dual_stack_are_wanted(
    opening: Any, serve: Any, wire: Any, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    """The SDK's rules know of no FIPS or dual-stack variant of a custom endpoint."""
    endpoint = await serve(wire.says(EVERYTHING))
    monkeypatch.setenv(FIPS, "true")
    monkeypatch.setenv(DUAL_STACK, "true")
    if given == "AWS_ENDPOINT_URL":
        monkeypatch.setenv(given, endpoint.url)

    link = await opening(
        region="eu-west-3", endpoint_url=endpoint.url if given == "--endpoint-url" else None
    )

    assert link.endpoint == endpoint.url
    assert isinstance(await link.get_pending_job_executions(GET_PENDING), Done)
    assert isinstance(await link.update_job_execution(UPDATE), Done)


@pytest.mark.usefixtures("keys")
async def test_a_variant_that_the_region_does_not_have_is_told(
    opening: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DUAL_STACK, "true")

    failure = await opening(region="eu-isoe-west-1", discovery=False)

    assert type(failure) is Unreachable
    assert failure.reason.startswith("the SDK knows no such endpoint: ")
    assert "dualstack" in failure.reason
    assert failure.advice == UNSET


@pytest.mark.parametrize("writes", [False, True])
def test_a_variant_that_comes_to_light_in_a_call_is_told_and_nothing_was_sent(
    *, writes: bool
) -> None:
    said = "FIPS is enabled but this partition does not support FIPS"
    call = Call("Anything", "", writes, "https://x", 8.0)

    failure = errors.failure(sdk.EndpointProviderError(msg=said), call, sent=False, now=0.0)

    assert type(failure) is Unreachable
    assert failure.reason == f"the SDK knows no such endpoint: {said}"
    assert failure.advice == UNSET


@pytest.mark.usefixtures("keys")
async def test_a_region_with_a_typing_error_ends_at_the_name_server(
    opening: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(host: str, *_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    link = await opening(region="eu-wset-3", discovery=False)
    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    for outcome in (
        await link.get_pending_job_executions(GET_PENDING),
        await link.update_job_execution(UPDATE),
    ):
        assert type(outcome) is Unreachable
        assert outcome.reason == ("the name data.jobs.iot.eu-wset-3.amazonaws.com cannot be found")
        assert outcome.advice == (
            "check the region and the endpoint for a typing error, and the name server"
        )


@pytest.mark.usefixtures("keys")
async def test_the_variable_that_names_a_profile_counts_less_than_keys_beside_it(
    opening: Any, serve: Any, wire: Any, config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    config("[profile lab]\naws_access_key_id = OF_LAB\naws_secret_access_key = b\n")
    endpoint = await serve(wire.says(EVERYTHING))
    monkeypatch.setenv("AWS_PROFILE", "lab")
    link = await opening(region="eu-west-3", endpoint_url=endpoint.url)

    await link.get_pending_job_executions(GET_PENDING)

    assert "Credential=AKIDEXAMPLE/" in endpoint.requests[0].headers["authorization"]


@pytest.mark.usefixtures("keys")
async def test_the_variable_that_looks_like_that_of_the_endpoint_is_none(
    opening: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_IOT_JOBS_DATA", "https://elsewhere.example")

    link = await opening(region="eu-west-3", discovery=False)

    assert not isinstance(link, Failure)
    assert link.endpoint == "https://data.jobs.iot.eu-west-3.amazonaws.com"
