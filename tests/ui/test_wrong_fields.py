"""Which field is marked for what is wrong with a request."""

import pytest

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.status import Status
from jobs_tui.ui.forms.change_form import DetailRow, fill_update
from jobs_tui.ui.forms.wrong_fields import wrong_fields

SEEN = JobExecution("fw", "gw", Status.IN_PROGRESS, {"odd": ""}, version_number=4)


@pytest.mark.parametrize(
    ("rows", "names", "values"),
    [
        ([("a", "x"), ("b c", "y")], {1}, set()),
        ([("a", "x"), ("b", "y" * 1025)], set(), {1}),
        ([("a b", "")], {0}, {0}),
        ([("", "x"), ("a", "y")], {0}, set()),
        ([("a", "x"), ("a", "y")], {1}, set()),
        ([("odd", "")], set(), set()),
    ],
    ids=["name", "value", "both", "no name", "twice", "as it was"],
)
def test_the_field_that_is_wrong_is_the_one_that_is_marked(rows, names, values) -> None:
    typed = tuple(DetailRow(*row) for row in rows)
    problems = fill_update(SEEN, Status.FAILED, typed, "").problems
    wrong = wrong_fields(typed, problems, None)
    assert (wrong.names, wrong.values, wrong.step_timeout) == (names, values, False)
    assert bool(wrong.problems) == bool(names or values)


def test_a_step_timeout_is_marked_by_itself() -> None:
    wrong = wrong_fields((), fill_update(SEEN, Status.FAILED, (), "soon").problems, None)
    assert (wrong.names, wrong.values, wrong.step_timeout) == (set(), set(), True)


def test_a_value_is_not_missing_while_its_name_is_typed() -> None:
    typed = (DetailRow("a b", ""),)
    problems = fill_update(SEEN, Status.FAILED, typed, "").problems
    wrong = wrong_fields(typed, problems, being_named=0)
    assert (wrong.names, wrong.values) == ({0}, set())
    assert len(wrong.problems) == 1
