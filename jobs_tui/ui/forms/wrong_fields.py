"""Which fields of a dialog are wrong, of all that is wrong with its request. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from jobs_tui.domain.checks import FieldProblem, detail_value_problem
from jobs_tui.domain.names import detail_name_problem
from jobs_tui.ui.forms.change_form import IS_THERE_TWICE, NO_NAME, DetailRow


class WrongFields(NamedTuple):
    """What is marked, and what is told of it."""

    problems: Sequence[FieldProblem]
    names: frozenset[int]
    """Rows whose name is wrong."""
    values: frozenset[int]
    """Rows whose value is wrong."""
    step_timeout: bool


def wrong_fields(
    rows: Sequence[DetailRow], problems: Sequence[FieldProblem], being_named: int | None
) -> WrongFields:
    """The fields that the problems are about.

    Args:
        rows: of the table of details, without the empty ones.
        problems: of the request that the fields stand for; a detail in which nothing is wrong for
            the service has none, whatever its field holds.
        being_named: the row whose name is being typed, before anybody came to its value: that this
            is missing is no problem yet.
    """
    yet = None
    if being_named is not None:
        yet = FieldProblem(f"{NO_NAME}.{rows[being_named].name}", detail_value_problem("") or "")
    told = [each for each in problems if each != yet]
    names: set[int] = set()
    values: set[int] = set()
    before: set[str] = set()
    for at, row in enumerate(rows):
        field = f"{NO_NAME}.{row.name}" if row.name else NO_NAME
        messages = {each.message for each in told if each.field == field}
        twice = row.name in before and IS_THERE_TWICE in messages
        before.add(row.name)
        if messages and (not row.name or twice or detail_name_problem(row.name) in messages):
            names.add(at)
        if row.name and not twice and detail_value_problem(row.value) in messages:
            values.add(at)
    timeout = any(each.field == "stepTimeoutInMinutes" for each in told)
    return WrongFields(told, frozenset(names), frozenset(values), timeout)
