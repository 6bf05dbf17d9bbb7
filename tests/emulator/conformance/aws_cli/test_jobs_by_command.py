"""Things, groups and jobs through the AWS CLI, the commands as people type them."""

import json
from datetime import UTC, datetime

import pytest

pytestmark = pytest.mark.slow

NOON = int(datetime(2026, 11, 23, 12, 0, tzinfo=UTC).timestamp())
"""When the clock of each test starts."""


def test_things_are_created_and_listed(aws) -> None:
    created = aws("iot create-thing --thing-name edge-1 --attribute-payload attributes={model=x2}")
    assert created["thingName"] == "edge-1"
    assert created["thingArn"].endswith(":thing/edge-1")
    listed = {each["thingName"]: each for each in aws("iot list-things")["things"]}
    assert set(listed) == {"gw-1", "edge-1"}
    assert listed["edge-1"]["attributes"] == {"model": "x2"}
    assert listed["edge-1"]["thingArn"] == created["thingArn"]


def test_things_come_and_go_in_a_group(aws) -> None:
    aws("iot create-thing --thing-name edge-1")
    created = aws(
        """iot create-thing-group --thing-group-name fleet
        --thing-group-properties 'thingGroupDescription="All of them"'"""
    )
    assert created["thingGroupName"] == "fleet"
    assert created["thingGroupArn"].endswith(":thinggroup/fleet")
    for name in ("gw-1", "edge-1"):
        aws(f"iot add-thing-to-thing-group --thing-group-name fleet --thing-name {name}")
    listed = aws("iot list-things-in-thing-group --thing-group-name fleet")
    assert sorted(listed["things"]) == ["edge-1", "gw-1"]
    aws("iot remove-thing-from-thing-group --thing-group-name fleet --thing-name gw-1")
    listed = aws("iot list-things-in-thing-group --thing-group-name fleet")
    assert listed["things"] == ["edge-1"]


def test_things_are_found_by_a_query(aws, fleet) -> None:
    aws("iot create-thing --thing-name meter-1 --attribute-payload attributes={site=lyon}")
    told = aws("""
        iot search-index --query-string 'thingName:edge-* AND NOT thingGroupNames:fleet'
        --index-name AWS_Things --max-results 5 --query-version 2017-09-30
        """)
    assert [each["thingName"] for each in told["things"]] == ["edge-2"]
    told = aws("iot search-index --query-string 'attributes.site:LYON OR thingGroupNames:fleet'")
    assert [each["thingName"] for each in told["things"]] == ["edge-1", "meter-1"]
    assert told["things"][0]["thingGroupNames"] == ["fleet"]
    assert told["things"][1]["attributes"] == {"site": "lyon"}


def test_a_job_is_told_as_it_was_created(aws, fleet, clock) -> None:
    clock.advance(0.125)
    document = '{"operation": "install", "version": 3}'
    created = aws(f"""
        iot create-job --job-id firmware-3 --targets {fleet["edge-2"]} {fleet["fleet"]}
        --document '{document}' --description 'Firmware 3' --target-selection CONTINUOUS
        --timeout-config inProgressTimeoutInMinutes=60
        --job-executions-retry-config 'criteriaList=[{{failureType=FAILED,numberOfRetries=2}}]'
        --presigned-url-config
            roleArn=arn:aws:iam::123456789012:role/urls,expiresInSec=300
        """)
    assert (created["jobId"], created["description"]) == ("firmware-3", "Firmware 3")
    assert created["jobArn"].endswith(":job/firmware-3")
    job = aws("iot describe-job --job-id firmware-3")["job"]
    counts = job.pop("jobProcessDetails")
    assert counts["numberOfQueuedThings"] == 2
    assert counts.get("numberOfSucceededThings", 0) == 0
    expected = {
        **created,
        "status": "IN_PROGRESS",
        "targets": [fleet["edge-2"], fleet["fleet"]],
        "targetSelection": "CONTINUOUS",
        "timeoutConfig": {"inProgressTimeoutInMinutes": 60},
        "jobExecutionsRetryConfig": {
            "criteriaList": [{"failureType": "FAILED", "numberOfRetries": 2}]
        },
        "presignedUrlConfig": {
            "roleArn": "arn:aws:iam::123456789012:role/urls",
            "expiresInSec": 300,
        },
        "createdAt": NOON + 0.125,
        "lastUpdatedAt": NOON + 0.125,
    }
    assert {name: job[name] for name in expected} == expected
    told = aws("iot get-job-document --job-id firmware-3")["document"]
    assert json.loads(told) == json.loads(document)


@pytest.mark.parametrize(
    ("force", "left"), [("", "IN_PROGRESS"), ("--no-force", "IN_PROGRESS"), ("--force", "CANCELED")]
)
def test_canceling_a_job_takes_what_is_in_progress_only_by_force(
    force, left, aws, fleet, statuses
) -> None:
    aws(f"""
        iot create-job --job-id firmware --targets {fleet["edge-1"]} {fleet["edge-2"]}
        --document '{{}}' --description 'Firmware 3'
        """)
    aws("iot-jobs-data start-next-pending-job-execution --thing-name edge-1")
    canceled = aws(f"""
        iot cancel-job --job-id firmware --reason-code WRONG_IMAGE --comment 'Built for x1' {force}
        """)
    assert (canceled["jobId"], canceled["description"]) == ("firmware", "Firmware 3")
    assert statuses("firmware") == {"edge-1": left, "edge-2": "CANCELED"}
    job = aws("iot describe-job --job-id firmware")["job"]
    assert (job["status"], job["reasonCode"]) == ("CANCELED", "WRONG_IMAGE")
    assert job["comment"] == "Built for x1"
    assert job["jobProcessDetails"]["numberOfCanceledThings"] == [1, 2][left == "CANCELED"]
    assert aws("iot list-jobs --status CANCELED")["jobs"][0]["jobId"] == "firmware"
    assert aws("iot list-jobs --status IN_PROGRESS")["jobs"] == []


def test_a_job_is_deleted_once_it_has_ended_or_by_force(aws, make, refused) -> None:
    make("canceled", "running")
    assert refused("iot delete-job --job-id canceled")[0] == "InvalidStateTransitionException"
    aws("iot cancel-job --job-id canceled")
    aws("iot delete-job --job-id canceled")
    aws("iot delete-job --job-id running --force")
    for job_id in ("canceled", "running"):
        assert refused(f"iot describe-job --job-id {job_id}")[0] == "ResourceNotFoundException"
    assert aws("iot list-jobs")["jobs"] == []
    listed = aws("iot list-job-executions-for-thing --thing-name edge-1")
    assert listed["executionSummaries"] == []


@pytest.mark.parametrize(
    ("command", "found"),
    [
        ("iot list-things", "things"),
        ("iot list-things-in-thing-group --thing-group-name fleet", "things"),
        ("iot list-jobs", "jobs"),
        ("iot list-job-executions-for-job --job-id job-1", "executionSummaries"),
        ("iot list-job-executions-for-thing --thing-name edge-1", "executionSummaries"),
    ],
)
def test_a_long_list_comes_in_pages(command, found, aws, make) -> None:
    aws("iot create-thing --thing-name edge-3")
    for name in ("edge-2", "edge-3"):
        aws(f"iot add-thing-to-thing-group --thing-group-name fleet --thing-name {name}")
    make("job-1", "job-2", "job-3", target="fleet")
    everything = aws(command)[found]
    assert len(everything) in {3, 4}
    assert aws(f"{command} --page-size 1")[found] == everything
    begin = aws(f"{command} --max-items 2 --page-size 1")
    assert begin[found] == everything[:2]
    rest = aws(f"{command} --starting-token {begin['NextToken']}")
    assert rest[found] == everything[2:]
    assert "NextToken" not in rest


def test_jobs_are_listed_by_what_they_are(aws, make, fleet) -> None:
    make("snapshot", "done")
    make("continuous", target="fleet", options="--target-selection CONTINUOUS")
    aws("""
        iot-jobs-data update-job-execution --thing-name edge-1 --job-id done --status SUCCEEDED
        """)

    def listed(options: str) -> set[str]:
        return {each["jobId"] for each in aws(f"iot list-jobs {options}")["jobs"]}

    assert listed("") == {"snapshot", "done", "continuous"}
    assert listed("--status IN_PROGRESS") == {"snapshot", "continuous"}
    assert listed("--status COMPLETED") == {"done"}
    assert listed("--target-selection CONTINUOUS") == {"continuous"}
    assert listed("--thing-group-name fleet") == {"continuous"}
