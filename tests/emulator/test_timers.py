"""In-progress timer, step timer, and what happens when they run out."""

import pytest

from jobs_tui.emulator import RetryCriterion


@pytest.fixture
def remaining(jobs):
    """Approximate seconds before `first` times out, or None."""

    def seconds() -> int | None:
        execution = jobs.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
        return execution.get("approximateSecondsBeforeTimedOut")

    return seconds


def test_the_example_of_the_developer_guide(make_job, update, clock, remaining, pending) -> None:
    make_job("first", in_progress_timeout_in_minutes=20)
    clock.at("12:00")
    update("first", "IN_PROGRESS")
    assert remaining() == 20 * 60
    clock.at("12:05")
    update("first", "IN_PROGRESS", stepTimeoutInMinutes=7)
    assert remaining() == 7 * 60  # until 12:12
    clock.at("12:10")
    update("first", "IN_PROGRESS", stepTimeoutInMinutes=5)
    assert remaining() == 5 * 60  # until 12:15
    clock.at("12:13")
    update("first", "IN_PROGRESS", stepTimeoutInMinutes=9)
    assert remaining() == 7 * 60  # not 12:22: the in-progress timer ends at 12:20
    clock.at("12:19:59")
    assert pending() == (["first"], [])
    clock.at("12:20:00")
    assert pending() == ([], [])


def test_no_timer_runs_while_an_execution_is_queued(make_job, clock, remaining, pending) -> None:
    make_job("first", in_progress_timeout_in_minutes=1)
    assert remaining() is None
    clock.at("20:00")
    assert pending() == ([], ["first"])


def test_without_a_timer_there_is_no_remaining_time(make_job, update, clock, remaining) -> None:
    make_job("first")
    update("first", "IN_PROGRESS")
    assert remaining() is None
    clock.advance(8 * 86400)
    assert remaining() is None


def test_the_in_progress_timer_starts_once_and_is_not_moved_by_updates(
    make_job, update, clock, remaining
) -> None:
    make_job("first", in_progress_timeout_in_minutes=20)
    clock.at("12:10")
    update("first", "IN_PROGRESS")
    clock.at("12:20")
    update("first", "IN_PROGRESS")
    assert remaining() == 10 * 60


@pytest.mark.parametrize("timer", ["in-progress", "step"])
@pytest.mark.parametrize("minutes", [1, 10080])
def test_a_timer_runs_from_one_minute_to_seven_days(
    timer, minutes, make_job, update, clock, remaining, pending
) -> None:
    make_job("first", in_progress_timeout_in_minutes=minutes if timer == "in-progress" else None)
    update("first", "IN_PROGRESS", **({"stepTimeoutInMinutes": minutes} if timer == "step" else {}))
    assert remaining() == 60 * minutes
    clock.advance(60 * minutes - 1)
    assert remaining() == 1
    clock.advance(1)
    assert pending() == ([], [])


def test_start_next_starts_both_timers(jobs, make_job, clock, remaining) -> None:
    make_job("first", in_progress_timeout_in_minutes=20)
    jobs.start_next_pending_job_execution(thingName="gw-1", stepTimeoutInMinutes=3)
    assert remaining() == 3 * 60


def test_an_update_without_a_step_timeout_leaves_the_step_timer_running(
    make_job, update, clock, remaining
) -> None:
    make_job("first")
    update("first", "IN_PROGRESS", stepTimeoutInMinutes=10)
    clock.at("12:04")
    update("first", "IN_PROGRESS")
    assert remaining() == 6 * 60


def test_minus_one_cancels_the_step_timer(make_job, update, remaining) -> None:
    make_job("first")
    update("first", "IN_PROGRESS", stepTimeoutInMinutes=10)
    update("first", "IN_PROGRESS", stepTimeoutInMinutes=-1)
    assert remaining() is None


def test_minus_one_leaves_the_in_progress_timer(make_job, update, remaining) -> None:
    make_job("first", in_progress_timeout_in_minutes=20)
    update("first", "IN_PROGRESS", stepTimeoutInMinutes=10)
    update("first", "IN_PROGRESS", stepTimeoutInMinutes=-1)
    assert remaining() == 20 * 60


def test_a_step_timer_takes_an_execution_to_timed_out(make_job, update, clock, refused) -> None:
    make_job("first")
    update("first", "IN_PROGRESS", stepTimeoutInMinutes=2)
    clock.advance(120)
    status, code, message = refused(update, "first", "SUCCEEDED")
    assert (status, code) == (409, "InvalidStateTransitionException")
    assert "TIMED_OUT" in message


def test_a_report_in_time_stops_the_timers(make_job, update, clock, refused) -> None:
    make_job("first", in_progress_timeout_in_minutes=1)
    update("first", "IN_PROGRESS")
    clock.advance(59)
    update("first", "SUCCEEDED")
    clock.advance(3600)
    assert "SUCCEEDED" in refused(update, "first", "FAILED")[2]


def test_an_execution_that_timed_out_no_longer_stands_before_the_next(
    jobs, make_job, update, clock
) -> None:
    make_job("first", "second")
    update("first", "IN_PROGRESS", stepTimeoutInMinutes=1)
    clock.advance(60)
    started = jobs.start_next_pending_job_execution(thingName="gw-1")["execution"]
    assert started["jobId"] == "second"


def test_timers_fire_at_their_moment_however_late_somebody_looks(
    make_job, update, clock, jobs
) -> None:
    make_job("first", retry_criteria=[RetryCriterion("TIMED_OUT", 1)])
    update("first", "IN_PROGRESS", stepTimeoutInMinutes=2)
    clock.at("18:00")
    execution = jobs.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    assert execution["status"] == "QUEUED"
    assert execution["queuedAt"] == 1795435200 + 120


@pytest.fixture
def late(new_account):
    """An account whose timers fire as late as the guide allows."""
    account = new_account(timer_lateness=60)
    account.create_thing("gw-1")
    account.create_job("first", ["gw-1"], "{}")


def test_a_timer_may_fire_up_to_a_minute_late(late, clock, pending, update, remaining, iot) -> None:
    update("first", "IN_PROGRESS", stepTimeoutInMinutes=1)
    clock.advance(119)
    assert pending() == (["first"], [])
    assert remaining() == 0
    clock.at("15:00")
    execution = iot.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    assert execution["status"] == "TIMED_OUT"
    assert execution["lastUpdatedAt"].timestamp() == 1795435200 + 120


@pytest.mark.parametrize("status", ["IN_PROGRESS", "SUCCEEDED"])
def test_while_a_timer_is_late_the_device_may_still_report(
    status, late, clock, update, pending
) -> None:
    update("first", "IN_PROGRESS", stepTimeoutInMinutes=1)
    clock.advance(90)
    assert update("first", status, stepTimeoutInMinutes=1)["status"] == status
    clock.advance(60)
    assert pending() == ((["first"], []) if status == "IN_PROGRESS" else ([], []))


@pytest.mark.parametrize("ended", ["FAILED", "TIMED_OUT"])
@pytest.mark.parametrize("criterion", ["same", "ALL"])
def test_a_failure_is_retried_as_often_as_the_job_says(
    ended, criterion, make_job, update, clock, jobs, pending
) -> None:
    failure_type = ended if criterion == "same" else criterion
    make_job("first", retry_criteria=[RetryCriterion(failure_type, 2)])
    for number in (1, 2, 3):
        execution = jobs.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
        assert execution["executionNumber"] == number
        assert (execution["status"], execution["versionNumber"]) == ("QUEUED", 1)
        _end(ended, update, clock)
    assert pending() == ([], [])


def test_each_try_has_timers_and_details_of_its_own(
    make_job, update, clock, remaining, jobs
) -> None:
    make_job(
        "first", in_progress_timeout_in_minutes=5, retry_criteria=[RetryCriterion("FAILED", 1)]
    )
    update("first", "IN_PROGRESS", stepTimeoutInMinutes=2, statusDetails={"progress": "40"})
    clock.advance(60)
    update("first", "FAILED")
    assert remaining() is None
    clock.at("14:00")
    execution = jobs.start_next_pending_job_execution(thingName="gw-1")["execution"]
    assert execution["approximateSecondsBeforeTimedOut"] == 5 * 60
    assert execution["startedAt"] == 1795435200 + 2 * 3600
    assert "statusDetails" not in execution


def test_retries_for_one_failure_do_not_serve_another(make_job, update, clock, pending) -> None:
    make_job("first", retry_criteria=[RetryCriterion("TIMED_OUT", 5)])
    _end("FAILED", update, clock)
    assert pending() == ([], [])


def test_each_failure_type_has_its_own_number_of_retries(make_job, update, clock, pending) -> None:
    make_job("first", retry_criteria=[RetryCriterion("FAILED", 1), RetryCriterion("TIMED_OUT", 1)])
    for ended in ("FAILED", "TIMED_OUT"):
        _end(ended, update, clock)
        assert pending() == ([], ["first"])
    _end("FAILED", update, clock)
    assert pending() == ([], [])


@pytest.mark.parametrize("ended", ["REJECTED", "SUCCEEDED"])
def test_is_never_retried(ended, make_job, update, pending) -> None:
    make_job("first", retry_criteria=[RetryCriterion("ALL", 5)])
    update("first", ended)
    assert pending() == ([], [])


def test_what_was_canceled_is_not_retried(iot, make_job, pending) -> None:
    make_job("first", retry_criteria=[RetryCriterion("ALL", 5)])
    iot.cancel_job_execution(thingName="gw-1", jobId="first")
    assert pending() == ([], [])


def test_a_retry_comes_after_what_was_queued_in_the_same_moment(make_job, update, pending) -> None:
    make_job("first", retry_criteria=[RetryCriterion("FAILED", 1)])
    make_job("second")
    update("first", "FAILED")
    assert pending() == ([], ["second", "first"])


@pytest.mark.parametrize("looked", [False, True])
def test_a_retry_that_is_due_comes_before_what_is_created_in_that_moment(
    looked, make_job, update, clock, pending
) -> None:
    make_job("first", retry_criteria=[RetryCriterion("TIMED_OUT", 1)])
    update("first", "IN_PROGRESS", stepTimeoutInMinutes=1)
    clock.advance(60)
    if looked:
        pending()
    make_job("second")
    assert pending() == ([], ["first", "second"])


@pytest.mark.parametrize("looked", [False, True])
def test_retries_are_listed_in_the_order_in_which_their_timers_fired(
    looked, make_job, update, clock, pending, iot
) -> None:
    make_job("slow", "fast", retry_criteria=[RetryCriterion("TIMED_OUT", 1)])
    update("slow", "IN_PROGRESS", stepTimeoutInMinutes=2)
    update("fast", "IN_PROGRESS", stepTimeoutInMinutes=1)
    clock.advance(60)
    if looked:
        pending()
    clock.advance(60)
    listed = iot.list_job_executions_for_thing(thingName="gw-1", status="QUEUED")
    assert [each["jobId"] for each in listed["executionSummaries"]] == ["fast", "slow"]
    assert pending() == ([], ["fast", "slow"])


def test_a_retry_queues_up_behind_what_came_meanwhile(make_job, update, clock, pending) -> None:
    make_job("first", retry_criteria=[RetryCriterion("FAILED", 1)])
    clock.advance(10)
    make_job("second")
    clock.advance(10)
    update("first", "FAILED")
    assert pending() == ([], ["second", "first"])


def test_the_execution_number_reaches_an_earlier_try(make_job, update, jobs, refused) -> None:
    make_job("first", retry_criteria=[RetryCriterion("FAILED", 1)])
    update("first", "FAILED")
    operation = jobs.describe_job_execution
    assert refused(operation, thingName="gw-1", jobId="first", executionNumber=1)[0] == 410
    assert refused(update, "first", "SUCCEEDED", executionNumber=1)[0] == 409
    assert update("first", "SUCCEEDED", executionNumber=2)["versionNumber"] == 2


def _end(status, update, clock) -> None:
    if status == "TIMED_OUT":
        update("first", "IN_PROGRESS", stepTimeoutInMinutes=1)
        clock.advance(60)
    else:
        update("first", status)
