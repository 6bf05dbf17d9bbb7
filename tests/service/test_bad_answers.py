"""Answers that arrive with HTTP status 200 or a redirect and prove nothing."""

import json
from typing import Any

import pytest

from jobs_tui.domain.execution import PendingJobExecutions
from jobs_tui.domain.outcome import Done, NotConfirmed, Outcome, Unreachable
from jobs_tui.domain.requests import (
    NEXT_JOB,
    DescribeJobExecution,
    GetPendingJobExecutions,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)
from jobs_tui.domain.status import Status
from jobs_tui.service.data_plane import JobsDataPlane

pytestmark = pytest.mark.asyncio(loop_scope="module")

EXECUTION = {
    "jobId": "job-1",
    "thingName": "gw-1",
    "status": "IN_PROGRESS",
    "statusDetails": {"step": "1"},
    "queuedAt": 1_700_000_000,
    "startedAt": 1_700_000_001,
    "lastUpdatedAt": 1_700_000_002,
    "approximateSecondsBeforeTimedOut": 60,
    "versionNumber": 2,
    "executionNumber": 1,
    "jobDocument": "{}",
}
PENDING: dict[str, Any] = {"inProgressJobs": [], "queuedJobs": []}
STATE = {"status": "SUCCEEDED", "versionNumber": 3}

READS = ("pending", "describe", "describe next")
WRITES = ("start next", "update")


async def ask(link: JobsDataPlane, what: str) -> Outcome[Any]:
    match what:
        case "pending":
            return await link.get_pending_job_executions(GetPendingJobExecutions("gw-1"))
        case "describe":
            return await link.describe_job_execution(DescribeJobExecution("gw-1", "job-1"))
        case "describe try 1":
            return await link.describe_job_execution(DescribeJobExecution("gw-1", "job-1", 1))
        case "describe next":
            return await link.describe_job_execution(DescribeJobExecution("gw-1", NEXT_JOB))
        case "start next":
            return await link.start_next_pending_job_execution(StartNextPendingJobExecution("gw-1"))
    return await link.update_job_execution(
        UpdateJobExecution("gw-1", "job-1", Status.SUCCEEDED, expected_version=2)
    )


NO_ANSWERS_OF_THE_SERVICE = {
    "truncated JSON": (b'{"inProgressJobs": [], "queued', "cut off"),
    "a web page": (b"<!DOCTYPE html><html><title>Login</title></html>", "a web page"),
    "an empty body": (b"", "the body is empty"),
    "white space": (b" \n ", "the body is empty"),
    "a JSON list": (b"[]", "no JSON object"),
    "a JSON string": (b'"ok"', "no JSON object"),
    "JSON null": (b"null", "no JSON object"),
    "broken UTF-8": (b'{"inProgressJobs": "\xff"}', "not JSON"),
    "10,000 levels": (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "not JSON"),
    "5,000 digits": (b'{"a":' + b"1" * 5_000 + b"}", "not JSON"),
    "another service": (b'{"Output":{"__type":"x#UnknownOperationException"}}', "is missing"),
    "more than a MiB": (b'{"a": "' + b"x" * (1 << 20) + b'"}', "more than 1 MiB"),
}


@pytest.mark.parametrize("lie", NO_ANSWERS_OF_THE_SERVICE)
async def test_an_answer_that_is_not_the_services_is_neither_success_nor_no_jobs(
    endpoint: Any, link: Any, wire: Any, lie: str
) -> None:
    body, why = NO_ANSWERS_OF_THE_SERVICE[lie]
    endpoint.reaction = wire.says(body)

    for what in READS + WRITES:
        outcome = await ask(link, what)

        assert type(outcome) is (NotConfirmed if what in WRITES else Unreachable), what
        assert why in outcome.reason
        assert endpoint.url.removeprefix("http://") in outcome.reason
        assert outcome.advice


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(endpoint: Any, link: Any, wire: Any, status: int) -> None:
    endpoint.reaction = wire.says(b"", status, Location=f"{endpoint.url}/login?back=secret")

    for what in READS + WRITES:
        outcome = await ask(link, what)

        assert type(outcome) is (NotConfirmed if what in WRITES else Unreachable), what
        assert outcome.reason.endswith(f"HTTP {status}, a redirect to {endpoint.url}/login")
    assert len(endpoint.requests) == len(READS + WRITES)


@pytest.mark.parametrize("status", [201, 202, 204, 300])
async def test_a_good_status_without_a_body_proves_nothing(
    endpoint: Any, link: Any, wire: Any, status: int
) -> None:
    endpoint.reaction = wire.says(b"", status)

    assert type(await ask(link, "pending")) is Unreachable
    assert type(await ask(link, "update")) is NotConfirmed


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({}, "inProgressJobs is missing"),
        ({"inProgressJobs": None, "queuedJobs": []}, "inProgressJobs is missing"),
        ({"inProgressJobs": []}, "queuedJobs is missing"),
        ({"inProgressJobs": [], "queuedJobs": {}}, "queuedJobs is not a list"),
        ({"inProgressJobs": "none", "queuedJobs": []}, "inProgressJobs is not a list"),
        ({"inProgressJobs": [], "queuedJobs": [1]}, "queuedJobs[0] is not an object"),
        ({"inProgressJobs": [], "queuedJobs": [{}]}, "queuedJobs[0].jobId is missing"),
        ({"inProgressJobs": [], "queuedJobs": [{"jobId": 7}]}, "jobId is not a string"),
        (
            {"inProgressJobs": [], "queuedJobs": [{"jobId": "a", "queuedAt": "today"}]},
            "queuedJobs[0].queuedAt is not a number",
        ),
        (
            {"inProgressJobs": [], "queuedJobs": [{"jobId": "a", "versionNumber": "1"}]},
            "queuedJobs[0].versionNumber is not a whole number",
        ),
        (
            {"inProgressJobs": [], "queuedJobs": [{"jobId": "a", "versionNumber": True}]},
            "queuedJobs[0].versionNumber is not a whole number",
        ),
    ],
)
async def test_a_list_of_pending_executions_that_lacks_something_says_what(
    endpoint: Any, link: Any, wire: Any, body: dict[str, Any], why: str
) -> None:
    endpoint.reaction = wire.says(body)

    outcome = await ask(link, "pending")

    assert type(outcome) is Unreachable
    assert outcome.reason.endswith(why)
    assert outcome.request_id == "request-7"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"jobId": None}, "execution.jobId is missing"),
        ({"jobId": "job-2"}, "jobId is job-2, not job-1"),
        ({"thingName": "gw-2"}, "execution.thingName is gw-2, not gw-1"),
        ({"executionNumber": 2}, "executionNumber is 2, not 1"),
        ({"status": None}, "execution.status is missing"),
        ({"status": "PAUSED"}, "execution.status is 'PAUSED', which is no status"),
        ({"status": 7}, "execution.status is not a string"),
        ({"statusDetails": []}, "execution.statusDetails is not an object"),
        ({"statusDetails": {"a": 1}}, "execution.statusDetails.a is not a string"),
        ({"startedAt": True}, "execution.startedAt is not a number"),
        ({"jobDocument": {}}, "execution.jobDocument is not a string"),
    ],
)
async def test_an_execution_that_is_wrong_somewhere_says_where(
    endpoint: Any, link: Any, wire: Any, changed: dict[str, Any], why: str
) -> None:
    endpoint.reaction = wire.says({"execution": EXECUTION | changed})

    outcome = await ask(link, "describe try 1")

    assert type(outcome) is Unreachable
    assert outcome.reason.endswith(why)


@pytest.mark.parametrize("what", ["describe next", "start next"])
async def test_an_object_without_any_member_proves_that_nothing_is_pending(
    endpoint: Any, link: Any, wire: Any, what: str
) -> None:
    endpoint.reaction = wire.says({})

    outcome = await ask(link, what)

    assert outcome == Done(None, 1_700_000_000.0, "request-7")


@pytest.mark.parametrize("body", [{"execution": None}, {"executions": []}, {"message": "ok"}])
async def test_an_object_with_other_members_does_not_prove_that_nothing_is_pending(
    endpoint: Any, link: Any, wire: Any, body: dict[str, Any]
) -> None:
    endpoint.reaction = wire.says(body)

    assert type(await ask(link, "describe next")) is Unreachable
    assert type(await ask(link, "start next")) is NotConfirmed


async def test_describing_a_job_needs_an_execution_in_the_answer(
    endpoint: Any, link: Any, wire: Any
) -> None:
    endpoint.reaction = wire.says({})

    outcome = await ask(link, "describe")

    assert type(outcome) is Unreachable
    assert outcome.reason.endswith("execution is missing")


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (None, "executionState is missing"),
        ([], "executionState is not an object"),
        ({}, "executionState.status is missing"),
        (STATE | {"status": "IN_PROGRESS"}, "status is IN_PROGRESS, not SUCCEEDED"),
        (STATE | {"status": "DONE"}, "executionState.status is 'DONE', which is no status"),
        (STATE | {"versionNumber": "3"}, "executionState.versionNumber is not a whole number"),
    ],
)
async def test_an_update_without_the_state_that_was_wanted_is_not_confirmed(
    endpoint: Any, link: Any, wire: Any, state: object, why: str
) -> None:
    endpoint.reaction = wire.says({"executionState": state})

    outcome = await ask(link, "update")

    assert type(outcome) is NotConfirmed
    assert outcome.reason.endswith(why)
    assert outcome.request_id == "request-7"


async def test_a_start_that_leaves_the_execution_queued_is_not_confirmed(
    endpoint: Any, link: Any, wire: Any
) -> None:
    endpoint.reaction = wire.says({"execution": EXECUTION | {"status": "QUEUED"}})

    outcome = await ask(link, "start next")

    assert type(outcome) is NotConfirmed
    assert outcome.reason.endswith("status is QUEUED, not IN_PROGRESS")


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("1700000000", 1_700_000_000.0),
        ("1700000000.25", 1_700_000_000.25),
        ("1700000000250", 1_700_000_000.25),
        ("1.70000000025e12", 1_700_000_000.25),
        ("null", None),
    ],
)
async def test_timestamps_are_read_in_seconds_and_in_milliseconds(
    endpoint: Any, link: Any, wire: Any, told: str, meant: float | None
) -> None:
    body = json.dumps({"execution": EXECUTION | {"queuedAt": 0}}).replace(
        '"queuedAt": 0', f'"queuedAt": {told}'
    )
    endpoint.reaction = wire.says(body.encode())

    outcome = await ask(link, "describe")

    assert isinstance(outcome, Done)
    assert outcome.value.queued_at == meant


@pytest.mark.parametrize("told", ["1e999", "NaN", "-Infinity", "1" + "0" * 400, '"1700000000"'])
async def test_a_timestamp_that_is_no_time_makes_a_bad_answer(
    endpoint: Any, link: Any, wire: Any, told: str
) -> None:
    body = json.dumps({"execution": EXECUTION | {"queuedAt": 0}}).replace(
        '"queuedAt": 0', f'"queuedAt": {told}'
    )
    endpoint.reaction = wire.says(body.encode())

    outcome = await ask(link, "describe")

    assert type(outcome) is Unreachable
    assert "execution.queuedAt is not a" in outcome.reason


async def test_members_that_the_service_may_leave_out_may_be_missing_or_null(
    endpoint: Any, link: Any, wire: Any
) -> None:
    nothing_else = dict.fromkeys(EXECUTION, None) | {"jobId": "job-1", "status": "QUEUED"}
    endpoint.reaction = wire.in_turn(
        wire.says({"execution": {"jobId": "job-1", "status": "QUEUED"}}),
        wire.says({"execution": nothing_else}),
    )

    missing, null = await ask(link, "describe"), await ask(link, "describe")

    assert isinstance(missing, Done)
    assert missing == null
    assert missing.value.thing_name == "gw-1"


async def test_members_that_nobody_knows_do_no_harm(endpoint: Any, link: Any, wire: Any) -> None:
    endpoint.reaction = wire.says(PENDING | {"nextToken": "x", "summary": [1]})

    outcome = await ask(link, "pending")

    assert isinstance(outcome, Done)
    assert outcome.value == PendingJobExecutions()


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Nov 2023 00:00:00 GMT"])
async def test_a_date_that_cannot_be_read_leaves_the_service_time_open(
    endpoint: Any, link: Any, wire: Any, date: str
) -> None:
    endpoint.reaction = wire.says(PENDING, Date=date)

    outcome = await ask(link, "pending")

    assert isinstance(outcome, Done)
    assert outcome.service_time is None
