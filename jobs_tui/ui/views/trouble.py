"""What became of a change that came to no good end, in the service's own words, and what to do."""

from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.ui.commands.command import key_of
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.durations import coarse

_TROUBLE = frozenset(
    {
        ChangeState.REFUSED,
        ChangeState.CONFLICT,
        ChangeState.NOT_CONFIRMED,
        ChangeState.NOT_CONFIRMABLE,
        ChangeState.WAITING,
        ChangeState.LEFT,
    }
)


def change_trouble_lines(change: Change | None, version: int | None, now: float) -> list[Line]:
    """Why our latest change has not come to a good end; nothing where it has, or is on its way.

    Args:
        change: the latest of this run that is about the execution.
        version: the version that stands there; what came to nothing at an earlier one is history.
        now: service time.
    """
    if change is None or change.state not in _TROUBLE:
        return []
    waits = change.state in (ChangeState.WAITING, ChangeState.LEFT)
    if change.state is ChangeState.WAITING and not change.explanation:
        return []
    ago = coarse(max(0.0, now - change.asked_at))
    told = f"! {change.wish}, asked for {ago} ago: {change.state}"
    # one that cannot be confirmed may itself have made the version that stands there now
    in_doubt = not change.state.settled or change.state is ChangeState.NOT_CONFIRMABLE
    stands = in_doubt or change.still_stands(version)
    lines = [line(Piece(told, "dim" if not stands else "warning" if waits else "alarm"))]
    if change.explanation:
        lines.append(line(f"  {change.explanation}"))
    told_off = [each for each in change.attempts if each.code]
    if told_off:
        lines += named_lines(told_off[-1].code, told_off[-1].request_id)
    advice = change.advice or _next_step(change.state)
    if not stands:
        advice = f"version {version} has come since; {_decides()} opens the dialog on that"
    if advice:
        lines.append(line(Piece(f"  {advice}", "dim")))
    return [*lines, Line()]


def _next_step(state: ChangeState) -> str:
    """What to do where the change itself tells nothing."""
    journal = key_of("open-journal", "J")
    told = {
        ChangeState.REFUSED: f"{_decides()} opens the dialog on what stands there now",
        ChangeState.CONFLICT: f"{_decides()} shows what you saw, what stands there and what you "
        "wanted",
        ChangeState.NOT_CONFIRMED: "it is settled by reading again, by itself; "
        f"{journal} shows how that goes",
        ChangeState.WAITING: f"it goes out by itself; {journal} drops it",
        ChangeState.LEFT: f"{journal} sends it or drops it",
    }
    return told.get(state, "")


def _decides() -> str:
    """The key that opens the dialog in which one decides."""
    return key_of("change-status", "s")


def named_lines(code: str, request_id: str | None) -> list[Line]:
    """What support asks for: the service's name of the error, and of the call."""
    told = [*([code] if code else []), *([f"request id {request_id}"] if request_id else [])]
    return [line(Piece(f"  {', '.join(told)}", "dim"))] if told else []
