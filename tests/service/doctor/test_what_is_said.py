"""What is said of what was found, without asking anybody."""

from pathlib import Path
from typing import Any

import pytest

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.finding import Level
from jobs_tui.domain.outcome import (
    Conflict,
    Done,
    Failure,
    NotAllowed,
    NotConfirmed,
    Refused,
    Throttled,
    Unreachable,
)
from jobs_tui.domain.requests import GetPendingJobExecutions
from jobs_tui.domain.status import Status
from jobs_tui.service.access.device_certificate import CertificateFacts
from jobs_tui.service.answers.permission import permission_for
from jobs_tui.service.chosen_endpoint import EndpointSource
from jobs_tui.service.doctor import operations
from jobs_tui.service.doctor.asking import Answer
from jobs_tui.service.doctor.caller import refused
from jobs_tui.service.doctor.certificate import certificate_finding
from jobs_tui.service.doctor.clocks import clock_finding
from jobs_tui.service.doctor.endpoint import described_finding
from jobs_tui.service.doctor.keys import Caller, FoundKeys, keys_finding
from jobs_tui.service.doctor.names import names_finding
from jobs_tui.service.doctor.region import region_finding
from jobs_tui.service.doctor.route import Route
from jobs_tui.service.doctor.tls import without_tls

NOW = 1_800_000_000.0
MINUTE, DAY = 60.0, 86400.0
KEY_ID = "AKIAQWERTYUIOPASDFGH"
ANN = Caller("arn:aws:iam::123456789012:user/ann", "123456789012")
PERMISSION = permission_for(
    GetPendingJobExecutions("gw-1"),
    region="eu-west-3",
    partition="aws",
    by_certificate=False,
    account="123456789012",
)
DENIED = NotAllowed("User is not authorized", "ask", "AccessDeniedException")


def keys(**members: Any) -> FoundKeys:
    """Keys out of the environment that never end."""
    usual = {"way": "environment variables", "temporary": False, "renewed": False}
    return FoundKeys(key_id=KEY_ID, **(usual | members))


@pytest.mark.parametrize(
    ("found", "level", "told"),
    [
        (keys(), Level.OK, "user/ann"),
        (keys(temporary=True), Level.WARNING, "nothing says until when"),
        (keys(temporary=True, renewed=True), Level.OK, "renewed before they end"),
        (
            keys(temporary=True, renewed=True, expires_at=NOW + 20 * MINUTE),
            Level.OK,
            "until 2027-01-15 08:20 UTC, renewed before that",
        ),
        (
            keys(temporary=True, renewed=True, expires_at=NOW + 14 * MINUTE),
            Level.WARNING,
            "until 2027-01-15 08:14 UTC, in 14 minutes",
        ),
        (keys(temporary=True, expires_at=NOW + DAY), Level.WARNING, "in 24 hours"),
        (keys(temporary=True, expires_at=NOW), Level.FAILED, "expired at 2027-01-15 08:00 UTC"),
    ],
)
def test_how_long_keys_are_good(found: FoundKeys, level: Level, told: str) -> None:
    finding = keys_finding(found, ANN, NOW)
    assert finding.level is level
    assert told in finding.told
    assert bool(finding.advice) == (level is not Level.OK)


def test_of_a_key_no_more_than_its_end_is_told() -> None:
    told = keys_finding(keys(), ANN, NOW).told
    assert "key ending in DFGH" in told
    assert KEY_ID[:-4] not in told
    short = FoundKeys("environment variables", "demo", temporary=False, renewed=False)
    assert "demo" not in keys_finding(short, ANN, NOW).told


def test_keys_that_aws_does_not_take_have_failed() -> None:
    error = {"Code": "InvalidClientTokenId", "Message": "The security token is invalid"}
    finding = keys_finding(keys(), refused(error, for_aws=True), NOW)
    assert finding.level is Level.FAILED
    assert "The security token is invalid" in finding.told


def test_keys_that_are_not_for_aws_need_not_be_known_there() -> None:
    error = {"Code": "InvalidClientTokenId", "Message": "The security token is invalid"}
    assert keys_finding(keys(), refused(error, for_aws=False), NOW).level is Level.OK


def test_a_token_service_that_forbids_to_ask_says_nothing_about_the_keys() -> None:
    error = {"Code": "AccessDenied", "Message": "explicit deny"}
    assert keys_finding(keys(), refused(error, for_aws=True), NOW).level is Level.OK


@pytest.mark.parametrize(
    ("region", "level", "advice"),
    [
        ("eu-west-3", Level.OK, ""),
        ("eu-wset-3", Level.WARNING, "did you mean eu-west-3?"),
        ("mars-north-1", Level.WARNING, "newer than the SDK"),
    ],
)
def test_a_region_that_the_sdk_does_not_know_may_be_a_mistake(
    region: str, level: Level, advice: str
) -> None:
    finding = region_finding(region, "AWS_REGION", ["eu-west-1", "eu-west-3", "us-east-1"])
    assert finding.level is level
    assert finding.told.startswith(f"{region}, from AWS_REGION")
    assert advice in finding.advice


@pytest.mark.parametrize(
    ("left", "level"), [(31 * DAY, Level.OK), (29 * DAY, Level.WARNING), (MINUTE, Level.WARNING)]
)
def test_a_certificate_is_told_early_to_end(left: float, level: Level) -> None:
    facts = CertificateFacts("gw-1", "0a" * 32, NOW - DAY, NOW + left)
    finding = certificate_finding(facts, Path("gw-1.pem"), NOW)
    assert finding.level is level
    assert finding.told.startswith("CN=gw-1, until 2027-")
    assert finding.told.endswith(f"id {'0a' * 32}")


@pytest.mark.parametrize(
    ("ahead", "signed", "level", "told"),
    [
        (1.9, True, Level.OK, "to the second"),
        (-1.9, True, Level.OK, "to the second"),
        (45.0, True, Level.WARNING, "45 seconds behind"),
        (-200.0, True, Level.WARNING, "3 minutes ahead of"),
        (241.0, True, Level.FAILED, "4 minutes behind"),
        (-3 * DAY, True, Level.FAILED, "3 days ahead of"),
        (-3 * DAY, False, Level.WARNING, "3 days ahead of"),
        (None, True, Level.WARNING, "no Date header"),
    ],
)
def test_how_far_the_clocks_are_apart(
    *, ahead: float | None, signed: bool, level: Level, told: str
) -> None:
    finding = clock_finding(Answer(403, "request-7", ahead), signed=signed)
    assert finding.level is level
    assert told in finding.told


def test_a_clock_may_be_that_of_a_proxy() -> None:
    assert "or that of a proxy" in clock_finding(Answer(302, None, 45.0), signed=True).told


DEFAULT_URL = "https://data.jobs.iot.eu-west-3.amazonaws.com"
OWN = "abc-ats.iot.eu-west-3.amazonaws.com"


@pytest.mark.parametrize(
    ("url", "source", "described", "level", "told"),
    [
        (f"https://{OWN}", EndpointSource.DISCOVERED, Done(OWN), Level.OK, "told by Describe"),
        (
            "https://old.example",
            EndpointSource.DISCOVERED,
            Done(OWN),
            Level.WARNING,
            f"earlier; DescribeEndpoint now tells https://{OWN}",
        ),
        (DEFAULT_URL, EndpointSource.DEFAULT, Done(OWN), Level.WARNING, "for the region; Describe"),
        (DEFAULT_URL, EndpointSource.DEFAULT, DENIED, Level.OK, "is not allowed"),
        (DEFAULT_URL, EndpointSource.DEFAULT, Refused("no such type"), Level.OK, "tells none"),
        (DEFAULT_URL, EndpointSource.DEFAULT, Unreachable("no route"), Level.WARNING, "no route"),
    ],
)
def test_an_endpoint_that_nobody_gave(
    url: str, source: EndpointSource, described: Any, level: Level, told: str
) -> None:
    finding = described_finding(url, source, described, kept=False)
    assert finding.level is level
    assert told in finding.told
    assert url in finding.told


def test_an_endpoint_that_was_found_now_is_given_or_remembered() -> None:
    described = (DEFAULT_URL, EndpointSource.DEFAULT, Done(OWN))
    assert f"--endpoint-url https://{OWN}" in described_finding(*described, kept=False).advice
    assert "the next start asks there" in described_finding(*described, kept=True).advice


def test_a_proxy_looks_up_the_name_of_the_endpoint() -> None:
    route = Route(f"https://{OWN}", "http://ann:hidden@proxy:3128")
    told = names_finding(route, ["10.0.0.1"]).told
    assert told == f"the proxy looks up {OWN}; proxy is 10.0.0.1"


@pytest.mark.parametrize(
    ("url", "level"),
    [
        ("http://127.0.0.1:8123", Level.SKIPPED),
        ("http://[::1]:8123", Level.SKIPPED),
        ("http://localhost", Level.SKIPPED),
        ("http://10.0.0.1", Level.WARNING),
        ("http://127.0.0.1.example", Level.WARNING),
    ],
)
def test_only_this_machine_is_asked_without_tls_in_silence(url: str, level: Level) -> None:
    assert without_tls(url).level is level


def summaries(count: int, status: Status) -> tuple[JobExecutionSummary, ...]:
    return tuple(JobExecutionSummary(f"job-{number}", status) for number in range(count))


@pytest.mark.parametrize(
    ("pending", "told"),
    [
        (PendingJobExecutions((), ()), "nor is it for a name that no thing has"),
        (
            PendingJobExecutions(summaries(1, Status.IN_PROGRESS), summaries(2, Status.QUEUED)),
            "allowed; 1 in progress, 2 queued",
        ),
        (PendingJobExecutions((), summaries(10, Status.QUEUED)), "and there may be more"),
    ],
)
def test_what_is_pending_is_counted(pending: PendingJobExecutions, told: str) -> None:
    finding = operations.get_pending_finding(Done(pending), PERMISSION)
    assert finding.level is Level.OK
    assert told in finding.told
    assert finding.facts["allowed"] is True


def test_a_missing_permission_is_told_with_its_action_and_its_resource() -> None:
    for finding in (
        operations.get_pending_finding(DENIED, PERMISSION),
        operations.describe_finding(DENIED, PERMISSION),
        operations.update_finding(DENIED, "no-such-job", PERMISSION),
    ):
        assert finding.level is Level.FAILED
        assert finding.told == "not allowed: User is not authorized"
        assert (
            "iotjobsdata:GetPendingJobExecutions on arn:aws:iot:eu-west-3:123456789012:thing/gw-1"
            in finding.advice
        )
        assert "iot:GetPendingJobExecutions, the commonest mistake" in finding.advice
        assert finding.facts["allowed"] is False


@pytest.mark.parametrize(
    ("outcome", "level", "told"),
    [
        (Refused("no", "", "ResourceNotFoundException"), Level.OK, "allowed"),
        (Refused("bad", "", "InvalidRequestException"), Level.WARNING, "not known: bad"),
        (Conflict("version 3"), Level.WARNING, "not known: version 3"),
        (Throttled("slow"), Level.WARNING, "not known: slow"),
        (Unreachable("no route"), Level.WARNING, "not known: no route"),
        (NotConfirmed("cut"), Level.FAILED, "not known: cut"),
        (NotAllowed("expired", "", "ExpiredTokenException"), Level.FAILED, "expired"),
        (Done(None), Level.FAILED, "it is not AWS IoT Jobs that answers there"),
    ],
)
def test_only_one_answer_to_an_impossible_update_proves_that_it_is_allowed(
    outcome: Any, level: Level, told: str
) -> None:
    finding = operations.update_finding(outcome, "no-such-job", PERMISSION)
    assert finding.level is level
    assert told in finding.told
    assert ("allowed" in finding.facts) == (level is Level.OK)


def test_an_impossible_update_names_a_job_that_a_job_could_be_called() -> None:
    update = operations.impossible_update("gw-1", lambda bits: (1 << bits) - 1)
    assert update.job_id == "jobs-tui-doctor-" + "f" * 32
    assert len(update.job_id) <= 64


@pytest.mark.parametrize(
    ("outcome", "goes_on"),
    [
        (Done(PendingJobExecutions((), ())), True),
        (DENIED, True),
        (Throttled("slow"), True),
        (Unreachable("no route"), False),
        (NotAllowed("expired", "", "ExpiredTokenException"), False),
    ],
)
def test_what_one_answer_says_about_all_operations(
    *, outcome: Done[PendingJobExecutions] | Failure, goes_on: bool
) -> None:
    assert (operations.why_no_more(outcome) is None) == goes_on


def test_the_next_execution_is_named() -> None:
    execution = JobExecution("fw-1", "gw-1", Status.QUEUED)
    assert operations.describe_finding(Done(execution), PERMISSION).told.endswith("fw-1 is QUEUED")
    assert "nothing is pending" in operations.describe_finding(Done(None), PERMISSION).told


def test_addresses_are_not_listed_without_end() -> None:
    route = Route(f"https://{OWN}")
    told = names_finding(route, [f"10.0.0.{number}" for number in range(8)]).told
    assert told.endswith("10.0.0.3 and 4 more")
