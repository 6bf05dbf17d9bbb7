"""What is told by a colour is told by a sign or a word as well: for who does not see the colour."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import combinations

import pytest
from rich.color import ColorSystem
from rich.segment import Segment

from jobs_tui.cli.doctor.report import LinesReport
from jobs_tui.cli.output import Output
from jobs_tui.domain.attention import Attention
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import ExecutionKey, JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.finding import Finding, Level
from jobs_tui.domain.outcome import NotAllowed, NotConfirmed, Refused, Throttled, Unreachable
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.domain.status import SETTABLE, Status
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.fleet.standing import Need, Standing
from jobs_tui.engine.notices import Notice
from jobs_tui.engine.thing_state import ThingState, with_answer
from jobs_tui.ui.terminal.cells import row_of
from jobs_tui.ui.terminal.lines import Line, Piece
from jobs_tui.ui.terminal.plain_cells import plain_row
from jobs_tui.ui.views import changed_rows
from jobs_tui.ui.views.changes import outcome_words
from jobs_tui.ui.views.fleet import Marks, Recency, columns, thing_line
from jobs_tui.ui.views.journal import journal_line
from jobs_tui.ui.views.notices import notices_rows
from jobs_tui.ui.views.panel import Freshness, freshness_words, panel
from jobs_tui.ui.views.rows import Row

NOW = 1_800_000_000.0
LIVE = Freshness(NOW, paused=False, live_for=10.0)
KEY = ExecutionKey("gw", "fw", 1)
SUMMARY = JobExecutionSummary("fw", Status.IN_PROGRESS, NOW - 60, NOW - 60, NOW - 60, 2, 1)
ANSWERED = with_answer(
    ThingState("gw"), PendingJobExecutions((SUMMARY,), ()), now=NOW, keep_left=20.0
)
SEEN = JobExecution("fw", "gw", Status.IN_PROGRESS, version_number=2, execution_number=1)
REQUEST = UpdateJobExecution("gw", "fw", Status.FAILED, {}, expected_version=2, execution_number=1)
FAILURES = {
    "nothing": None,
    "unreachable": Unreachable("no route"),
    "throttled": Throttled("slow down"),
    "not allowed": NotAllowed("no"),
    "no answer": NotConfirmed("cut"),
    "refused": Refused("no"),
}
SIGNS = ("all", "console", "ascii")
"""Of terminals."""


def text(shown: Line, signs: str = "all") -> str:
    """The characters of a line, as a terminal with these signs and no colour has them."""
    words = "".join(piece.text for piece in shown.pieces)
    plain = plain_row(signs, colors=False)
    assert plain is not None
    return "".join(cell for cell, _ in plain(row_of([Segment(words)], 200, ColorSystem.STANDARD)))


def check_apart(told: Mapping[object, str]) -> None:
    """No two of them are told by the same characters."""
    alike = [
        f"{one} and {other}" for one, other in combinations(told, 2) if told[one] == told[other]
    ]
    assert not alike


def panel_lines(
    state: ThingState = ANSWERED, row: Row | None = None, width: int = 80, **how: object
) -> tuple[Line, ...]:
    rows = (row or Row(KEY, SUMMARY, "IN_PROGRESS", "v2", "1 min"),)
    how = {"focused": True, "selected": 0, **how}
    return panel(state, rows, how.pop("selected"), LIVE, width, **how).lines(4).lines


@pytest.mark.parametrize("width", [40, 80])
def test_statuses_and_needs_of_rows(width) -> None:
    row = Row(KEY, SUMMARY, "", "v2", "1 min")
    check_apart(
        {
            each: text(panel_lines(row=row._replace(status=str(each)), width=width)[1])
            for each in (*Status, "gone")
        }
    )
    check_apart(
        {
            each: text(panel_lines(row=row._replace(flag=str(each or "")), width=width)[1])
            for each in (None, *Attention, changed_rows.CONFLICT)
        }
    )


def test_changes_of_rows() -> None:
    told = {}
    for state in ChangeState:
        of_row = changed_rows.while_listed(change(state), SUMMARY, NOW)
        if any(of_row):
            # else the version that stands there is all that there is to tell
            told[state] = f"{of_row.status} {of_row.note} {of_row.flag}"
    check_apart(told)


@pytest.mark.parametrize("signs", SIGNS)
def test_the_focus_the_cursor_and_marks_of_panels(signs) -> None:
    def shown(**how: object) -> str:
        return "\n".join(text(each, signs) for each in panel_lines(**how)[:2])

    check_apart(
        {
            "focused": shown(),
            "not focused": shown(focused=False),
            "without the cursor": shown(focused=False, selected=None),
            "marked": shown(marked={KEY}),
        }
    )


def test_how_fresh_a_panel_is() -> None:
    told = {
        name: " ".join(freshness_words(replace_failure(failure), LIVE)[:1])
        for name, failure in FAILURES.items()
    }
    told["old"] = freshness_words(ANSWERED, LIVE._replace(now=NOW + 60))[0]
    told["paused"] = freshness_words(ANSWERED, LIVE._replace(paused=True))[0]
    told["never"] = freshness_words(ThingState("gw"), LIVE)[0]
    check_apart(told)


@pytest.mark.parametrize("width", [40, 80, 160])
def test_needs_of_things_in_the_list(width) -> None:
    standing = Standing("gw", Need.QUIET, oldest=NOW - 60)
    needs = {
        Need.CONFLICT: standing._replace(conflicts=1),
        Need.OVERDUE: standing._replace(stuck=1, overdue=1, in_progress=1, deadline=NOW - 60),
        Need.STUCK: standing._replace(stuck=1, in_progress=1, longest_silence=NOW - 7200),
        Need.DUE: standing._replace(in_progress=1, deadline=NOW + 60),
        Need.ERROR: standing._replace(failure=FAILURES["unreachable"]),
        Need.IN_PROGRESS: standing._replace(in_progress=1),
        Need.QUEUED: standing._replace(queued=1),
        Need.QUIET: standing,
        Need.UNKNOWN: standing,
    }
    assert needs.keys() == set(Need)
    shown = columns(width, 12)
    recency = Recency(NOW - 5, live_for=13.0)
    check_apart(
        {
            need: text(thing_line(each._replace(need=need), recency, NOW, shown, Marks()))
            for need, each in needs.items()
        }
    )


@pytest.mark.parametrize("signs", SIGNS)
def test_the_cursor_pins_and_marks_of_the_list(signs) -> None:
    standing, shown = Standing("gw", Need.QUIET), columns(80, 12)
    marks = (
        Marks(),
        Marks(selected=True),
        Marks(pinned=True),
        Marks(marked=True),
        Marks(thumb=True),
    )
    recency = Recency(NOW - 5, live_for=13.0)
    check_apart(
        {each: text(thing_line(standing, recency, NOW, shown, each), signs) for each in marks}
    )


@pytest.mark.parametrize("width", [40, 80, 130])
def test_changes_of_the_journal(width) -> None:
    check_apart(
        {
            state: text(journal_line(change(state), NOW, width, selected=False))
            for state in ChangeState
        }
    )
    check_apart({state: outcome_words(change(state)) for state in ChangeState})
    check_apart(
        {
            selected: text(journal_line(change(ChangeState.SENDING), NOW, width, selected=selected))
            for selected in (True, False)
        }
    )


def test_levels_of_notices() -> None:
    def shown(level: str, *, selected: bool = False) -> str:
        notice = Notice(NOW, "the same", level, None)
        return text(notices_rows([notice], 80, notice if selected else None)[1][0])

    # how bad it is, beyond that, is told by the words
    for level in ("warning", "alarm"):
        check_apart({each: shown(each) for each in ("", level)})
    check_apart({selected: shown("", selected=selected) for selected in (True, False)})


def test_findings_of_the_doctor() -> None:
    def printed(level: Level) -> str:
        lines: list[str] = []
        LinesReport(Collected(lines.append), None).add(Finding("step", level, "the same"))
        return "".join(lines)

    check_apart({level: printed(level) for level in Level})


class Collected(Output):
    """What is printed, kept."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._keep = write

    def write(self, text: str) -> None:
        self._keep(text)

    def flush(self) -> None:
        """Nothing waits."""


@pytest.mark.slow
async def test_choices_of_a_dialog(account, cockpit) -> None:
    account.create_thing("gw-1")
    account.create_job("fw-1", ["gw-1"], "{}")
    async with cockpit("gw-1") as screen:
        await screen.open_status_dialog("fw-1")
        seen = {}
        for key, status in zip("isfr", SETTABLE, strict=True):
            await screen.press(key)
            seen[status] = [
                line for line in screen.text.splitlines() if "( )" in line or ")" in line
            ]
        for signs in SIGNS:
            check_apart({status: "\n".join(lines_as(seen[status], signs)) for status in seen})


def lines_as(lines: Iterable[str], signs: str) -> list[str]:
    return [text(Line((Piece(each),)), signs) for each in lines]


def change(state: ChangeState) -> Change:
    return Change(1, REQUEST, SEEN, NOW, state=state)


def replace_failure(failure: object) -> ThingState:
    return replace(ANSWERED, failure=failure)
