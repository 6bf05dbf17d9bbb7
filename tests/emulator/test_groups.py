"""Jobs for groups, and what becomes of them when things join and leave."""

import pytest

ARN = "arn:aws:iot:us-east-1:123456789012:"
SITE, HALL, THING = (ARN + name for name in ("thinggroup/site", "thinggroup/hall", "thing/gw-1"))


@pytest.fixture(autouse=True)
def groups(iot) -> None:
    iot.create_thing_group(thingGroupName="site")
    iot.create_thing_group(thingGroupName="hall", parentGroupName="site")


@pytest.fixture
def join(iot):
    def add(group: str = "site", thing_name: str = "gw-1") -> None:
        iot.add_thing_to_thing_group(thingName=thing_name, thingGroupName=group)

    return add


@pytest.fixture
def leave(iot):
    def remove(group: str = "site") -> None:
        iot.remove_thing_from_thing_group(thingName="gw-1", thingGroupName=group)

    return remove


@pytest.fixture
def create(iot):
    def job(job_id: str = "first", *targets: str, selection: str = "CONTINUOUS", **members) -> None:
        iot.create_job(
            jobId=job_id,
            targets=targets or [SITE],
            document="{}",
            targetSelection=selection,
            **members,
        )

    return job


@pytest.fixture
def tries(iot):
    """The status of every try of `first` on gw-1, oldest first."""

    def listed() -> list[str]:
        answer = iot.list_job_executions_for_thing(thingName="gw-1", jobId="first")
        return [each["jobExecutionSummary"]["status"] for each in answer["executionSummaries"]]

    return listed


def test_what_is_queued_becomes_removed_when_the_thing_leaves_the_group_of_a_continuous_job(
    join, leave, create, pending, iot
) -> None:
    join()
    create()
    assert pending() == ([], ["first"])
    leave()
    assert pending() == ([], [])
    job = iot.describe_job(jobId="first")["job"]
    assert job["jobProcessDetails"]["numberOfRemovedThings"] == 1
    assert job["status"] == "IN_PROGRESS"


def test_what_is_in_progress_stays_when_the_thing_leaves(
    join, leave, create, pending, update
) -> None:
    join()
    create()
    update("first", "IN_PROGRESS")
    leave()
    assert pending() == (["first"], [])
    assert update("first", "SUCCEEDED")["versionNumber"] == 3


def test_what_has_ended_stays_as_it_was_when_the_thing_leaves(
    join, leave, create, update, tries
) -> None:
    join()
    create()
    update("first", "REJECTED")
    leave()
    assert tries() == ["REJECTED"]


@pytest.mark.parametrize("group", ["site", "hall"])
def test_a_thing_that_joins_gets_the_continuous_jobs_of_the_group_and_those_above_it(
    group, join, create, pending
) -> None:
    create("of-site", SITE)
    create("of-hall", HALL)
    join(group)
    assert pending() == ([], ["of-site"] if group == "site" else ["of-site", "of-hall"])


def test_a_snapshot_job_does_not_follow_its_group(join, leave, create, pending, account) -> None:
    account.create_thing("gw-2")
    join()
    create(selection="SNAPSHOT")
    join(thing_name="gw-2")
    leave()
    assert pending("gw-1") == ([], ["first"])
    assert pending("gw-2") == ([], [])


def test_a_thing_that_was_removed_and_joins_again_is_queued_anew(
    join, leave, create, jobs, tries, clock, make_job, pending, iot
) -> None:
    join()
    create()
    leave()
    make_job("meanwhile")
    clock.at("12:30")
    join()
    assert tries() == ["REMOVED", "QUEUED"]
    execution = jobs.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    assert (execution["executionNumber"], execution["versionNumber"]) == (2, 1)
    assert execution["queuedAt"] == clock.now()
    assert pending() == ([], ["meanwhile", "first"])
    listed = iot.list_job_executions_for_thing(thingName="gw-1", status="QUEUED", jobId="first")
    assert "retryAttempt" not in listed["executionSummaries"][0]["jobExecutionSummary"]


@pytest.mark.parametrize("ended", ["SUCCEEDED", "FAILED", "REJECTED"])
def test_a_thing_that_had_ended_a_job_does_not_get_it_again(
    ended, join, leave, create, update, tries
) -> None:
    join()
    create()
    update("first", ended)
    leave()
    join()
    assert tries() == [ended]


@pytest.mark.parametrize(
    ("targets", "also_in"), [([SITE], "hall"), ([SITE, HALL], "hall"), ([SITE, THING], None)]
)
def test_a_thing_that_a_job_still_means_keeps_it(
    targets, also_in, join, leave, create, pending
) -> None:
    join()
    if also_in is not None:
        join(also_in)
    create("first", *targets)
    leave()
    assert pending() == ([], ["first"])


def test_leaving_the_group_of_another_job_removes_nothing(join, leave, create, pending) -> None:
    join("hall")
    join("site")
    create("first", HALL)
    leave("site")
    assert pending() == ([], ["first"])


@pytest.mark.parametrize("operation", ["cancel_job", "delete_job"])
def test_a_job_that_is_no_more_reaches_nobody_who_joins(
    operation, join, create, pending, iot
) -> None:
    create()
    getattr(iot, operation)(jobId="first", force=True)
    join()
    assert pending() == ([], [])


def test_the_order_of_a_job_that_came_by_joining_is_that_of_joining(
    join, create, pending, make_job, clock
) -> None:
    create("older", SITE)
    clock.advance(10)
    make_job("newer")
    clock.advance(10)
    join()
    assert pending() == ([], ["newer", "older"])
