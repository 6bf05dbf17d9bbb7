"""The versions of an execution that this run saw, newest first, with who made each and how."""

from datetime import UTC, datetime

from jobs_tui.domain.requests import CANCEL_STEP_TIMER
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.history import DetailsChanged, Versions, VersionSeen
from jobs_tui.ui.terminal.lines import Line, Piece, line, padded, wrapped
from jobs_tui.ui.views.durations import DAY, coarse, moment
from jobs_tui.ui.views.flowing import flowing

_BY_THE_SERVICE = {
    Status.TIMED_OUT: "the service, a timer",
    Status.REMOVED: "the service",
    Status.CANCELED: "the control plane",
}
_OTHERS = "not us: the agent or another"
_LABEL_WIDTH = 6


def version_lines(versions: Versions, change: Change | None, now: float, width: int) -> list[Line]:
    """Every version that was seen; what was not is told as a gap.

    Args:
        versions: what was seen of the execution.
        change: the latest change of this run that is about it: it may have made a version of which
            that is not confirmed.
        now: service time, by which moments of today are told without their date.
        width: columns.
    """
    lines = [line(Piece("versions seen by this run", "strong"))]
    if versions.left_at is not None:
        ago = coarse(max(0.0, now - versions.left_at))
        told = f"left the pending list {ago} ago"
        if not versions.seen[-1].status.terminal:
            told += ": finished, canceled or removed; how was not seen"
        lines += _row("", (Piece(told, "warning"),), width)
    for index in reversed(range(len(versions.seen))):
        lines += _row(f"v{versions.seen[index].number}", _told(versions, index, change, now), width)
        missing = versions.missing_before(index)
        if missing:
            words = "1 version" if missing == 1 else f"{missing} versions"
            lines += _row("", (Piece(f"{words} not seen", "dim"),), width)
    if versions.forgotten:
        lines += _row("", (Piece(f"{versions.forgotten} older ones are forgotten", "dim"),), width)
    return lines


def _told(versions: Versions, index: int, change: Change | None, now: float) -> tuple[Piece, ...]:
    version = versions.seen[index]
    before = versions.seen[index - 1] if index else None
    came = ""
    if before is not None and before.status is not version.status:
        came = f"{before.status} \u2192 "
    told = [Piece(_clock(version.at, now), "dim")] if version.at is not None else []
    told.append(Piece(f"{came}{version.status}", _look(version.status)))
    told.append(Piece(_who(version, first=index == 0, change=change), "dim"))
    if version.step_timeout == CANCEL_STEP_TIMER:
        told.append(Piece("step timer cancelled"))
    elif version.step_timeout is not None:
        told.append(Piece(f"step timeout {version.step_timeout} min"))
    if version.details:
        told += [Piece(each, "name") for each in _changed(version.details, version.number)]
    return tuple(told)


def _who(version: VersionSeen, *, first: bool, change: Change | None) -> str:
    if version.change is not None:
        return f"us, change #{version.change}"
    if version.number == 1:
        return "as it was created"
    if version.status in _BY_THE_SERVICE:
        return _BY_THE_SERVICE[version.status]
    if first:
        return "as it was first seen"
    if change is not None and _may_have_made(change, version):
        return f"perhaps us: change #{change.number} is {change.state}"
    return _OTHERS


def _may_have_made(change: Change, version: VersionSeen) -> bool:
    open_or_in_doubt = not change.state.settled or change.state is ChangeState.NOT_CONFIRMABLE
    base = change.based_on.version_number if change.based_on else None
    return change.in_doubt and open_or_in_doubt and base is not None and version.number > base


def _changed(details: DetailsChanged, number: int) -> list[str]:
    """What was added, changed and removed, by name."""
    told = [f"+{name}" for name in details.added]
    told += [f"~{name}" for name in details.changed]
    told += [f"-{name}" for name in details.removed]
    return told if details.since == number - 1 else [*told, f"since v{details.since}"]


def _clock(at: float, now: float) -> str:
    """The time of day, with the date where that is not today's."""
    try:
        told = datetime.fromtimestamp(at, UTC)
    except (ValueError, OverflowError, OSError):
        return moment(at)
    today = at // DAY == now // DAY
    return f"{told:%H:%M:%S}" if today else f"{told:%m-%d %H:%M}"


def _look(status: Status) -> str:
    return "progress" if status is Status.IN_PROGRESS else "strong"


def _row(label: str, told: tuple[Piece, ...], width: int) -> list[Line]:
    room = max(10, width - _LABEL_WIDTH - 2)
    rows = [
        part
        for row in flowing(((piece,) for piece in told), room, "  ")
        for part in wrapped(row, room, words=True)
    ]
    return [
        Line((Piece(f"  {padded(label if not at else '', _LABEL_WIDTH)}", "strong"), *row.pieces))
        for at, row in enumerate(rows)
    ]
