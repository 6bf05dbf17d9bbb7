"""States, versions and order of job executions."""

from itertools import product

import pytest

SETTABLE = ("IN_PROGRESS", "SUCCEEDED", "FAILED", "REJECTED")
TERMINAL = ("SUCCEEDED", "FAILED", "REJECTED", "TIMED_OUT", "CANCELED", "REMOVED")


@pytest.fixture
def end(iot, update, clock):
    """Make an execution of `first` and take it to a terminal status; returns its version then."""

    def take(ended: str) -> int:
        member = {"thingName": "gw-1", "thingGroupName": "site"}
        group = iot.create_thing_group(thingGroupName="site")["thingGroupArn"]
        iot.add_thing_to_thing_group(**member)
        iot.create_job(jobId="first", targets=[group], document="{}", targetSelection="CONTINUOUS")
        if ended == "REMOVED":
            iot.remove_thing_from_thing_group(**member)
            return 1
        if ended == "CANCELED":
            iot.cancel_job_execution(thingName="gw-1", jobId="first")
            return 1
        if ended == "TIMED_OUT":
            update("first", "IN_PROGRESS", stepTimeoutInMinutes=1)
            clock.advance(60)
            return 2
        return update("first", ended)["versionNumber"]

    return take


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
def test_nothing_follows_a_terminal_state(ended, wanted, end, update, refused) -> None:
    end(ended)
    status, code, message = refused(update, "first", wanted)
    assert (status, code) == (409, "InvalidStateTransitionException")
    assert ended in message


@pytest.mark.parametrize("before", ["QUEUED", "IN_PROGRESS"])
@pytest.mark.parametrize("status", ["QUEUED", "CANCELED", "TIMED_OUT", "REMOVED"])
def test_a_device_may_not_set(status, before, update, make_job, refused, jobs) -> None:
    make_job("first")
    if before == "IN_PROGRESS":
        jobs.start_next_pending_job_execution(thingName="gw-1")
    version = {"QUEUED": 1, "IN_PROGRESS": 2}[before]
    assert refused(update, "first", status) == (
        409,
        "InvalidStateTransitionException",
        f"The status of job execution cannot be changed to be {status}",
    )
    execution = jobs.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    assert (execution["status"], execution["versionNumber"]) == (before, version)


@pytest.mark.parametrize("ended", TERMINAL)
def test_a_finished_execution_leaves_the_list_and_cannot_be_described(
    ended, end, pending, jobs, refused
) -> None:
    end(ended)
    assert pending() == ([], [])
    assert refused(jobs.describe_job_execution, thingName="gw-1", jobId="first") == (
        410,
        "TerminalStateException",
        "Job Execution has reached terminal state. It is neither IN_PROGRESS nor QUEUED",
    )


@pytest.mark.parametrize("ended", TERMINAL)
def test_the_control_plane_tells_the_final_status_and_the_version_that_devices_left(
    ended, end, iot
) -> None:
    version = end(ended)
    execution = iot.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    assert (execution["status"], execution["versionNumber"]) == (ended, version)


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


def test_what_was_canceled_by_force_cannot_be_finished_by_the_device(
    iot, make_job, update, refused
) -> None:
    make_job("first")
    update("first", "IN_PROGRESS")
    cancel = {"thingName": "gw-1", "jobId": "first"}
    assert refused(iot.cancel_job_execution, **cancel) == (
        409,
        "InvalidStateTransitionException",
        "The job execution is IN_PROGRESS and cannot be canceled",
    )
    iot.cancel_job_execution(**cancel, force=True)
    assert refused(update, "first", "SUCCEEDED")[:2] == (409, "InvalidStateTransitionException")


@pytest.mark.parametrize("ended", TERMINAL)
def test_what_has_ended_cannot_be_canceled_even_by_force(ended, end, iot, refused) -> None:
    end(ended)
    cancel = {"thingName": "gw-1", "jobId": "first", "force": True}
    status, code, message = refused(iot.cancel_job_execution, **cancel)
    assert (status, code) == (409, "InvalidStateTransitionException")
    assert message.endswith(f"{ended} and cannot be canceled")


@pytest.mark.parametrize("way_out", [*TERMINAL[:3], "TIMED_OUT", "CANCELED"])
def test_one_stuck_in_progress_stands_before_all_others_until_it_has_ended(
    way_out, iot, jobs, make_job, update, clock
) -> None:
    make_job("stuck", in_progress_timeout_in_minutes=30)
    make_job("behind")

    def next_up() -> str:
        return jobs.start_next_pending_job_execution(thingName="gw-1")["execution"]["jobId"]

    assert [next_up(), next_up()] == ["stuck", "stuck"]
    if way_out == "TIMED_OUT":
        clock.advance(1800)
    elif way_out == "CANCELED":
        iot.cancel_job_execution(thingName="gw-1", jobId="stuck", force=True)
    else:
        update("stuck", way_out)
    assert next_up() == "behind"


def test_of_two_writers_the_one_who_did_not_see_the_others_update_is_refused(
    jobs, update, make_job, refused
) -> None:
    make_job("first")
    seen = jobs.start_next_pending_job_execution(thingName="gw-1")["execution"]["versionNumber"]
    update("first", "IN_PROGRESS", expectedVersion=seen)
    assert refused(update, "first", "FAILED", expectedVersion=seen)[2] == (
        "Expected version 2 but found version 3"
    )
    assert update("first", "FAILED")["versionNumber"] == 4


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


def test_a_job_that_timed_out_is_forgotten_although_nobody_has_looked(
    account, make_job, clock
) -> None:
    make_job("slow", in_progress_timeout_in_minutes=1)
    account.start_next_pending_job_execution("gw-1")
    clock.advance(300)
    account.forget_finished(clock.now() - 239)
    assert account.list_jobs() == []
