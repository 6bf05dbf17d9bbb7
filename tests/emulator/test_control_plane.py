"""Putting work in, as boto3 does it: CreateThing, CreateJob, and what is not supported."""

import re

import pytest

from jobs_tui.emulator.wire.operations import LINES

THING = "arn:aws:iot:eu-west-3:999988887777:thing/gw-1"


@pytest.fixture
def create(iot):
    def call(job_id: str = "first", **members):
        request = {"targets": [THING], "document": '{"operation":"reboot"}', **members}
        return iot.create_job(jobId=job_id, **request)

    return call


def test_create_thing_answers_name_arn_and_id(iot, pending) -> None:
    answer = iot.create_thing(thingName="site:1")
    assert answer["thingName"] == "site:1"
    assert answer["thingArn"] == "arn:aws:iot:us-east-1:123456789012:thing/site:1"
    assert re.fullmatch(r"[0-9a-f-]{36}", answer["thingId"])


def test_creating_the_same_thing_again_is_no_error(iot) -> None:
    request = {"thingName": "gw-2", "attributePayload": {"attributes": {"site": "lyon"}}}
    assert iot.create_thing(**request)["thingId"] == iot.create_thing(**request)["thingId"]


def test_creating_another_thing_of_the_same_name_is_refused(iot, refused) -> None:
    other = {"attributes": {"site": "lyon"}}
    status, code, _ = refused(iot.create_thing, thingName="gw-1", attributePayload=other)
    assert (status, code) == (409, "ResourceAlreadyExistsException")


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"thingName": "a b"}, (400, "InvalidRequestException")),
        ({"thingName": "n" * 129}, (400, "InvalidRequestException")),
        (
            {"thingName": "gw-2", "attributePayload": {"attributes": {"a b": "c"}}},
            (400, "InvalidRequestException"),
        ),
        (
            {"thingName": "gw-2", "attributePayload": {"attributes": {"a": "c d"}}},
            (400, "InvalidRequestException"),
        ),
        ({"thingName": "gw-2", "thingTypeName": "meter"}, (404, "ResourceNotFoundException")),
        ({"thingName": "gw-2", "billingGroupName": "x"}, (404, "ResourceNotFoundException")),
    ],
)
def test_a_thing_is_refused_with(members, expected, iot, refused) -> None:
    status, code, _ = refused(iot.create_thing, **members)
    assert (status, code) == expected


def test_create_job_puts_an_execution_in_the_queue_of_each_target(iot, create, pending) -> None:
    iot.create_thing(thingName="gw-2")
    answer = create(targets=[THING, THING.replace("gw-1", "gw-2")], description="restart all")
    assert answer["jobId"] == "first"
    assert answer["jobArn"] == "arn:aws:iot:us-east-1:123456789012:job/first"
    assert answer["description"] == "restart all"
    assert pending("gw-1") == pending("gw-2") == ([], ["first"])


def test_create_job_takes_timeout_retries_and_life_of_urls(create, jobs, clock) -> None:
    placeholder = "${aws:iot:s3-presigned-url:https://b.s3.amazonaws.com/k}"
    create(
        document=f'"{placeholder}"',
        timeoutConfig={"inProgressTimeoutInMinutes": 5},
        jobExecutionsRetryConfig={
            "criteriaList": [{"failureType": "TIMED_OUT", "numberOfRetries": 1}]
        },
        presignedUrlConfig={
            "roleArn": "arn:aws:iam::123456789012:role/download",
            "expiresInSec": 60,
        },
        targetSelection="SNAPSHOT",
    )
    started = jobs.start_next_pending_job_execution(thingName="gw-1")["execution"]
    assert started["approximateSecondsBeforeTimedOut"] == 300
    assert "X-Amz-Expires=60&" in started["jobDocument"]
    clock.advance(300)
    again = jobs.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    assert (again["status"], again["executionNumber"]) == ("QUEUED", 2)


def test_a_job_is_created_once(create, refused) -> None:
    create()
    assert refused(create)[:2] == (409, "ResourceAlreadyExistsException")


@pytest.mark.parametrize("kind", ["thing/nobody", "thinggroup/all"])
def test_a_target_that_does_not_exist_is_not_found(kind, create, refused, pending) -> None:
    missing = f"arn:aws:iot:eu-west-3:999988887777:{kind}"
    assert refused(create, targets=[THING, missing])[:2] == (404, "ResourceNotFoundException")
    assert pending() == ([], [])


def _retries(*criteria: tuple) -> dict:
    listed = [{"failureType": kind, "numberOfRetries": number} for kind, number in criteria]
    return {"jobExecutionsRetryConfig": {"criteriaList": listed}}


@pytest.mark.parametrize(
    "members",
    [
        {"targets": []},
        {"targets": None},
        {"targets": ["gw-1"]},
        {"targets": [1]},
        {"targets": "arn:aws:iot:eu-west-3:999988887777:thing/gw-1"},
        {"targets": [THING] * 101},
        {"targets": [THING + "\n"]},
        {"document": None},
        {"document": "not json"},
        {"document": {"operation": "reboot"}},
        {"description": "two\nlines"},
        {"targetSelection": "SOMETIMES"},
        {"timeoutConfig": {"inProgressTimeoutInMinutes": 0}},
        {"timeoutConfig": {"inProgressTimeoutInMinutes": 10081}},
        {"timeoutConfig": {"inProgressTimeoutInMinutes": "5"}},
        {"timeoutConfig": []},
        {"presignedUrlConfig": {"expiresInSec": 59}},
        {"presignedUrlConfig": {"expiresInSec": 3601}},
        {"jobExecutionsRetryConfig": {}},
        {"jobExecutionsRetryConfig": {"criteriaList": [{"failureType": "FAILED"}]}},
        {"jobExecutionsRetryConfig": {"criteriaList": ["FAILED"]}},
        _retries(("REJECTED", 1)),
        _retries(("FAILED", 11)),
        _retries(("FAILED", -1)),
        _retries(("FAILED", 6), ("TIMED_OUT", 5)),
        _retries(("FAILED", 1), ("FAILED", 2)),
        _retries(("FAILED", 1), ("TIMED_OUT", 1), ("ALL", 1)),
        {"documentSource": "https://bucket.s3.amazonaws.com/document"},
        {"abortConfig": {"criteriaList": []}},
        {"schedulingConfig": {"startTime": "2026-12-01T00:00"}},
    ],
)
def test_a_job_is_invalid_with(members, ask, pending) -> None:
    request = {"targets": [THING], "document": "{}", **members}
    answer = ask("PUT", "/jobs/first", request)
    assert (answer.status, answer.headers["x-amzn-ErrorType"]) == (400, "InvalidRequestException")
    assert pending() == ([], [])


@pytest.mark.parametrize("job_id", ["a.b", "n" * 65, "a b", "$next"])
def test_a_job_id_is_invalid(job_id, create, refused) -> None:
    assert refused(create, job_id)[:2] == (400, "InvalidRequestException")


def test_what_the_emulator_does_not_play_is_refused_by_its_name(iot, refused) -> None:
    for call, members, name in (
        (iot.list_billing_groups, {}, "ListBillingGroups"),
        (iot.describe_thing, {"thingName": "gw-1"}, "DescribeThing"),
        (iot.update_job, {"jobId": "first"}, "UpdateJob"),
        (iot.get_topic_rule_destination, {"arn": "arn:a/b:c"}, "GetTopicRuleDestination"),
    ):
        assert refused(call, **members) == (
            404,
            "UnknownOperationException",
            f"The emulator does not support {name}",
        )


def test_the_table_of_operations_is_that_of_the_service_models(jobs, iot) -> None:
    for client, plane in ((jobs, "iot-jobs-data"), (iot, "iot")):
        model = client.meta.service_model
        for operation in LINES[plane]():
            method, path, name = operation.split()
            http = model.operation_model(name).http
            assert (method, path) == (http["method"], http["requestUri"])


def test_what_is_signed_for_one_plane_is_not_answered_by_the_other(iot, jobs, make_job) -> None:
    make_job("first")
    listed = iot.list_job_executions_for_thing(thingName="gw-1")
    assert [each["jobId"] for each in listed["executionSummaries"]] == ["first"]
    described = iot.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    assert described["thingArn"].endswith(":thing/gw-1")
    described = jobs.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    assert described["thingName"] == "gw-1"


def test_what_is_not_signed_is_understood_too(ask, pending) -> None:
    assert ask("POST", "/things/gw-2").status == 200
    target = "arn:aws:iot:us-east-1:123456789012:thing/gw-2"
    assert ask("PUT", "/jobs/first", {"targets": [target], "document": "{}"}).status == 200
    assert pending("gw-2") == ([], ["first"])
