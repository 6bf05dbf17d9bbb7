"""Answers with an error status: the service's own, those of gateways, and pages of proxies."""

from email.utils import formatdate
from typing import Any

import pytest

from jobs_tui.domain.outcome import (
    INVALID_REQUEST,
    INVALID_STATE_TRANSITION,
    RESOURCE_NOT_FOUND,
    TERMINAL_STATE,
    Conflict,
    Failure,
    NotAllowed,
    NotConfirmed,
    Outcome,
    Refused,
    Throttled,
    Unreachable,
)
from jobs_tui.domain.requests import DescribeJobExecution, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.service.data_plane import JobsDataPlane

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOW = 1_700_000_000.0
DESCRIBE = DescribeJobExecution("gw-1", "job-1")
UPDATE = UpdateJobExecution("gw-1", "job-1", Status.SUCCEEDED, expected_version=1)
TOKEN = "IQoJb3JpZ2luX2VjE" + "aB3+/" * 80 + "=="


async def read_and_write(link: JobsDataPlane) -> tuple[Outcome[Any], Outcome[Any]]:
    return await link.describe_job_execution(DESCRIBE), await link.update_job_execution(UPDATE)


THE_SERVICES_OWN: list[tuple[int, str, type[Failure], str, str]] = [
    (400, "InvalidRequestException", Refused, INVALID_REQUEST, "correct"),
    (400, "InvalidRequest", Refused, INVALID_REQUEST, "correct"),
    (404, "ResourceNotFoundException", Refused, RESOURCE_NOT_FOUND, "names"),
    (404, "ResourceNotFound", Refused, RESOURCE_NOT_FOUND, "names"),
    (404, "com.amazonaws.iot#ResourceNotFoundException", Refused, RESOURCE_NOT_FOUND, "names"),
    (404, "ResourceNotFoundException:http://internal/", Refused, RESOURCE_NOT_FOUND, "names"),
    (409, "InvalidStateTransitionException", Refused, INVALID_STATE_TRANSITION, "refresh"),
    (409, "InvalidStateTransition", Refused, INVALID_STATE_TRANSITION, "refresh"),
    (410, "TerminalStateException", Refused, TERMINAL_STATE, "no history"),
    (410, "TerminalState", Refused, TERMINAL_STATE, "no history"),
    (400, "CertificateValidationException", NotAllowed, "", "certificate"),
    (429, "ThrottlingException", Throttled, "", "less often"),
    (400, "Throttling", Throttled, "ThrottlingException", "less often"),
    (503, "TooManyRequestsException", Throttled, "", "less often"),
    (409, "VersionMismatch", Conflict, "", "what stands there now"),
    (400, "VersionMismatchException", Conflict, "", "what stands there now"),
    (409, "VersionConflictException", Conflict, "", "what stands there now"),
    (403, "AccessDeniedException", NotAllowed, "", "iotjobsdata:"),
    (403, "AccessDenied", NotAllowed, "", "iotjobsdata:"),
    (403, "ForbiddenException", NotAllowed, "", "iotjobsdata:"),
    (401, "UnauthorizedException", NotAllowed, "", "iotjobsdata:"),
    (403, "SomethingNewException", NotAllowed, "", "iotjobsdata:"),
    (403, "ExpiredTokenException", NotAllowed, "", "renew"),
    (400, "ExpiredToken", NotAllowed, "", "renew"),
    (403, "UnrecognizedClientException", NotAllowed, "", "access key"),
    (403, "InvalidClientTokenId", NotAllowed, "", "access key"),
    (403, "InvalidSignatureException", NotAllowed, "", "secret access key"),
    (403, "SignatureDoesNotMatch", NotAllowed, "", "secret access key"),
    (403, "MissingAuthenticationTokenException", NotAllowed, "", "secret access key"),
    (404, "UnknownOperationException", Refused, "", "--endpoint-url"),
    (400, "SomethingNewException", Refused, "", ""),
]


@pytest.mark.parametrize(("status", "code", "outcome", "known_as", "advice"), THE_SERVICES_OWN)
async def test_an_error_of_the_service_is_known_by_its_code(
    endpoint: Any,
    link: Any,
    wire: Any,
    status: int,
    code: str,
    outcome: type[Failure],
    known_as: str,
    advice: str,
) -> None:
    words = "In its own words."
    endpoint.reaction = wire.in_turn(
        wire.says({"message": words}, status, x_amzn_ErrorType=code),
        wire.says({"message": words, "__type": code}, status),
        wire.says({"Message": words, "code": code}, status),
    )

    for _ in ("header", "__type", "code"):
        update = await link.update_job_execution(UPDATE)

        assert type(update) is outcome
        assert update.reason == words
        assert update.request_id == "request-7"
        assert update.code == (known_as or code)
        assert advice in update.advice


@pytest.mark.parametrize(
    "message",
    ["Expected version 1 but found version 3", "VersionMismatch", "Version mismatch: 1, 3"],
)
async def test_a_stale_version_is_known_by_its_message(
    endpoint: Any, link: Any, wire: Any, message: str
) -> None:
    endpoint.reaction = wire.says(
        {"message": message}, 400, x_amzn_ErrorType="InvalidRequestException"
    )

    update = await link.update_job_execution(UPDATE)

    assert type(update) is Conflict
    assert update.reason == message


async def test_a_message_that_quotes_a_stale_version_is_no_conflict(
    endpoint: Any, link: Any, wire: Any
) -> None:
    message = "Value 'Expected version 1 but found version 2' at 'statusDetails.a' is too long"
    endpoint.reaction = wire.says(
        {"message": message}, 400, x_amzn_ErrorType="InvalidRequestException"
    )

    assert type(await link.update_job_execution(UPDATE)) is Refused


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, {"message": "Internal failure", "__type": "InternalFailureException"}),
        (500, b""),
        (502, b"<html><body><h1>502 Bad Gateway</h1></body></html>"),
        (503, {"message": "Busy", "__type": "ServiceUnavailableException"}),
        (503, {"message": "Busy", "__type": "ServiceUnavailable"}),
        (504, b"\xff\xfe not UTF-8"),
    ],
)
async def test_trouble_in_the_service_leaves_a_change_in_doubt(
    endpoint: Any, link: Any, wire: Any, status: int, body: Any
) -> None:
    endpoint.reaction = wire.says(body, status)

    read, write = await read_and_write(link)

    assert type(read) is Unreachable
    assert type(write) is NotConfirmed
    assert write.reason


ERROR_BODIES = {
    "a list": b"[]",
    "a string": b'"text"',
    "null": b"null",
    "not UTF-8": b"\xff\xfe",
    "a number as message": b'{"message": 7}',
    "a number as code": b'{"message": null, "code": 5}',
    "a list as code": b'{"__type": ["a"]}',
    "an object as message": b'{"message": {"a": 1}}',
    "5,000 levels": b'{"a":' * 5_000,
}


@pytest.mark.parametrize("kind", ERROR_BODIES)
async def test_an_error_body_of_any_shape_is_an_outcome(
    endpoint: Any, link: Any, wire: Any, kind: str
) -> None:
    endpoint.reaction = wire.says(ERROR_BODIES[kind], 404)

    read, write = await read_and_write(link)

    assert type(read) is Unreachable
    assert type(write) is NotConfirmed
    assert "answered HTTP 404" in read.reason
    assert len(read.reason) < 300


async def test_a_payload_that_is_not_base64_does_not_hide_the_throttling(
    endpoint: Any, link: Any, wire: Any
) -> None:
    body = {"message": "Rate exceeded", "payload": "not base64!"}
    endpoint.reaction = wire.says(body, 429, x_amzn_ErrorType="ThrottlingException")

    read, write = await read_and_write(link)

    assert type(read) is type(write) is Throttled
    assert write.reason == "Rate exceeded"


async def test_too_many_requests_is_known_without_a_code(
    endpoint: Any, link: Any, wire: Any
) -> None:
    endpoint.reaction = wire.says(b"slow down", 429)

    read, write = await read_and_write(link)

    assert type(read) is type(write) is Throttled


@pytest.mark.parametrize("code", ["", "ForbiddenException", "AccessDeniedException"])
async def test_an_invalid_endpoint_is_told_apart_from_a_missing_permission(
    endpoint: Any, link: Any, wire: Any, code: str
) -> None:
    message = "Invalid endpoint. Use describe-endpoint API to get valid endpoint"
    endpoint.reaction = wire.says({"message": message} | ({"__type": code} if code else {}), 403)

    for outcome in await read_and_write(link):
        assert type(outcome) is Unreachable
        assert outcome.reason == message
        assert "no missing permission" in outcome.advice
        assert "aws iot describe-endpoint" in outcome.advice
        assert "--endpoint-url" in outcome.advice


@pytest.mark.parametrize(
    ("seconds_off", "told"),
    [
        (7 * 60, "7 minutes behind the service's"),
        (-7 * 60, "7 minutes ahead of the service's"),
        (-3 * 3600, "3 hours ahead of the service's"),
        (400 * 86400, "400 days behind the service's"),
    ],
)
async def test_a_refused_signature_tells_by_how_much_the_clock_is_wrong(
    endpoint: Any, link: Any, wire: Any, seconds_off: float, told: str
) -> None:
    endpoint.reaction = wire.says(
        {"message": "Signature expired: 20231114T221320Z is now earlier than ..."},
        403,
        x_amzn_ErrorType="InvalidSignatureException",
        Date=formatdate(NOW + seconds_off, usegmt=True),
    )

    for outcome in await read_and_write(link):
        assert type(outcome) is NotAllowed
        assert told in outcome.reason
        assert "Signature expired" in outcome.reason
        assert "set the clock" in outcome.advice


async def test_a_refused_signature_does_not_give_the_session_token_away(
    endpoint: Any, link: Any, wire: Any
) -> None:
    message = (
        "The request signature we calculated does not match the signature you provided. "
        "Check your AWS Secret Access Key and signing method.\n\n"
        f"The Canonical String for this request should have been\n'GET\n/things/gw-1/jobs\n\n"
        f"host:x\nx-amz-security-token:{TOKEN}\n\nhost;x-amz-security-token\n'"
    )
    endpoint.reaction = wire.says(
        {"message": message}, 403, x_amzn_ErrorType="SignatureDoesNotMatch"
    )

    read, _ = await read_and_write(link)

    assert isinstance(read, NotAllowed)
    assert read.reason.endswith("Check your AWS Secret Access Key and signing method.")
    assert "IQoJ" not in read.reason + read.advice


ECHOED = f"""<html><head><title>Blocked by policy</title>
<style>body {{ color: red }}</style><script>track("nobody")</script></head>
<body><h1>Access &amp; more denied</h1>
<td>Authorization</td><td>AWS4-HMAC-SHA256
Credential=AKIDEXAMPLE/20231114/eu-west-3/iot-jobs-data/aws4_request, SignedHeaders=host,
Signature=0123456789abcdef0123456789abcdef</td>
<td>X-Amz-Security-Token</td><td>{TOKEN}</td>
<p>{TOKEN}</p>{"<p>filler</p>" * 20_000}</body></html>"""


async def test_a_web_page_that_refuses_is_cut_to_a_short_line_without_secrets(
    endpoint: Any, link: Any, wire: Any
) -> None:
    endpoint.reaction = wire.says(ECHOED.encode(), 403, Content_Type="text/html")

    for outcome in await read_and_write(link):
        assert type(outcome) is NotAllowed
        host = endpoint.url.removeprefix("http://")
        assert outcome.reason.startswith(
            f"{host} answered HTTP 403: Blocked by policy Access & more denied"
        )
        assert len(outcome.reason) < 300
        assert "not the service's words" in outcome.advice
        for secret in ("IQoJ", "aB3", "0123456789abcdef", "AKIDEXAMPLE", "track", "color", "<"):
            assert secret not in outcome.reason


async def test_a_huge_message_is_cut(endpoint: Any, link: Any, wire: Any) -> None:
    message = "no such job " * 50_000
    endpoint.reaction = wire.says(
        {"message": message}, 404, x_amzn_ErrorType="ResourceNotFoundException"
    )

    read, _ = await read_and_write(link)

    assert isinstance(read, Refused)
    assert read.reason.startswith("no such job no such job")
    assert read.reason.endswith("\u2026")
    assert len(read.reason) < 300


async def test_a_failure_says_nothing_of_the_keys(endpoint: Any, link: Any, wire: Any) -> None:
    endpoint.reaction = wire.says({"message": "no", "__type": "AccessDeniedException"}, 403)

    for outcome in await read_and_write(link):
        assert "secret-of-the-test" not in repr(outcome)
        assert "AKIDEXAMPLE" not in repr(outcome)
