"""Jobs and their executions in the control plane, as boto3 asks for them."""

import pytest

from jobs_tui.emulator import RetryCriterion

NOON = 1795435200.0
THING = "arn:aws:iot:eu-west-3:999988887777:thing/gw-1"
GROUP = "arn:aws:iot:eu-west-3:999988887777:thinggroup/all"


def _moment(answered) -> float:
    return answered.timestamp()


def test_a_job_is_described_with_all_it_was_created_with(iot, clock) -> None:
    members = {
        "targets": [THING],
        "description": "restart",
        "targetSelection": "SNAPSHOT",
        "presignedUrlConfig": {
            "roleArn": "arn:aws:iam::123456789012:role/download",
            "expiresInSec": 60,
        },
        "timeoutConfig": {"inProgressTimeoutInMinutes": 5},
        "jobExecutionsRetryConfig": {
            "criteriaList": [{"failureType": "ALL", "numberOfRetries": 1}]
        },
    }
    clock.advance(0.1236)
    iot.create_job(jobId="first", document="{}", **members)
    job = iot.describe_job(jobId="first")["job"]
    assert {name: job[name] for name in members} == members
    assert (job["status"], job["isConcurrent"]) == ("IN_PROGRESS", False)
    assert _moment(job["createdAt"]) == _moment(job["lastUpdatedAt"]) == NOON + 0.124
    assert "completedAt" not in job
    assert job["jobProcessDetails"]["numberOfQueuedThings"] == 1


def test_the_document_of_a_job_is_told_as_it_was_created(iot, make_job) -> None:
    document = '{ "a": null, "url": "${aws:iot:s3-presigned-url:https://b.s3.amazonaws.com/k}" }'
    make_job("first", document=document)
    assert iot.get_job_document(jobId="first") | {"ResponseMetadata": None} == {
        "document": document,
        "ResponseMetadata": None,
    }


def test_a_snapshot_job_is_completed_when_every_thing_is_done(
    iot, account, update, make_job, clock
) -> None:
    account.create_thing("gw-2")
    account.create_job("first", ["gw-1", "gw-2"], "{}")
    update("first", "SUCCEEDED")
    assert iot.describe_job(jobId="first")["job"]["status"] == "IN_PROGRESS"
    clock.advance(10)
    account.update_job_execution("gw-2", "first", "REJECTED")
    job = iot.describe_job(jobId="first")["job"]
    assert job["status"] == "COMPLETED"
    assert _moment(job["completedAt"]) == NOON + 10
    counts = job["jobProcessDetails"]
    assert (counts["numberOfSucceededThings"], counts["numberOfRejectedThings"]) == (1, 1)


def test_a_continuous_job_is_never_completed(iot, account, update) -> None:
    account.create_job("first", ["gw-1"], "{}", continuous=True)
    update("first", "SUCCEEDED")
    assert iot.describe_job(jobId="first")["job"]["status"] == "IN_PROGRESS"


def test_jobs_are_listed_by_status_selection_and_group(iot, account, update, make_job) -> None:
    group_id = iot.create_thing_group(thingGroupName="all")["thingGroupId"]
    iot.create_job(jobId="of-group", targets=[GROUP], document="{}", targetSelection="CONTINUOUS")
    make_job("done", "canceled", "waiting")
    update("done", "SUCCEEDED")
    iot.cancel_job(jobId="canceled")

    def listed(**members) -> list[str]:
        return [each["jobId"] for each in iot.list_jobs(**members)["jobs"]]

    assert listed() == ["of-group", "done", "canceled", "waiting"]
    assert listed(status="COMPLETED") == ["done"]
    assert listed(status="CANCELED") == ["canceled"]
    assert listed(status="IN_PROGRESS", targetSelection="SNAPSHOT") == ["waiting"]
    assert listed(targetSelection="CONTINUOUS") == ["of-group"]
    assert listed(thingGroupName="all") == listed(thingGroupId=group_id) == ["of-group"]
    assert listed(thingGroupName="other") == []
    assert listed(namespaceId="aws-gg-deployment") == []
    page = iot.list_jobs(maxResults=3)
    assert listed(nextToken=page["nextToken"]) == ["waiting"]


def test_canceling_a_job_tells_why_and_leaves_what_is_in_progress(
    iot, make_job, account, update, pending
) -> None:
    account.create_thing("gw-2")
    account.create_job("first", ["gw-1", "gw-2"], "{}", description="d")
    update("first", "IN_PROGRESS")
    answer = iot.cancel_job(jobId="first", reasonCode="WRONG_FILE", comment="see ticket 7")
    assert (answer["jobId"], answer["description"]) == ("first", "d")
    assert (pending("gw-1"), pending("gw-2")) == ((["first"], []), ([], []))
    job = iot.describe_job(jobId="first")["job"]
    assert (job["status"], job["reasonCode"], job["comment"], job["forceCanceled"]) == (
        "CANCELED",
        "WRONG_FILE",
        "see ticket 7",
        False,
    )
    assert update("first", "SUCCEEDED")["status"] == "SUCCEEDED"


def test_force_cancels_what_is_in_progress_too(iot, make_job, update, pending, refused) -> None:
    make_job("first")
    update("first", "IN_PROGRESS")
    iot.cancel_job(jobId="first", force=True)
    assert pending() == ([], [])
    assert refused(update, "first", "SUCCEEDED")[:2] == (409, "InvalidStateTransitionException")
    execution = iot.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    assert (execution["status"], execution["forceCanceled"]) == ("CANCELED", True)


def test_a_canceled_job_can_be_canceled_once_more_by_force_only(
    iot, make_job, update, refused, pending
) -> None:
    make_job("first")
    update("first", "IN_PROGRESS")
    iot.cancel_job(jobId="first")
    assert refused(iot.cancel_job, jobId="first")[:2] == (400, "InvalidRequestException")
    iot.cancel_job(jobId="first", force=True)
    assert pending() == ([], [])


def test_a_completed_job_cannot_be_canceled(iot, make_job, update, refused) -> None:
    make_job("first")
    update("first", "SUCCEEDED")
    status, code, message = refused(iot.cancel_job, jobId="first", force=True)
    assert (status, code) == (400, "InvalidRequestException")
    assert "COMPLETED" in message


def test_nothing_of_a_canceled_job_is_retried(iot, make_job, update, pending) -> None:
    make_job("first", retry_criteria=[RetryCriterion("ALL", 5)])
    update("first", "IN_PROGRESS")
    iot.cancel_job(jobId="first")
    update("first", "FAILED")
    assert pending() == ([], [])


@pytest.mark.parametrize(
    "members",
    [
        {"reasonCode": "lower"},
        {"reasonCode": "R" * 129},
        {"reasonCode": ""},
        {"comment": "two\nlines"},
        {"comment": "c" * 2029},
        {"jobId": "a b"},
    ],
)
def test_a_cancellation_is_refused_with(members, iot, make_job, refused) -> None:
    make_job("first")
    request = {"jobId": "first", **members}
    assert refused(iot.cancel_job, **request)[:2] == (400, "InvalidRequestException")


def test_only_a_job_that_has_ended_is_deleted_without_force(
    iot, make_job, update, refused, pending, jobs
) -> None:
    make_job("first")
    status, code, _ = refused(iot.delete_job, jobId="first")
    assert (status, code) == (409, "InvalidStateTransitionException")
    update("first", "SUCCEEDED")
    iot.delete_job(jobId="first")
    assert iot.list_jobs()["jobs"] == []
    described = {"thingName": "gw-1", "jobId": "first"}
    for operation in (jobs.describe_job_execution, iot.describe_job_execution):
        assert refused(operation, **described)[:2] == (404, "ResourceNotFoundException")
    make_job("first")
    assert pending() == ([], ["first"])
    iot.delete_job(jobId="first", force=True)
    assert pending() == ([], [])


@pytest.mark.parametrize(
    "operation",
    ["describe_job", "get_job_document", "cancel_job", "delete_job", "list_job_executions_for_job"],
)
def test_a_job_that_does_not_exist_is_not_found(operation, iot, refused) -> None:
    status, code, _ = refused(getattr(iot, operation), jobId="nothing")
    assert (status, code) == (404, "ResourceNotFoundException")
    status, code, _ = refused(getattr(iot, operation), jobId="no.thing")
    assert (status, code) == (400, "InvalidRequestException")


def test_an_execution_is_canceled_with_details_on_the_version_that_was_seen(
    iot, make_job, refused
) -> None:
    make_job("first")
    cancel = {"thingName": "gw-1", "jobId": "first", "statusDetails": {"by": "me"}}
    assert refused(iot.cancel_job_execution, **cancel, expectedVersion=4) == (
        409,
        "VersionConflictException",
        "Expected version 4 but found version 1",
    )
    iot.cancel_job_execution(**cancel, expectedVersion=1)
    execution = iot.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    assert execution["status"] == "CANCELED"
    assert execution["statusDetails"] == {"detailsMap": {"by": "me"}}


def test_one_in_progress_is_canceled_by_force_only(iot, make_job, update, refused) -> None:
    make_job("first")
    update("first", "IN_PROGRESS")
    cancel = {"thingName": "gw-1", "jobId": "first"}
    status, code, _ = refused(iot.cancel_job_execution, **cancel)
    assert (status, code) == (409, "InvalidStateTransitionException")
    iot.cancel_job_execution(**cancel, force=True)


def test_the_control_plane_tells_how_a_finished_execution_ended(
    iot, make_job, update, clock
) -> None:
    make_job("first")
    clock.advance(1.5)
    update("first", "FAILED", statusDetails={"reason": "disk full"})
    execution = iot.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    times = {name: _moment(execution.pop(name)) for name in ("queuedAt", "lastUpdatedAt")}
    assert times == {"queuedAt": NOON, "lastUpdatedAt": NOON + 1.5}
    assert execution == {
        "jobId": "first",
        "status": "FAILED",
        "forceCanceled": False,
        "statusDetails": {"detailsMap": {"reason": "disk full"}},
        "thingArn": "arn:aws:iot:us-east-1:123456789012:thing/gw-1",
        "executionNumber": 1,
        "versionNumber": 2,
    }


def test_the_control_plane_tells_the_remaining_time(iot, make_job, update) -> None:
    make_job("first", in_progress_timeout_in_minutes=20)
    update("first", "IN_PROGRESS")
    execution = iot.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    assert execution["approximateSecondsBeforeTimedOut"] == 1200


def test_every_try_is_listed_for_thing_and_job(iot, make_job, update, account) -> None:
    make_job("first", retry_criteria=[RetryCriterion("FAILED", 1)])
    make_job("second")
    update("first", "FAILED")
    listed = iot.list_job_executions_for_thing(thingName="gw-1")["executionSummaries"]
    shown = [
        (
            each["jobId"],
            each["jobExecutionSummary"]["status"],
            each["jobExecutionSummary"]["executionNumber"],
            each["jobExecutionSummary"].get("retryAttempt"),
        )
        for each in listed
    ]
    assert sorted(shown, key=str) == [
        ("first", "FAILED", 1, None),
        ("first", "QUEUED", 2, 1),
        ("second", "QUEUED", 1, None),
    ]
    listed = iot.list_job_executions_for_job(jobId="first")["executionSummaries"]
    assert [each["thingArn"] for each in listed] == [
        THING.replace("eu-west-3:999988887777", "us-east-1:123456789012")
    ] * 2
    assert [each["jobExecutionSummary"]["executionNumber"] for each in listed] == [1, 2]


def test_executions_are_listed_by_status_and_job(iot, make_job, update) -> None:
    make_job("first", "second", "third")
    update("second", "SUCCEEDED")

    def of_thing(**members) -> list[str]:
        answer = iot.list_job_executions_for_thing(thingName="gw-1", **members)
        return [each["jobId"] for each in answer["executionSummaries"]]

    assert of_thing(status="QUEUED") == ["first", "third"]
    assert of_thing(jobId="third") == ["third"]
    assert of_thing(namespaceId="other") == []
    assert of_thing(maxResults=2) == ["first", "second"]
    of_job = iot.list_job_executions_for_job(jobId="second", status="QUEUED")
    assert of_job["executionSummaries"] == []


@pytest.mark.parametrize(
    ("members", "status"),
    [
        ({"status": "DONE"}, 400),
        ({"jobId": "a b"}, 400),
        ({"maxResults": 251}, 400),
        ({"thingName": "a b"}, 400),
        ({"thingName": "nobody"}, 404),
    ],
)
def test_a_list_of_executions_is_refused_with(members, status, iot, refused) -> None:
    request = {"thingName": "gw-1", **members}
    assert refused(iot.list_job_executions_for_thing, **request)[0] == status


def test_a_job_for_a_group_reaches_its_things_and_those_below(iot, pending) -> None:
    for name in ("all", "north"):
        parent = {} if name == "all" else {"parentGroupName": "all"}
        iot.create_thing_group(thingGroupName=name, **parent)
    iot.create_thing(thingName="gw-2")
    iot.add_thing_to_thing_group(thingName="gw-1", thingGroupName="all")
    iot.add_thing_to_thing_group(thingName="gw-2", thingGroupName="north")
    iot.create_job(jobId="first", targets=[GROUP, THING], document="{}")
    assert pending("gw-1") == pending("gw-2") == ([], ["first"])
