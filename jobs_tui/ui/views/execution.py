"""An execution as lines to read."""

from typing import TYPE_CHECKING, NamedTuple

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import StatusDetails
from jobs_tui.domain.outcome import Failure
from jobs_tui.domain.status import Status
from jobs_tui.engine.thing_state import Described
from jobs_tui.ui.terminal.lines import Line, Piece, cells, line, wrapped
from jobs_tui.ui.views.durations import coarse, exact, moment
from jobs_tui.ui.views.trouble import change_trouble_lines, named_lines

if TYPE_CHECKING:
    # where nothing changed and nothing was changed there is none
    from jobs_tui.engine.change import Change
    from jobs_tui.engine.history import Versions
    from jobs_tui.ui.views.timers import Timers

NAME_WIDTH = 22

LEFT_LINE = line(Piece("it has left the pending list; this is what was last read of it", "warning"))


class Around(NamedTuple):
    """What this run knows of an execution beyond its latest description, and the room for it."""

    width: int
    versions: "Versions | None" = None
    """What was seen of it; None where nothing changed in this run."""
    change: "Change | None" = None
    """The latest change of this run that is about it."""
    failure: Failure | None = None
    """Why its thing could not be asked lately, where that is not told already."""
    sparing: bool = False
    """Whether the screen is to change as seldom as it can."""


def failure_lines(failure: Failure | None) -> list[Line]:
    """Why it could not be read, and the next step; nothing where it could."""
    if failure is None:
        return []
    return [
        line(Piece(f"! {failure.reason}", "alarm")),
        *named_lines(failure.code, failure.request_id),
        line(Piece(f"  {failure.advice}", "dim")),
        Line(),
    ]


def short_execution_lines(described: Described, now: float, width: int) -> list[Line]:
    """Every member that DescribeJobExecution returned, and the status details."""
    execution = described.execution
    deadline, details = _deadline(described, now), _details(execution.status_details)
    return [*_members(execution, now, width), *deadline, Line(), *details]


def execution_lines(described: Described, now: float, around: Around) -> list[Line]:
    """The same, with what is known around it: timeline, timers, versions, and what went wrong."""
    execution = described.execution
    # in full only where an execution is opened
    from jobs_tui.ui.views.execution_marks import marks_of  # noqa: PLC0415
    from jobs_tui.ui.views.timeline import timeline_lines  # noqa: PLC0415
    from jobs_tui.ui.views.timers import Timers, timers_of  # noqa: PLC0415
    from jobs_tui.ui.views.versions import version_lines  # noqa: PLC0415

    gone = around.versions is not None and around.versions.left_at is not None
    timers = Timers(None) if gone else timers_of(described, around.versions)
    latest = around.versions.seen[-1].number if around.versions else execution.version_number
    lines = [
        *_unasked(around.failure),
        *change_trouble_lines(around.change, latest, now),
        *_superseded(execution, latest),
    ]
    lines += _members(execution, now, around.width)
    if not gone:
        lines += _timers(timers, execution.status, now, around)
    elif around.versions is not None:
        lines += _end(described, around.versions, around.width)
    lines += [Line(), *_details(execution.status_details, around.width)]
    marks = marks_of(execution, timers, around.versions)
    lines += [Line(), *timeline_lines(marks, now, around.width, sparing=around.sparing)]
    if around.versions is not None:
        lines += [Line(), *version_lines(around.versions, around.change, now, around.width)]
    return lines


def _members(execution: JobExecution, now: float, width: int) -> list[Line]:
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
            told = f"{moment(at)}  ({coarse(max(0.0, now - at))} ago)"
            lines += _hanging(name, told, "", width, NAME_WIDTH)
    return lines


def _deadline(described: Described, now: float) -> list[Line]:
    if described.deadline is None:
        return []
    left = described.deadline - now
    words = f"in {coarse(left)}" if left > 0 else f"{exact(-left)} ago, by the timer"
    return [_member("times out", words, "" if left > 0 else "alarm")]


def _end(described: Described, versions: "Versions", width: int) -> list[Line]:
    """That an execution which is not listed any more may have timed out."""
    deadline, left_at = described.deadline, versions.left_at
    if deadline is None or left_at is None or versions.seen[-1].status.terminal:
        return []
    told = "its timer had run out: it has perhaps timed out"
    if deadline > left_at:
        told = "before its timer ran out, by what was last read of it"
    return _folded("left the list", told, "", width)


def _unasked(failure: Failure | None) -> list[Line]:
    """That what stands below may be old."""
    if failure is None:
        return []
    told = line(Piece("the list of this thing could not be read lately:", "warning"))
    return [told, *failure_lines(failure)]


def _superseded(execution: JobExecution, latest: int | None) -> list[Line]:
    """That a newer version was listed than the one that was read."""
    read = execution.version_number
    if read is None or latest is None or latest <= read:
        return []
    told = f"version {latest} stands there by now; below is version {read}: "
    return [line(Piece(f"{told}f fetches again", "warning")), Line()]


def _timers(timers: "Timers", status: Status, now: float, around: Around) -> list[Line]:
    """Both timers: which runs out next, what is known of the step timer, and of the other."""
    from jobs_tui.ui.views.timers import (  # noqa: PLC0415 - where an execution is opened
        countdown,
        nearest_words,
        step_words,
    )

    past = timers.nearest is not None and timers.nearest <= now
    lines = _folded(
        "times out",
        nearest_words(timers, status, now, sparing=around.sparing),
        "alarm" if past else "",
        around.width,
    )
    if status is Status.IN_PROGRESS:
        told = step_words(timers, now, sparing=around.sparing)
        lines += _folded("step timer", told, "", around.width)
    if timers.in_progress_after is not None and timers.in_progress_after > now:
        left = countdown(timers.in_progress_after - now, sparing=around.sparing)
        lines += _folded("in-progress timer", f"not within {left}", "", around.width)
    return lines


def _details(details: StatusDetails, width: int | None = None) -> list[Line]:
    """The status details as a table; with a width, what is long goes on below itself."""
    lines = [line(Piece("status details", "strong"))]
    if not details:
        return [*lines, line(Piece("  none", "dim"))]
    if width is None:
        return lines + [
            line("  ", Piece(f"{name:<{NAME_WIDTH - 2}}", "name"), Piece(value))
            for name, value in details.items()
        ]
    column = min(max(8, (width - 2) // 3), max(cells(name) for name in details))
    for name, value in details.items():
        lines += _in_columns(name, value, column, width)
    return lines


def _in_columns(name: str, value: str, column: int, width: int) -> list[Line]:
    """Both in full; whichever is longer than its column goes on below itself."""
    names = [row.pieces for row in wrapped(line(Piece(name, "name")), column)]
    room = max(10, width - column - 4)
    values = [row.pieces for row in wrapped(line(Piece(value)), room, words=True)]
    lines = []
    for index in range(max(len(names), len(values))):
        label = names[index] if index < len(names) else ()
        gap = column - sum(cells(piece.text) for piece in label) + 2
        shown = values[index] if index < len(values) else ()
        lines.append(Line((Piece("  "), *label, Piece(" " * gap), *shown)))
    return lines


def _folded(name: str, value: str, look: str, width: int) -> list[Line]:
    return _hanging(name, value, look, width, min(NAME_WIDTH, max(18, width // 3)))


def _hanging(name: str, value: str, look: str, width: int, label: int) -> list[Line]:
    """A name of so many cells, and a value that goes on below itself."""
    rows = wrapped(line(Piece(value, look)), max(10, width - label), words=True)
    return [
        Line((Piece(f"{name if not at else '':<{label}}", "dim"), *row.pieces))
        for at, row in enumerate(rows)
    ]


def _member(name: str, value: str, look: str = "") -> Line:
    return line(Piece(f"{name:<{NAME_WIDTH}}", "dim"), Piece(value, look))


def _number(number: int | None) -> str:
    return "not told" if number is None else str(number)
