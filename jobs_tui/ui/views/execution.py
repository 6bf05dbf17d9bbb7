"""An execution as lines to read."""

from typing import TYPE_CHECKING, NamedTuple

from jobs_tui.domain.outcome import Failure
from jobs_tui.domain.status import Status
from jobs_tui.engine.thing_state import Described
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.durations import coarse, exact, moment

if TYPE_CHECKING:
    # where nothing changed and nothing was changed there is none
    from jobs_tui.engine.change import Change
    from jobs_tui.engine.history import Versions

NAME_WIDTH = 22

LEFT_LINE = line(Piece("it has left the pending list; this is what was last read of it", "warning"))


class Around(NamedTuple):
    """What this run knows of an execution beyond its latest description, and the room for it."""

    width: int
    versions: "Versions | None" = None
    """What was seen of it; None where nothing changed in this run."""
    change: "Change | None" = None
    """The latest change of this run that is about it."""
    sparing: bool = False
    """Whether the screen is to change as seldom as it can."""


def failure_lines(failure: Failure | None) -> list[Line]:
    """Why it could not be read, and the next step; nothing where it could."""
    if failure is None:
        return []
    return [
        line(Piece(f"! {failure.reason}", "alarm")),
        line(Piece(f"  {failure.advice}", "dim")),
        Line(),
    ]


def execution_lines(described: Described, now: float, around: Around | None = None) -> list[Line]:
    """Every member that DescribeJobExecution returned, and the status details.

    With what is known around it also its timeline, timers, versions, and what went wrong.
    """
    execution = described.execution
    status_look = "progress" if execution.status is Status.IN_PROGRESS else "strong"
    lines = [
        _member("thing", execution.thing_name),
        _member("job", execution.job_id),
        _member("status", execution.status, status_look),
        _member("version number", _number(execution.version_number)),
        _member("execution number", _number(execution.execution_number)),
    ]
    for name, at in (
        ("queued", execution.queued_at),
        ("started", execution.started_at),
        ("last updated", execution.last_updated_at),
    ):
        if at is not None:
            lines.append(_member(name, f"{moment(at)}  ({coarse(max(0.0, now - at))} ago)"))
    if described.deadline is not None:
        left = described.deadline - now
        words = f"in {coarse(left)}" if left > 0 else f"{exact(-left)} ago, by the timer"
        lines.append(_member("times out", words, "" if left > 0 else "alarm"))
    lines.append(Line())
    lines.append(line(Piece("status details", "strong")))
    if not execution.status_details:
        lines.append(line(Piece("  none", "dim")))
    lines += [
        line("  ", Piece(f"{name:<{NAME_WIDTH - 2}}", "name"), Piece(value))
        for name, value in execution.status_details.items()
    ]
    return lines


def _member(name: str, value: str, look: str = "") -> Line:
    return line(Piece(f"{name:<{NAME_WIDTH}}", "dim"), Piece(value, look))


def _number(number: int | None) -> str:
    return "not told" if number is None else str(number)
