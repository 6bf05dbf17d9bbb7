"""What may be sent: every constraint of the service model, on both sides of every limit."""

import re
import string
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.validate import ParamValidator
from hypothesis import given
from hypothesis import strategies as st

from jobs_tui.domain.checks import (
    DETAILS_ADVISED_MAX,
    FieldProblem,
    detail_value_problem,
    details_warning,
    problems,
    step_timeout_problem,
)
from jobs_tui.domain.names import detail_name_problem, job_id_problem, thing_name_problem
from jobs_tui.domain.requests import (
    CANCEL_STEP_TIMER,
    NEXT_JOB,
    DescribeJobExecution,
    GetPendingJobExecutions,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)
from jobs_tui.domain.status import Status

MODEL = Loader().load_service_model("iot-jobs-data", "service-2")
SHAPES = MODEL["shapes"]

NAME_CHECKS = [
    (thing_name_problem, "ThingName"),
    (job_id_problem, "JobId"),
    (detail_name_problem, "DetailsKey"),
]
NEAR_NAMES = st.text(string.ascii_letters + string.digits + "_-:", max_size=140) | st.text(
    max_size=5
)


@pytest.mark.parametrize(("check", "shape"), NAME_CHECKS)
@given(name=NEAR_NAMES)
def test_a_name_is_accepted_just_where_the_model_accepts_it(
    check: Callable[[str], str | None], shape: str, name: str
) -> None:
    rule = SHAPES[shape]
    allowed = (
        rule["min"] <= len(name) <= rule["max"] and re.fullmatch(rule["pattern"], name) is not None
    )
    assert (check(name) is None) == allowed


@pytest.mark.parametrize(("check", "shape"), NAME_CHECKS)
def test_a_name_may_be_as_long_as_the_model_says_and_no_longer(
    check: Callable[[str], str | None], shape: str
) -> None:
    longest = SHAPES[shape]["max"]
    assert check("a") is None
    assert check("a" * longest) is None
    assert check("a" * (longest + 1)) == f"has {longest + 1} characters, {longest} at most"
    assert check("") == "must not be empty"


@pytest.mark.parametrize(
    "name", ["a b", "a\n", "a/b", "a.b", "é", "a\u200b", "$next", "\uff41", "\u0661"]
)
@pytest.mark.parametrize(("check", "shape"), NAME_CHECKS)
def test_a_name_may_hold_no_other_character(
    check: Callable[[str], str | None], shape: str, name: str
) -> None:
    assert re.fullmatch(SHAPES[shape]["pattern"], name) is None
    assert (check(name) or "").startswith("may hold only letters, digits")


def test_a_colon_is_for_things_and_details_but_not_for_jobs() -> None:
    assert thing_name_problem("a:b") is None
    assert detail_name_problem("a:b") is None
    assert job_id_problem("a:b") is not None


def test_the_model_forbids_just_category_c_in_detail_values() -> None:
    assert SHAPES["DetailsValue"] == {"type": "string", "min": 1, "pattern": r"[^\p{C}]+"}


@given(st.text("ab \u00e9", max_size=3), st.characters(categories=("C",)), st.text("ab"))
def test_a_detail_value_with_a_character_of_category_c_is_refused_at_its_place(
    before: str, character: str, after: str
) -> None:
    assert unicodedata.category(character)[0] == "C"
    problem = detail_value_problem(before + character + after)
    assert problem == (
        f"holds a control or invisible character (U+{ord(character):04X}) at {len(before) + 1}"
    )


@given(st.text(st.characters(exclude_categories=("C",)), min_size=1, max_size=1024))
def test_a_detail_value_of_other_characters_is_accepted(value: str) -> None:
    assert detail_value_problem(value) is None


@pytest.mark.parametrize("character", ["a", "é", "固", "🔥"])
def test_a_detail_value_may_have_1024_characters_and_no_more(character: str) -> None:
    assert detail_value_problem(character * 1024) is None
    assert detail_value_problem(character * 1025) == "has 1025 characters, 1024 at most"
    assert detail_value_problem("") == "must not be empty"


@pytest.mark.parametrize(
    ("minutes", "by_start", "by_update"),
    [
        (-2, False, False),
        (-1, False, True),
        (0, False, False),
        (1, True, True),
        (10080, True, True),
        (10081, False, False),
    ],
)
def test_a_step_timeout_has_limits_and_only_an_update_cancels_it(
    minutes: int, *, by_start: bool, by_update: bool
) -> None:
    assert (step_timeout_problem(minutes, cancellable=False) is None) == by_start
    assert (step_timeout_problem(minutes, cancellable=True) is None) == by_update


def test_a_wrong_step_timeout_is_told_what_is_allowed() -> None:
    assert step_timeout_problem(0, cancellable=False) == "must be 1 to 10080 minutes"
    assert step_timeout_problem(0, cancellable=True) == (
        "must be 1 to 10080 minutes, or -1 to cancel the timer"
    )


def test_more_details_than_advised_are_a_doubt_and_no_problem() -> None:
    advised = {f"name-{number}": "x" for number in range(DETAILS_ADVISED_MAX)}
    assert details_warning(advised) is None
    more = advised | {"one-more": "x"}
    assert details_warning(more) == "11 details: the service may accept only 10"
    assert problems(UpdateJobExecution("thing", "job", Status.FAILED, more)) == ()


def test_everything_wrong_is_told_at_once_by_field_and_in_their_order() -> None:
    request = UpdateJobExecution(
        thing_name="no such thing",
        job_id=NEXT_JOB,
        status=Status.CANCELED,
        status_details={"fine": "fine", "a b": "x", "reason": "a\nb", "": ""},
        expected_version=-1,
        execution_number=2**63,
        step_timeout_in_minutes=0,
    )
    found = problems(request)
    assert [problem.field for problem in found] == [
        "thingName",
        "jobId",
        "status",
        "statusDetails.a b",
        "statusDetails.reason",
        "statusDetails.",
        "statusDetails.",
        "expectedVersion",
        "executionNumber",
        "stepTimeoutInMinutes",
    ]
    assert all(problem.message for problem in found)


@pytest.mark.parametrize("status", Status)
def test_a_status_is_a_problem_unless_a_device_may_set_it(status: Status) -> None:
    found = problems(UpdateJobExecution("thing", "job", status))
    if status in {"IN_PROGRESS", "SUCCEEDED", "FAILED", "REJECTED"}:
        assert found == ()
    else:
        assert found == (FieldProblem("status", f"a device cannot set {status}"),)


@pytest.mark.parametrize(
    ("number", "wrong"), [(None, False), (-1, True), (0, False), (2**63 - 1, False), (2**63, True)]
)
def test_versions_and_execution_numbers_have_64_bits(number: int | None, *, wrong: bool) -> None:
    update = UpdateJobExecution(
        "thing", "job", Status.FAILED, expected_version=number, execution_number=number
    )
    describe = DescribeJobExecution("thing", "job", execution_number=number)
    assert [problem.field for problem in problems(update)] == (
        ["expectedVersion", "executionNumber"] if wrong else []
    )
    assert [problem.field for problem in problems(describe)] == (
        ["executionNumber"] if wrong else []
    )


def test_next_job_can_be_described_but_not_updated() -> None:
    assert problems(DescribeJobExecution("thing", NEXT_JOB)) == ()
    assert [p.field for p in problems(UpdateJobExecution("thing", NEXT_JOB, Status.FAILED))] == [
        "jobId"
    ]


def test_a_read_is_checked_too() -> None:
    assert problems(GetPendingJobExecutions("thing")) == ()
    assert [problem.field for problem in problems(GetPendingJobExecutions(""))] == ["thingName"]
    assert [problem.field for problem in problems(DescribeJobExecution("a b", "c d"))] == [
        "thingName",
        "jobId",
    ]


def test_a_start_is_checked_but_cannot_cancel_a_timer() -> None:
    start = StartNextPendingJobExecution("thing", {"a b": "x"}, CANCEL_STEP_TIMER)
    assert [problem.field for problem in problems(start)] == [
        "statusDetails.a b",
        "stepTimeoutInMinutes",
    ]
    assert problems(StartNextPendingJobExecution("thing", {"a": "x"}, 10080)) == ()


THING_NAMES = st.sampled_from(["thing", "t" * 128, "a:b"]), st.sampled_from(["", "a b", "t" * 129])
JOB_IDS = st.sampled_from(["job", "j" * 64]), st.sampled_from(["", "a:b", "j" * 65])
STATUSES = st.sampled_from(["FAILED", "IN_PROGRESS"]), st.sampled_from(["QUEUED", "REMOVED"])
NUMBERS = st.sampled_from([None, 0, 1, 2**63 - 1]), st.sampled_from([-1, 2**63])
TIMEOUTS = st.sampled_from([None, -1, 1, 10080]), st.sampled_from([-2, 0, 10081])
FIELDS = {
    "thingName": THING_NAMES,
    "jobId": JOB_IDS,
    "status": STATUSES,
    "expectedVersion": NUMBERS,
    "executionNumber": NUMBERS,
    "stepTimeoutInMinutes": TIMEOUTS,
}


@given(st.sets(st.sampled_from(sorted(FIELDS))), st.data())
def test_just_the_fields_that_are_wrong_are_told(wrong: set[str], data: st.DataObject) -> None:
    members: dict[str, Any] = {
        field: data.draw(bad if field in wrong else good, label=field)
        for field, (good, bad) in FIELDS.items()
    }
    request = UpdateJobExecution(
        thing_name=members["thingName"],
        job_id=members["jobId"],
        status=Status(members["status"]),
        expected_version=members["expectedVersion"],
        execution_number=members["executionNumber"],
        step_timeout_in_minutes=members["stepTimeoutInMinutes"],
    )
    assert [problem.field for problem in problems(request)] == [
        field for field in FIELDS if field in wrong
    ]
    if not wrong:
        shape = ServiceModel(MODEL).operation_model("UpdateJobExecution").input_shape
        sent = {name: value for name, value in members.items() if value is not None}
        assert not ParamValidator().validate(sent, shape).has_errors()
