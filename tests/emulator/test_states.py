"""States, versions and order of job executions."""

from itertools import product

import pytest

SETTABLE = ("IN_PROGRESS", "SUCCEEDED", "FAILED", "REJECTED")
TERMINAL = ("SUCCEEDED", "FAILED", "REJECTED")


def test_a_new_execution_is_queued_at_version_1(jobs, make_job) -> None:
    make_job("first")
    execution = jobs.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    assert (execution["status"], execution["versionNumber"]) == ("QUEUED", 1)


@pytest.mark.parametrize("status", SETTABLE)
def test_a_device_may_take_a_queued_execution_to(status, update, make_job) -> None:
    make_job("first")
    assert update("first", status) == {"status": status, "versionNumber": 2}


@pytest.mark.parametrize("status", SETTABLE)
def test_a_device_may_take_an_execution_in_progress_to(status, update, make_job) -> None:
    make_job("first")
    update("first", "IN_PROGRESS")
    assert update("first", status) == {"status": status, "versionNumber": 3}


@pytest.mark.parametrize(("ended", "wanted"), product(TERMINAL, SETTABLE))
def test_nothing_follows_a_terminal_state(ended, wanted, update, make_job, refused) -> None:
    make_job("first")
    update("first", ended)
    status, code, _ = refused(update, "first", wanted)
    assert (status, code) == (409, "InvalidStateTransitionException")


@pytest.mark.parametrize("status", ["QUEUED", "CANCELED", "TIMED_OUT", "REMOVED"])
def test_a_device_may_not_set(status, update, make_job, refused, jobs) -> None:
    make_job("first")
    assert refused(update, "first", status) == (
        409,
        "InvalidStateTransitionException",
        f"The status of job execution cannot be changed to be {status}",
    )
    execution = jobs.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    assert (execution["status"], execution["versionNumber"]) == ("QUEUED", 1)


@pytest.mark.parametrize("ended", TERMINAL)
def test_a_finished_execution_leaves_the_list_and_cannot_be_described(
    ended, update, make_job, pending, jobs, refused
) -> None:
    make_job("first")
    update("first", ended)
    assert pending() == ([], [])
    assert refused(jobs.describe_job_execution, thingName="gw-1", jobId="first") == (
        410,
        "TerminalStateException",
        "Job Execution has reached terminal state. It is neither IN_PROGRESS nor QUEUED",
    )


def test_each_accepted_update_counts_the_version_up_by_one(update, make_job) -> None:
    make_job("first")
    versions = [update("first", "IN_PROGRESS")["versionNumber"] for _ in range(3)]
    assert versions == [2, 3, 4]


def test_a_start_that_starts_nothing_does_not_count_the_version_up(jobs, make_job) -> None:
    make_job("first")
    versions = [
        jobs.start_next_pending_job_execution(thingName="gw-1")["execution"]["versionNumber"]
        for _ in range(3)
    ]
    assert versions == [2, 2, 2]


def test_a_refused_update_changes_nothing(update, make_job, refused, jobs) -> None:
    make_job("first")
    update("first", "IN_PROGRESS", statusDetails={"progress": "40"})
    before = jobs.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    refused(update, "first", "FAILED", expectedVersion=1, statusDetails={"reason": "x"})
    refused(update, "first", "NONSENSE")
    refused(update, "first", "FAILED", statusDetails={"reason": "two\nlines"})
    assert jobs.describe_job_execution(thingName="gw-1", jobId="first")["execution"] == before


def test_the_expected_version_lets_an_update_through(update, make_job) -> None:
    make_job("first")
    assert update("first", "IN_PROGRESS", expectedVersion=1)["versionNumber"] == 2
    assert update("first", "SUCCEEDED", expectedVersion=2)["versionNumber"] == 3


def test_a_stale_version_is_an_invalid_request_and_tells_both_versions(
    update, make_job, refused
) -> None:
    make_job("first")
    update("first", "IN_PROGRESS")
    update("first", "IN_PROGRESS")
    assert refused(update, "first", "SUCCEEDED", expectedVersion=1) == (
        400,
        "InvalidRequestException",
        "Expected version 1 but found version 3",
    )


def test_a_stale_version_can_be_made_a_conflict(new_account, update, refused) -> None:
    account = new_account(version_mismatch_status=409)
    account.create_thing("gw-1")
    account.create_job("first", ["gw-1"], "{}")
    assert refused(update, "first", "SUCCEEDED", expectedVersion=3) == (
        409,
        "VersionMismatch",
        "Expected version 3 but found version 1",
    )


def test_what_is_in_progress_comes_first_and_each_list_is_in_order_of_creation(
    update, make_job, pending, clock
) -> None:
    for job_id in ("a", "b", "c", "d"):
        make_job(job_id)
        clock.advance(10)
    update("d", "IN_PROGRESS")
    update("b", "IN_PROGRESS")
    assert pending() == (["b", "d"], ["a", "c"])


def test_next_is_the_first_in_progress_even_if_an_older_one_is_queued(
    jobs, update, make_job
) -> None:
    make_job("old", "new")
    update("new", "IN_PROGRESS")
    described = jobs.describe_job_execution(thingName="gw-1", jobId="$next")
    started = jobs.start_next_pending_job_execution(thingName="gw-1")
    assert described["execution"]["jobId"] == started["execution"]["jobId"] == "new"


def test_an_update_may_start_a_second_one_beside_the_first(update, make_job, pending) -> None:
    make_job("first", "second")
    update("first", "IN_PROGRESS")
    update("second", "IN_PROGRESS")
    assert pending() == (["first", "second"], [])


def test_ten_are_listed_at_most_those_in_progress_first(update, make_job, pending) -> None:
    make_job(*(f"job-{number:02d}" for number in range(14)))
    update("job-12", "IN_PROGRESS")
    in_progress, queued = pending()
    assert in_progress == ["job-12"]
    assert queued == [f"job-{number:02d}" for number in range(9)]


def test_things_do_not_see_each_others_executions(account, make_job, pending, update) -> None:
    account.create_thing("gw-2")
    account.create_job("both", ["gw-1", "gw-2"], "{}")
    update("both", "SUCCEEDED")
    assert pending("gw-1") == ([], [])
    assert pending("gw-2") == ([], ["both"])


def test_a_queued_execution_can_be_canceled(account, make_job, pending, jobs, refused) -> None:
    make_job("first")
    account.cancel_job_execution("gw-1", "first")
    assert pending() == ([], [])
    assert refused(jobs.describe_job_execution, thingName="gw-1", jobId="first")[0] == 410


def test_one_in_progress_is_canceled_only_by_force(account, make_job, update, refused) -> None:
    make_job("first")
    update("first", "IN_PROGRESS")
    with pytest.raises(Exception, match="cannot be canceled") as caught:
        account.cancel_job_execution("gw-1", "first")
    assert caught.value.code == "InvalidStateTransitionException"
    account.cancel_job_execution("gw-1", "first", force=True)
    assert refused(update, "first", "SUCCEEDED")[:2] == (409, "InvalidStateTransitionException")


def test_what_has_ended_cannot_be_canceled_even_by_force(account, make_job, update) -> None:
    make_job("first")
    update("first", "SUCCEEDED")
    with pytest.raises(Exception, match="SUCCEEDED and cannot be canceled"):
        account.cancel_job_execution("gw-1", "first", force=True)


def test_finished_jobs_can_be_forgotten_and_pending_ones_cannot(
    account, make_job, update, clock, jobs, refused, pending
) -> None:
    make_job("done", "waiting")
    update("done", "SUCCEEDED")
    clock.advance(60)
    account.forget_finished(clock.now() - 60)
    assert refused(jobs.describe_job_execution, thingName="gw-1", jobId="done")[0] == 410
    account.forget_finished(clock.now() - 59)
    assert refused(jobs.describe_job_execution, thingName="gw-1", jobId="done")[0] == 404
    assert pending() == ([], ["waiting"])
