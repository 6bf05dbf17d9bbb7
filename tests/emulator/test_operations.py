"""The four operations, asked by boto3 and by plain HTTP."""

import re

import pytest


def test_pending_executions_are_listed_with_exactly_the_members_of_a_summary(
    jobs, make_job, clock
) -> None:
    make_job("first", "second")
    clock.at("12:01")
    jobs.start_next_pending_job_execution(thingName="gw-1", statusDetails={"step": "1"})
    answer = jobs.get_pending_job_executions(thingName="gw-1")
    noon = 1795435200
    assert answer["inProgressJobs"] == [
        {
            "jobId": "first",
            "queuedAt": noon,
            "startedAt": noon + 60,
            "lastUpdatedAt": noon + 60,
            "versionNumber": 2,
            "executionNumber": 1,
        }
    ]
    assert answer["queuedJobs"] == [
        {
            "jobId": "second",
            "queuedAt": noon,
            "lastUpdatedAt": noon,
            "versionNumber": 1,
            "executionNumber": 1,
        }
    ]


def test_a_thing_without_jobs_has_two_empty_lists(ask) -> None:
    assert ask("GET", "/things/gw-1/jobs").json == {"inProgressJobs": [], "queuedJobs": []}


def test_describe_tells_everything_and_leaves_out_what_has_no_value(jobs, make_job) -> None:
    make_job("first")
    execution = jobs.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    assert execution == {
        "jobId": "first",
        "thingName": "gw-1",
        "status": "QUEUED",
        "queuedAt": 1795435200,
        "lastUpdatedAt": 1795435200,
        "versionNumber": 1,
        "executionNumber": 1,
        "jobDocument": '{"operation":"reboot"}',
    }


def test_describe_tells_details_start_and_remaining_time_of_what_is_in_progress(
    jobs, make_job, clock
) -> None:
    make_job("first", in_progress_timeout_in_minutes=30)
    jobs.start_next_pending_job_execution(thingName="gw-1", statusDetails={"step": "1"})
    clock.advance(90)
    execution = jobs.describe_job_execution(
        thingName="gw-1", jobId="first", includeJobDocument=False
    )["execution"]
    assert execution == {
        "jobId": "first",
        "thingName": "gw-1",
        "status": "IN_PROGRESS",
        "statusDetails": {"step": "1"},
        "queuedAt": 1795435200,
        "startedAt": 1795435200,
        "lastUpdatedAt": 1795435200,
        "approximateSecondsBeforeTimedOut": 1710,
        "versionNumber": 2,
        "executionNumber": 1,
    }


def test_describe_includes_the_document_unless_told_otherwise(ask, make_job) -> None:
    make_job("first")
    path = "/things/gw-1/jobs/first"
    assert "jobDocument" in ask("GET", path).json["execution"]
    assert "jobDocument" in ask("GET", path + "?includeJobDocument=true").json["execution"]
    assert "jobDocument" not in ask("GET", path + "?includeJobDocument=false").json["execution"]


@pytest.mark.parametrize("next_job", ["$next", "%24next"])
def test_next_is_understood_in_both_encodings(ask, make_job, next_job) -> None:
    make_job("first")
    described = ask("GET", f"/things/gw-1/jobs/{next_job}").json["execution"]
    assert (described["jobId"], described["status"]) == ("first", "QUEUED")
    started = ask("PUT", f"/things/gw-1/jobs/{next_job}", {}).json["execution"]
    assert (started["jobId"], started["status"]) == ("first", "IN_PROGRESS")


@pytest.mark.parametrize("name", ["site:1:gw", "site%3A1%3Agw"])
def test_a_colon_in_a_thing_name_is_understood_in_both_encodings(ask, account, name) -> None:
    account.create_thing("site:1:gw")
    account.create_job("first", ["site:1:gw"], "{}")
    assert len(ask("GET", f"/things/{name}/jobs").json["queuedJobs"]) == 1


def test_boto3_reaches_a_thing_with_a_colon_in_its_name(jobs, account, pending) -> None:
    account.create_thing("site:1")
    account.create_job("first", ["site:1"], "{}")
    assert pending("site:1") == ([], ["first"])


def test_start_next_starts_the_first_queued_one_and_answers_it_with_its_document(
    jobs, make_job, clock
) -> None:
    make_job("first", "second")
    clock.at("12:01")
    answer = jobs.start_next_pending_job_execution(
        thingName="gw-1", statusDetails={"step": "1"}, stepTimeoutInMinutes=5
    )
    assert answer["execution"] == {
        "jobId": "first",
        "thingName": "gw-1",
        "status": "IN_PROGRESS",
        "statusDetails": {"step": "1"},
        "queuedAt": 1795435200,
        "startedAt": 1795435260,
        "lastUpdatedAt": 1795435260,
        "approximateSecondsBeforeTimedOut": 300,
        "versionNumber": 2,
        "executionNumber": 1,
        "jobDocument": '{"operation":"reboot"}',
    }


def test_start_next_needs_no_body(ask, make_job) -> None:
    make_job("first")
    assert ask("PUT", "/things/gw-1/jobs/$next").json["execution"]["status"] == "IN_PROGRESS"


def test_start_next_with_one_in_progress_returns_that_one_unchanged(jobs, make_job, clock) -> None:
    make_job("first", "second")
    before = jobs.start_next_pending_job_execution(
        thingName="gw-1", statusDetails={"progress": "40"}
    )["execution"]
    clock.advance(60)
    after = jobs.start_next_pending_job_execution(
        thingName="gw-1", statusDetails={"progress": "0"}, stepTimeoutInMinutes=1
    )["execution"]
    assert after == before


def test_nothing_pending_is_an_empty_object(ask) -> None:
    assert ask("PUT", "/things/gw-1/jobs/$next", {}).json == {}
    assert ask("GET", "/things/gw-1/jobs/$next").json == {}


def test_update_answers_an_empty_object_unless_more_is_asked_for(ask, make_job) -> None:
    make_job("first")
    path, report = "/things/gw-1/jobs/first", {"status": "IN_PROGRESS"}
    assert ask("POST", path, report).json == {}
    assert ask("POST", path, {**report, "includeJobExecutionState": True}).json == {
        "executionState": {"status": "IN_PROGRESS", "versionNumber": 3}
    }
    assert ask("POST", path, {**report, "includeJobDocument": True}).json == {
        "jobDocument": '{"operation":"reboot"}'
    }


def test_details_replace_all_that_were_there(update, make_job) -> None:
    make_job("first")
    update("first", "IN_PROGRESS", statusDetails={"progress": "40", "step": "2"})
    state = update("first", "IN_PROGRESS", statusDetails={"reason": "disk full"})
    assert state["statusDetails"] == {"reason": "disk full"}


def test_details_that_are_not_sent_stay_as_they_are(update, make_job) -> None:
    make_job("first")
    update("first", "IN_PROGRESS", statusDetails={"progress": "40"})
    state = update("first", "SUCCEEDED")
    assert state["statusDetails"] == {"progress": "40"}


def test_empty_details_clear_what_was_there(update, make_job) -> None:
    make_job("first")
    update("first", "IN_PROGRESS", statusDetails={"progress": "40"})
    assert "statusDetails" not in update("first", "IN_PROGRESS", statusDetails={})


def test_an_execution_number_picks_the_execution(jobs, make_job, refused) -> None:
    make_job("first")
    found = jobs.describe_job_execution(thingName="gw-1", jobId="first", executionNumber=1)
    assert found["execution"]["executionNumber"] == 1
    status, code, _ = refused(
        jobs.describe_job_execution, thingName="gw-1", jobId="first", executionNumber=2
    )
    assert (status, code) == (404, "ResourceNotFoundException")


def test_an_execution_number_has_64_bits(jobs, update, make_job, refused) -> None:
    make_job("first")
    largest = {"jobId": "first", "executionNumber": 2**63 - 1}
    describe = jobs.describe_job_execution
    assert refused(describe, thingName="gw-1", **largest)[0] == 404
    assert refused(update, status="SUCCEEDED", job_id="first", executionNumber=2**63 - 1)[0] == 404


def test_the_longest_names_that_there_may_be_are_understood(jobs, account) -> None:
    thing_name, job_id = "t:" * 64, "j" * 64
    account.create_thing(thing_name)
    account.create_job(job_id, [thing_name], "{}")
    answer = jobs.describe_job_execution(thingName=thing_name, jobId=job_id)["execution"]
    assert (answer["thingName"], answer["jobId"]) == (thing_name, job_id)


def test_commands_are_no_part_of_the_emulator(jobs, refused) -> None:
    status, code, _ = refused(
        jobs.start_command_execution,
        targetArn="arn:aws:iot:us-east-1:123456789012:thing/gw-1",
        commandArn="arn:aws:iot:us-east-1:123456789012:command/reboot",
    )
    assert (status, code) == (404, "UnknownOperationException")


def test_times_are_whole_seconds(ask, make_job, clock) -> None:
    clock.advance(0.75)
    make_job("first")
    summary = ask("GET", "/things/gw-1/jobs").json["queuedJobs"][0]
    assert summary["queuedAt"] == 1795435200
    assert type(summary["queuedAt"]) is int


def test_every_answer_has_the_date_of_the_clock_and_a_request_id(ask, clock) -> None:
    clock.at("12:34:56")
    first, second = ask("GET", "/things/gw-1/jobs"), ask("GET", "/things/g!/jobs")
    for answer in (first, second):
        assert answer.headers["Date"] == "Mon, 23 Nov 2026 12:34:56 GMT"
        assert answer.headers["Content-Type"] == "application/json"
        assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", _id(answer))
    assert _id(first) != _id(second)


def _id(answer) -> str:
    return answer.headers["x-amzn-RequestId"]


def test_a_thing_that_was_never_created_has_no_jobs(jobs, pending) -> None:
    assert pending("nobody") == ([], [])
    assert "execution" not in jobs.start_next_pending_job_execution(thingName="nobody")
    assert "execution" not in jobs.describe_job_execution(thingName="nobody", jobId="$next")


def test_a_thing_that_was_never_created_can_be_made_an_error(jobs, new_account, refused) -> None:
    new_account(unknown_thing_status=404)
    for operation in (jobs.get_pending_job_executions, jobs.start_next_pending_job_execution):
        status, code, _ = refused(operation, thingName="nobody")
        assert (status, code) == (404, "ResourceNotFoundException")
