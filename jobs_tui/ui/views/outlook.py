"""Below the fields of a dialog: what will be sent, and what there is to say about it."""

from collections.abc import Sequence
from typing import NamedTuple

from jobs_tui.domain.checks import FieldProblem
from jobs_tui.engine.change import ChangeRequest
from jobs_tui.ui.forms.change_form import NOT_CHOSEN, ChangeT, Filled
from jobs_tui.ui.terminal.lines import Line, Piece, cut_inside, line, wrapped
from jobs_tui.ui.views.changes import preview

CHOOSE_FIRST = "Nothing is sent before a status is chosen"


WRONG = "! "
"""Before what is wrong: what reads without colour."""

FIELD_WIDTH = 48
"""Cells of the name of a field in a sentence, so that the sentence itself is to be seen."""


class Outlook(NamedTuple):
    """What stands below the fields, but for what came of the last key."""

    sends: Sequence[Line]
    """What goes out, whole; no line is longer than the width."""
    problems: Sequence[FieldProblem]
    """What is wrong with what stands in the fields."""
    warning: str
    """What is doubtful; may be empty."""
    always: Sequence[Line] = ()
    """What is told besides, whatever else there is to say."""


def outlook_of(filled: Filled[ChangeT], width: int) -> Outlook:
    """The request as it will go out, and what is wrong with the fields."""
    sends = [line(Piece(CHOOSE_FIRST, "dim"))]
    problems = problems_typed(filled.problems)
    if filled.request is not None:
        sends = _as_sent("Would send " if problems else "Sends ", filled.request, width)
    return Outlook(sends, problems, filled.warning or "")


def told_of(problems: Sequence[FieldProblem], warning: str) -> Piece:
    """What is wrong, with the sign that stands before the fields; or else what is doubtful."""
    if problems:
        return Piece(f"{WRONG}{in_words(problems)}", "alarm")
    return Piece(warning, "warning")


def told_lines(always: Sequence[Line], told: Piece, width: int, most: int | None) -> list[Line]:
    """What there is to say, in so many lines at most; None for as many as it takes."""
    lines = [row for each in always for row in wrapped(each, width, words=True)]
    if told.text:
        lines += wrapped(line(told), width, words=True)
    return lines if most is None else _at_most(lines, max(1, most))


def problems_typed(problems: Sequence[FieldProblem]) -> Sequence[FieldProblem]:
    """What is wrong with what stands in the fields; that a status is to be chosen yet is not."""
    return [each for each in problems if each != NOT_CHOSEN]


def in_words(problems: Sequence[FieldProblem]) -> str:
    """Everything that is wrong, by field."""
    return "; ".join(
        f"{cut_inside(problem.field, FIELD_WIDTH)}: {problem.message}" for problem in problems
    )


def _as_sent(leads: str, request: ChangeRequest, width: int) -> list[Line]:
    start, body = preview(request)
    return [
        *wrapped(line(Piece(leads, "strong"), start), width),
        *wrapped(line(body), width, words=True),
    ]


def _at_most(lines: list[Line], count: int) -> list[Line]:
    if len(lines) <= count:
        return lines
    kept, last = lines[:count], lines[count - 1].pieces[-1]
    return [*kept[:-1], line(*kept[-1].pieces[:-1], Piece(f"{last.text[:-2]} \u2026", last.look))]
