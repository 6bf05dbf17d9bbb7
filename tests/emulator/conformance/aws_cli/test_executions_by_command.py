"""Job executions through the AWS CLI, from the device's side and from the operator's."""

import json
from datetime import UTC, datetime

import pytest

pytestmark = pytest.mark.slow

NOON = int(datetime(2026, 11, 23, 12, 0, tzinfo=UTC).timestamp())
"""When the clock of each test starts."""


def test_an_agent_works_on_a_job_until_it_has_succeeded(aws, make, clock) -> None:
    make("firmware")
    pending = aws("iot-jobs-data get-pending-job-executions --thing-name edge-1")
    assert pending["inProgressJobs"] == []
    assert [each["jobId"] for each in pending["queuedJobs"]] == ["firmware"]
    assert pending["queuedJobs"][0]["queuedAt"] == NOON
    clock.at("12:05")
    started = aws("""
        iot-jobs-data start-next-pending-job-execution --thing-name edge-1
        --status-details step=download,progress=0 --step-timeout-in-minutes 10
        """)["execution"]
    assert (started["status"], started["versionNumber"]) == ("IN_PROGRESS", 2)
    assert started["approximateSecondsBeforeTimedOut"] == 600
    assert json.loads(started["jobDocument"]) == {"operation": "reboot"}
    described = aws("""
        iot-jobs-data describe-job-execution --thing-name edge-1 --job-id firmware
        --no-include-job-document
        """)["execution"]
    assert described["statusDetails"] == {"step": "download", "progress": "0"}
    assert described["startedAt"] == NOON + 300
    assert "jobDocument" not in described
    updated = aws("""
        iot-jobs-data update-job-execution --thing-name edge-1 --job-id firmware
        --status SUCCEEDED --status-details '{"progress": "100"}' --expected-version 2
        --include-job-execution-state --include-job-document
        """)
    assert updated["executionState"] == {
        "status": "SUCCEEDED",
        "statusDetails": {"progress": "100"},
        "versionNumber": 3,
    }
    assert json.loads(updated["jobDocument"]) == {"operation": "reboot"}
    job = aws("iot describe-job --job-id firmware")["job"]
    assert (job["status"], job["completedAt"]) == ("COMPLETED", NOON + 300)
    assert job["jobProcessDetails"]["numberOfSucceededThings"] == 1


def test_the_control_plane_tells_how_an_execution_ended(aws, make, refused, clock) -> None:
    make("firmware")
    clock.advance(0.25)
    aws("iot-jobs-data start-next-pending-job-execution --thing-name edge-1")
    aws("""
        iot-jobs-data update-job-execution --thing-name edge-1 --job-id firmware --status FAILED
        --status-details reason=checksum
        """)
    command = "describe-job-execution --thing-name edge-1 --job-id firmware"
    assert refused(f"iot-jobs-data {command}")[0] == "TerminalStateException"
    execution = aws(f"iot {command}")["execution"]
    assert execution["status"] == "FAILED"
    assert execution["statusDetails"] == {"detailsMap": {"reason": "checksum"}}
    assert execution["thingArn"].endswith(":thing/edge-1")
    assert (execution["queuedAt"], execution["startedAt"]) == (NOON, NOON + 0.25)
    assert execution["lastUpdatedAt"] == NOON + 0.25


def test_every_try_of_a_job_is_listed(aws, make) -> None:
    retries = "'criteriaList=[{failureType=FAILED,numberOfRetries=1}]'"
    make("firmware", options=f"--job-executions-retry-config {retries}")
    fail = "iot-jobs-data update-job-execution --thing-name edge-1 --job-id firmware --status"
    aws(f"{fail} FAILED")
    for command in (
        "iot list-job-executions-for-thing --thing-name edge-1",
        "iot list-job-executions-for-job --job-id firmware",
    ):
        listed = [each["jobExecutionSummary"] for each in aws(command)["executionSummaries"]]
        first, second = sorted(listed, key=lambda each: each["executionNumber"])
        assert (first["status"], second["status"]) == ("FAILED", "QUEUED")
        assert "retryAttempt" not in first
        assert second["retryAttempt"] == 1
        [failed] = aws(f"{command} --status FAILED")["executionSummaries"]
        assert failed["jobExecutionSummary"] == first
    number = first["executionNumber"]
    execution = aws(f"""
        iot describe-job-execution --thing-name edge-1 --job-id firmware
        --execution-number {number}
        """)["execution"]
    assert (execution["status"], execution["executionNumber"]) == ("FAILED", number)
    aws(f"{fail} FAILED")
    assert aws("iot describe-job --job-id firmware")["job"]["status"] == "COMPLETED"


def test_a_continuous_job_follows_its_group(aws, make, statuses) -> None:
    make("snapshot", target="fleet")
    make("continuous", target="fleet", options="--target-selection CONTINUOUS")
    aws("iot add-thing-to-thing-group --thing-group-name fleet --thing-name edge-2")
    assert statuses("snapshot") == {"edge-1": "QUEUED"}
    assert statuses("continuous") == {"edge-1": "QUEUED", "edge-2": "QUEUED"}
    aws("""
        iot-jobs-data update-job-execution --thing-name edge-2 --job-id continuous
        --status IN_PROGRESS
        """)
    for name in ("edge-1", "edge-2"):
        aws(f"iot remove-thing-from-thing-group --thing-group-name fleet --thing-name {name}")
    assert statuses("snapshot") == {"edge-1": "QUEUED"}
    assert statuses("continuous") == {"edge-1": "REMOVED", "edge-2": "IN_PROGRESS"}
    job = aws("iot describe-job --job-id continuous")["job"]
    assert job["status"] == "IN_PROGRESS"
    assert job["jobProcessDetails"]["numberOfRemovedThings"] == 1
    assert job["jobProcessDetails"]["numberOfInProgressThings"] == 1


def test_one_execution_is_canceled(aws, make, refused) -> None:
    make("first", "second")
    cancel = "iot cancel-job-execution --thing-name edge-1 --job-id"
    aws(f"{cancel} second")
    aws("iot-jobs-data start-next-pending-job-execution --thing-name edge-1")
    assert refused(f"{cancel} first")[0] == "InvalidStateTransitionException"
    assert refused(f"{cancel} first --force --expected-version 1")[0] == "VersionConflictException"
    aws(f"{cancel} first --force --expected-version 2 --status-details by=operator")
    described = "iot describe-job-execution --thing-name edge-1 --job-id first"
    execution = aws(described)["execution"]
    assert (execution["status"], execution["forceCanceled"]) == ("CANCELED", True)
    assert execution["statusDetails"] == {"detailsMap": {"by": "operator"}}
    pending = aws("iot-jobs-data get-pending-job-executions --thing-name edge-1")
    assert pending == {"inProgressJobs": [], "queuedJobs": []}
