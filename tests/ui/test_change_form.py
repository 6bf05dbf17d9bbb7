"""From what is typed to a request, or to all that is wrong with it."""

import pytest

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.status import Status
from jobs_tui.ui.forms.change_form import DetailRow, fill_start, fill_update, rebased

SEEN = JobExecution(
    "fw", "gw", Status.IN_PROGRESS, {"progress": "60%"}, version_number=4, execution_number=9
)
AS_READ = (DetailRow("progress", "60%"),)


def test_an_update_is_based_on_what_was_read() -> None:
    request = fill_update(SEEN, Status.FAILED, AS_READ, "").sendable
    assert request is not None
    assert (request.expected_version, request.execution_number) == (4, 9)
    assert request.include_job_execution_state
    assert request.status_details is None


def test_an_edit_sends_all_details() -> None:
    rows = (*AS_READ, DetailRow("reason", "disk"))
    request = fill_update(SEEN, Status.FAILED, rows, "").sendable
    assert request is not None
    assert request.status_details == {"progress": "60%", "reason": "disk"}


def test_taking_all_details_away_sends_an_empty_map() -> None:
    request = fill_update(SEEN, Status.FAILED, (), "").sendable
    assert request is not None
    assert request.status_details == {}


@pytest.mark.parametrize(
    ("rows", "step_timeout", "fields"),
    [
        ((DetailRow("a b", "x"),), "", ["statusDetails.a b"]),
        ((DetailRow("a", ""),), "", ["statusDetails.a"]),
        ((DetailRow("", "x"),), "", ["statusDetails"]),
        ((DetailRow("a", "x"), DetailRow("a", "y")), "", ["statusDetails.a"]),
        ((), "soon", ["stepTimeoutInMinutes"]),
        ((), "0", ["stepTimeoutInMinutes"]),
        ((), "10081", ["stepTimeoutInMinutes"]),
        ((), "٣", ["stepTimeoutInMinutes"]),
        (
            (DetailRow("a b", ""),),
            "-2",
            ["statusDetails.a b", "statusDetails.a b", "stepTimeoutInMinutes"],
        ),
    ],
)
def test_every_problem_is_told_by_its_field(
    rows: tuple[DetailRow, ...], step_timeout: str, fields: list[str]
) -> None:
    filled = fill_update(SEEN, Status.FAILED, rows, step_timeout)
    assert [problem.field for problem in filled.problems] == fields
    assert filled.sendable is None


def test_minus_one_cancels_the_timer_on_an_update_only() -> None:
    assert fill_update(SEEN, Status.IN_PROGRESS, AS_READ, "-1").sendable is not None
    assert fill_start("gw", (), "-1").sendable is None


def test_no_status_is_chosen_for_the_user() -> None:
    assert [problem.field for problem in fill_update(SEEN, None, AS_READ, "").problems] == [
        "status"
    ]


def test_a_finished_execution_takes_no_status() -> None:
    done = JobExecution("fw", "gw", Status.SUCCEEDED, version_number=5)
    assert fill_update(done, Status.FAILED, (), "").sendable is None


def test_a_start_without_details_sends_none() -> None:
    request = fill_start("gw", (), "").sendable
    assert request is not None
    assert request.status_details is None


def test_more_than_ten_details_are_a_doubt_and_no_problem() -> None:
    rows = tuple(DetailRow(f"n{number}", "x") for number in range(11))
    filled = fill_start("gw", rows, "")
    assert filled.sendable is not None
    assert filled.warning is not None


BEFORE = {"progress": "60", "step": "verify", "host": "a"}


@pytest.mark.parametrize(
    ("rows", "after", "merged"),
    [
        (
            BEFORE,
            {"progress": "80", "step": "verify", "host": "a"},
            {"progress": "80", "step": "verify", "host": "a"},
        ),
        ({**BEFORE, "reason": "disk"}, {"progress": "80"}, {"progress": "80", "reason": "disk"}),
        (
            {**BEFORE, "progress": "99"},
            {"progress": "80", "step": "verify", "host": "a"},
            {"progress": "99", "step": "verify", "host": "a"},
        ),
        (
            {"progress": "60", "step": "verify"},
            {**BEFORE, "step": "install"},
            {"progress": "60", "step": "install"},
        ),
        (BEFORE, {**BEFORE, "new": "x"}, {**BEFORE, "new": "x"}),
        ({"progress": "99"}, {}, {"progress": "99"}),
        (BEFORE, {}, {}),
    ],
)
def test_after_a_conflict_untouched_details_follow_the_other_writer(
    rows: dict[str, str], after: dict[str, str], merged: dict[str, str]
) -> None:
    typed = [DetailRow(name, value) for name, value in rows.items()]
    shown = rebased(typed, BEFORE, after)
    assert {row.name: row.value for row in shown} == merged


def test_a_missing_version_is_a_doubt() -> None:
    seen = JobExecution("fw", "gw", Status.QUEUED)
    assert fill_update(seen, Status.FAILED, (), "").warning is not None
