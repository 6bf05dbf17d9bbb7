"""The judge of the other tests of this folder: it must be able to say no."""

import json
import uuid

import pytest
from aiohttp import web

HEADERS = {"Content-Type": "application/json", "x-amzn-RequestId": str(uuid.UUID(int=1))}
NOON = 1_795_435_200

SUMMARY = {"jobId": "first", "queuedAt": NOON, "lastUpdatedAt": NOON, "versionNumber": 1}


def execution(**members):
    good = {"jobId": "first", "thingName": "gw-1", "status": "QUEUED", "queuedAt": NOON}
    return {"execution": good | members}


def pending(**members):
    return {"inProgressJobs": [], "queuedJobs": [SUMMARY | members]}


@pytest.mark.parametrize(
    ("service", "name", "body"),
    [
        ("iot-jobs-data", "GetPendingJobExecutions", pending(executionNumber=1)),
        ("iot-jobs-data", "DescribeJobExecution", execution(statusDetails={"step": "é 1"})),
        ("iot-jobs-data", "StartNextPendingJobExecution", {}),
        ("iot", "DescribeJobExecution", {"execution": {"queuedAt": NOON + 0.125}}),
        ("iot", "DeleteJob", {}),
        ("iot", "DescribeJob", {"job": {"targets": ["arn"], "jobProcessDetails": {}}}),
    ],
)
def test_a_good_answer_does_not_deviate(service, name, body, deviations_of, operation) -> None:
    found = deviations_of(operation(service, name), 200, HEADERS, json.dumps(body).encode())
    assert found == []


@pytest.mark.parametrize(
    ("service", "name", "body", "deviation"),
    [
        ("iot-jobs-data", "GetPendingJobExecutions", pending(status="QUEUED"), "no such member"),
        ("iot-jobs-data", "GetPendingJobExecutions", pending(startedAt=None), "startedAt: null"),
        ("iot-jobs-data", "GetPendingJobExecutions", pending(queuedAt=0.5), "not a long but 0.5"),
        ("iot-jobs-data", "GetPendingJobExecutions", pending(queuedAt=True), "not a long but True"),
        ("iot-jobs-data", "GetPendingJobExecutions", pending(versionNumber=2**63), "not a long"),
        ("iot-jobs-data", "GetPendingJobExecutions", pending(jobId=""), "0 is below 1; '' does"),
        ("iot-jobs-data", "GetPendingJobExecutions", pending(jobId="x" * 65), "65 is above 64"),
        ("iot-jobs-data", "GetPendingJobExecutions", pending(jobId="a:b"), "'a:b' does not match"),
        ("iot-jobs-data", "GetPendingJobExecutions", {"queuedJobs": {}}, "not a list but {}"),
        ("iot-jobs-data", "DescribeJobExecution", execution(status="DONE"), "'DONE' is none of"),
        ("iot-jobs-data", "DescribeJobExecution", execution(jobDocument={}), "not a string but {}"),
        ("iot-jobs-data", "DescribeJobExecution", execution(statusDetails=[]), "not a map but []"),
        ("iot-jobs-data", "DescribeJobExecution", execution(statusDetails={"a": 1}), "not a str"),
        ("iot-jobs-data", "DescribeJobExecution", execution(statusDetails={"a b": "1"}), "'a b'"),
        ("iot-jobs-data", "DescribeJobExecution", execution(statusDetails={"a": "\n"}), "'\\n'"),
        ("iot-jobs-data", "DescribeJobExecution", {"execution": None}, "execution: null"),
        ("iot", "DescribeJobExecution", {"execution": {"queuedAt": "noon"}}, "not a timestamp"),
        ("iot", "DescribeJobExecution", {"execution": {"queuedAt": NOON * 1000}}, "not a timest"),
        ("iot", "DescribeJobExecution", {"execution": {"forceCanceled": 1}}, "not a boolean but 1"),
        ("iot", "DescribeJob", {"job": {"targets": []}}, "0 is below 1"),
        ("iot", "DescribeJob", {"job": {"jobExecutionsRetryConfig": {}}}, "criteriaList: required"),
        ("iot", "DeleteJob", {"jobId": "first"}, "jobId: the operation answers nothing"),
    ],
)
def test_a_wrong_member_deviates(service, name, body, deviation, deviations_of, operation) -> None:
    found = deviations_of(operation(service, name), 200, HEADERS, json.dumps(body).encode())
    assert len(found) == 1
    assert deviation in found[0]


@pytest.mark.parametrize(
    ("body", "deviation"),
    [
        (b"", "the body is not JSON"),
        (b"<html>", "the body is not JSON"),
        (b"[]", "the body is not an object"),
        (b"\xff", "the body is not JSON"),
        (b'{"queuedJobs": NaN}', "NaN is not JSON"),
        (b'{"queuedJobs": [], "queuedJobs": []}', "a member stands twice"),
    ],
)
def test_a_body_that_is_no_json_object_deviates(body, deviation, deviations_of, operation) -> None:
    answered = operation("iot-jobs-data", "GetPendingJobExecutions")
    assert deviation in deviations_of(answered, 200, HEADERS, body)[0]


@pytest.mark.parametrize("header", HEADERS)
def test_a_missing_header_deviates(header, deviations_of, operation) -> None:
    headers = {name: value for name, value in HEADERS.items() if name != header}
    found = deviations_of(operation("iot", "DeleteJob"), 200, headers, b"{}")
    assert len(found) == 1
    assert header in found[0]


@pytest.mark.parametrize(
    ("service", "name", "status", "error", "body", "deviation"),
    [
        ("iot", "DescribeJob", 404, "ResourceNotFoundException", {"message": "no"}, None),
        ("iot", "DescribeJob", 404, "ResourceNotFoundException:http://x", {"message": "no"}, None),
        ("iot", "DescribeJob", 403, "AccessDeniedException", {"message": "no"}, None),
        (
            "iot-jobs-data",
            "UpdateJobExecution",
            409,
            "VersionMismatch",
            {"message": "no", "executionState": {"status": "QUEUED", "versionNumber": 1}},
            None,
        ),
        ("iot", "DescribeJob", 410, "TerminalStateException", {"message": "no"}, "has no error"),
        ("iot", "DescribeJob", 409, "VersionMismatch", {"message": "no"}, "has no error"),
        ("iot", "DescribeJob", 404, "", {"message": "no"}, "has no error ''"),
        ("iot", "DescribeJob", 400, "ResourceNotFoundException", {"message": "no"}, "status 400"),
        ("iot", "DescribeJob", 500, "AccessDeniedException", {"message": "no"}, "status 500"),
        ("iot", "DescribeJob", 404, "ResourceNotFoundException", {}, "message: not a string"),
        ("iot", "DescribeJob", 404, "ResourceNotFoundException", {"message": 1}, "message: not"),
        (
            "iot",
            "DescribeJob",
            404,
            "ResourceNotFoundException",
            {"message": "no", "executionState": {}},
            "executionState: ResourceNotFoundException has no such member",
        ),
        (
            "iot-jobs-data",
            "UpdateJobExecution",
            400,
            "InvalidRequestException",
            {"message": "no", "executionState": {"status": "DONE"}},
            "executionState.status: 'DONE'",
        ),
    ],
)
def test_an_error_is_judged(
    service, name, status, error, body, deviation, deviations_of, operation
) -> None:
    headers = HEADERS | ({"x-amzn-ErrorType": error} if error else {})
    found = deviations_of(operation(service, name), status, headers, json.dumps(body).encode())
    assert len(found) == (deviation is not None)
    assert deviation is None or deviation in found[0]


def test_what_boto3_and_plain_requests_get_is_judged(
    emulator, jobs, ask_for, operation, check
) -> None:
    async def lie(_: web.Request) -> web.Response:
        headers = {"x-amzn-RequestId": HEADERS["x-amzn-RequestId"]}
        return web.json_response({"inProgressJobs": None}, headers=headers)

    emulator.server.intercept = lie
    jobs.get_pending_job_executions(thingName="gw-1")
    ask_for(operation("iot-jobs-data", "GetPendingJobExecutions"), "/things/gw-1/jobs")
    expected = [
        "GetPendingJobExecutions, 200: .inProgressJobs: null",
        "GetPendingJobExecutions, 200: the Content-Type is application/json; charset=utf-8",
    ]
    assert sorted(check.found) == sorted(expected * 2)
    check.found.clear()
