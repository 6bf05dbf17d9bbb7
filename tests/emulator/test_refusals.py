"""What the service refuses: names, codes and bodies of errors, and the order of its checks."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs_tui.domain import checks
from jobs_tui.emulator import ServiceError
from jobs_tui.emulator.rules.constraints import (
    check_job_id,
    check_status_details,
    check_step_timeout,
    check_thing_name,
)
from jobs_tui.emulator.rules.service_error import (
    certificate_invalid,
    service_unavailable,
    throttled,
)

PATH = "/things/gw-1/jobs/first"


@pytest.fixture(autouse=True)
def first(make_job) -> None:
    make_job("first")


def test_an_error_is_named_in_a_header_and_told_in_the_body(ask) -> None:
    answer = ask("GET", "/things/gw-1/jobs/missing")
    assert answer.status == 404
    assert answer.headers["x-amzn-ErrorType"] == "ResourceNotFoundException"
    assert answer.json == {"message": "Job execution of job missing on thing gw-1 not found"}


def test_a_refused_transition_tells_what_stands(ask) -> None:
    ask("POST", PATH, {"status": "REJECTED", "statusDetails": {"reason": "old"}})
    answer = ask("POST", PATH, {"status": "SUCCEEDED"})
    assert answer.status == 409
    assert answer.headers["x-amzn-ErrorType"] == "InvalidStateTransitionException"
    assert answer.json["executionState"] == {
        "status": "REJECTED",
        "statusDetails": {"reason": "old"},
        "versionNumber": 2,
    }


def test_a_stale_version_tells_what_stands(ask) -> None:
    answer = ask("POST", PATH, {"status": "SUCCEEDED", "expectedVersion": 7})
    assert answer.json == {
        "message": "Expected version 7 but found version 1",
        "executionState": {"status": "QUEUED", "versionNumber": 1},
    }


@pytest.mark.parametrize("operation", ["describe_job_execution", "update_job_execution"])
@pytest.mark.parametrize("thing_name", ["gw-1", "nobody"])
def test_there_is_no_such_execution(operation, thing_name, jobs, refused) -> None:
    members = {"status": "SUCCEEDED"} if operation.startswith("update") else {}
    status, code, _ = refused(
        getattr(jobs, operation), thingName=thing_name, jobId="missing", **members
    )
    assert (status, code) == (404, "ResourceNotFoundException")


def test_the_checks_come_in_the_order_of_the_service(ask) -> None:
    """Each request lacks the last fault of the one before."""
    ask("POST", PATH, {"status": "SUCCEEDED"})
    bad_details, bad_status = {"statusDetails": {"a": "\n"}}, {"status": "CANCELED"}
    good, stale, missing = {"status": "FAILED"}, {"expectedVersion": 9}, "/things/gw-1/jobs/missing"
    answers = [
        ask("POST", missing, {**stale, **bad_status, **bad_details}),
        ask("POST", missing, {**stale, **bad_status}),
        ask("POST", missing, {**stale, **good}),
        ask("POST", PATH, {**stale, **good}),
        ask("POST", PATH, good),
    ]
    assert [answer.status for answer in answers] == [400, 409, 404, 400, 409]
    told = [answer.json["message"] for answer in answers]
    assert all(before != after for before, after in pairwise(told))
    assert "statusDetails.a" in told[0]
    assert told[1].endswith("cannot be changed to be CANCELED")
    assert told[3] == "Expected version 9 but found version 2"


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"status": None},
        {"status": ""},
        {"status": "SUCCESS"},
        {"status": "succeeded"},
        {"status": 1},
        {"status": ["SUCCEEDED"]},
        {"status": "FAILED", "statusDetails": {"": "x"}},
        {"status": "FAILED", "statusDetails": {"n" * 129: "x"}},
        {"status": "FAILED", "statusDetails": {"a b": "x"}},
        {"status": "FAILED", "statusDetails": {"a": ""}},
        {"status": "FAILED", "statusDetails": {"a": "x" * 1025}},
        {"status": "FAILED", "statusDetails": {"a": "tab\there"}},
        {"status": "FAILED", "statusDetails": {"a": "zero\u200bwidth"}},
        {"status": "FAILED", "statusDetails": {"a": "\ud800"}},
        {"status": "FAILED", "statusDetails": {"a": 1}},
        {"status": "FAILED", "statusDetails": {"a": None}},
        {"status": "FAILED", "statusDetails": {"a": {}}},
        {"status": "FAILED", "statusDetails": []},
        {"status": "FAILED", "statusDetails": "a=b"},
        {"status": "FAILED", "expectedVersion": "1"},
        {"status": "FAILED", "expectedVersion": 1.0},
        {"status": "FAILED", "expectedVersion": True},
        {"status": "FAILED", "executionNumber": 2**63},
        {"status": "FAILED", "executionNumber": "1"},
        {"status": "FAILED", "executionNumber": 1e400},
        {"status": "FAILED", "includeJobExecutionState": "true"},
        {"status": "FAILED", "includeJobDocument": 1},
        {"status": "FAILED", "stepTimeoutInMinutes": 0},
        {"status": "FAILED", "stepTimeoutInMinutes": -2},
        {"status": "FAILED", "stepTimeoutInMinutes": 10081},
        {"status": "FAILED", "stepTimeoutInMinutes": "5"},
    ],
)
def test_an_update_is_invalid_with(members, ask) -> None:
    answer = ask("POST", PATH, members)
    assert (answer.status, answer.headers["x-amzn-ErrorType"]) == (400, "InvalidRequestException")
    assert ask("GET", PATH).json["execution"]["versionNumber"] == 1


@pytest.mark.parametrize(
    "members",
    [
        {"statusDetails": {"a": "\x1b[31m"}},
        {"statusDetails": 5},
        {"stepTimeoutInMinutes": 0},
        {"stepTimeoutInMinutes": -1},
        {"stepTimeoutInMinutes": 10081},
    ],
)
def test_a_start_is_invalid_with(members, ask) -> None:
    assert ask("PUT", "/things/gw-1/jobs/$next", members).status == 400
    assert ask("GET", PATH).json["execution"]["status"] == "QUEUED"


@pytest.mark.parametrize(
    "members",
    [
        {"statusDetails": {"n" * 128: "x" * 1024}},
        {"statusDetails": {"a:B_9-": "ünïcödé ☃ 漢字"}},
        {"statusDetails": {f"n{number}": "x" for number in range(50)}},
        {"statusDetails": None},
        {"stepTimeoutInMinutes": 1},
        {"stepTimeoutInMinutes": 10080},
        {"stepTimeoutInMinutes": -1},
        {"somethingNew": {"is": "ignored"}},
    ],
)
def test_an_update_may_have(members, ask) -> None:
    assert ask("POST", PATH, {"status": "IN_PROGRESS", **members}).status == 200


def test_the_number_of_details_can_be_limited(new_account, ask) -> None:
    account = new_account(status_details_limit=10)
    account.create_thing("gw-1")
    account.create_job("first", ["gw-1"], "{}")
    details = {f"n{number}": "x" for number in range(10)}
    assert ask("POST", PATH, {"status": "IN_PROGRESS", "statusDetails": details}).status == 200
    details["one-more"] = "x"
    assert ask("POST", PATH, {"status": "IN_PROGRESS", "statusDetails": details}).status == 400


@pytest.mark.parametrize(
    "path",
    [
        "/things/a%20b/jobs",
        "/things/a%2Fb/jobs",
        "/things/%00/jobs",
        "/things/%ff%fe/jobs",
        "/things/" + "a" * 129 + "/jobs",
        "/things//jobs",
        "/things/gw-1/jobs/",
        "/things/gw-1/jobs/a.b",
        "/things/gw-1/jobs/a:b",
        "/things/gw-1/jobs/$other",
        "/things/gw-1/jobs/" + "a" * 65,
        "/things/gw-1/jobs/first?includeJobDocument=yes",
        "/things/gw-1/jobs/first?includeJobDocument=",
        "/things/gw-1/jobs/first?executionNumber=one",
        "/things/gw-1/jobs/first?executionNumber=",
        "/things/gw-1/jobs/first?executionNumber=9223372036854775808",
        "/things/gw-1/jobs/first?executionNumber=" + "9" * 5000,
        "/things/gw-1/jobs/first?executionNumber=1_0",
        "/things/gw-1/jobs/first?executionNumber=%D9%A1",
    ],
)
def test_a_path_is_invalid_with(path, ask) -> None:
    answer = ask("GET", path)
    assert (answer.status, answer.headers["x-amzn-ErrorType"]) == (400, "InvalidRequestException")


def test_next_cannot_be_updated(ask) -> None:
    assert ask("POST", "/things/gw-1/jobs/$next", {"status": "SUCCEEDED"}).status == 400


@pytest.mark.parametrize("make", [throttled, service_unavailable, certificate_invalid])
def test_what_the_emulator_never_does_by_itself_can_be_put_in(
    make, emulator, jobs, refused
) -> None:
    async def intercept(_request) -> None:
        raise make()

    emulator.server.intercept = intercept
    expected = make()
    status, code, message = refused(jobs.get_pending_job_executions, thingName="gw-1")
    assert (status, code, message) == (expected.http_status, expected.code, expected.message)
    assert hasattr(jobs.exceptions, code)


def _accepts(check, *arguments, **settings) -> bool:
    try:
        check(*arguments, **settings)
    except ServiceError:
        return False
    return True


NAMES = st.text(alphabet="aZ0:_-$. \n/é", max_size=6) | st.integers(60, 135).map("n".__mul__)
VALUES = st.text(max_size=12) | st.integers(1020, 1028).map("v".__mul__)


@settings(max_examples=300)
@given(name=NAMES, value=VALUES, minutes=st.integers(-3, 3) | st.integers(10078, 10083))
def test_the_client_checks_what_the_service_refuses(name, value, minutes) -> None:
    assert _accepts(check_thing_name, name) == (checks.thing_name_problem(name) is None)
    assert _accepts(check_job_id, name) == (checks.job_id_problem(name) is None)
    assert _accepts(check_status_details, {name: "x"}, None) == (
        checks.detail_name_problem(name) is None
    )
    assert _accepts(check_status_details, {"a": value}, None) == (
        checks.detail_value_problem(value) is None
    )
    for cancellable in (True, False):
        assert _accepts(check_step_timeout, minutes, cancellable=cancellable) == (
            checks.step_timeout_problem(minutes, cancellable=cancellable) is None
        )
