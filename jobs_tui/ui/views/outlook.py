"""Below the fields of a dialog: what will be sent, and what there is to say about it."""

from collections.abc import Sequence

from jobs_tui.domain.checks import FieldProblem
from jobs_tui.ui.forms.change_form import ChangeT, Filled
from jobs_tui.ui.terminal.lines import Line, Piece, line, wrapped
from jobs_tui.ui.views.changes import preview

OUTLOOK_LINES = 6


def outlook_lines(
    filled: Filled[ChangeT], message: Piece, width: int, most: int = OUTLOOK_LINES
) -> list[Line]:
    """The request as it will go out, and a message, or else what is wrong with the fields."""
    if not message.text and (problems := _problems_typed(filled)):
        message = Piece(_in_words(problems), "alarm")
    elif not message.text and filled.warning:
        message = Piece(filled.warning, "warning")
    told: list[Line] = []
    if message.text:
        told += wrapped(line(message), width, words=True)
    sends: list[Line] = []
    if filled.request is not None:
        start, body = preview(filled.request)
        sends += wrapped(line(Piece("Sends ", "strong"), start), width)
        sends += wrapped(line(body), width, words=True)
    told = _at_most(told, most - 1)
    return [*_at_most(sends, most - len(told)), *told]


def problem_words(filled: Filled[ChangeT]) -> str:
    """Everything that is wrong, by field."""
    return _in_words(filled.problems)


def _problems_typed(filled: Filled[ChangeT]) -> Sequence[FieldProblem]:
    """What is wrong with what stands in the fields; that a choice is to be made yet is not."""
    if filled.request is not None:
        return filled.problems
    return [each for each in filled.problems if each.field != "status"]


def _in_words(problems: Sequence[FieldProblem]) -> str:
    return "; ".join(f"{problem.field}: {problem.message}" for problem in problems)


def _at_most(lines: list[Line], count: int) -> list[Line]:
    if len(lines) <= count:
        return lines
    last = lines[count - 1]
    return [
        *lines[: count - 1],
        Line((*last.pieces[:-1], Piece(f"{last.pieces[-1].text[:-2]} \u2026"))),
    ]
