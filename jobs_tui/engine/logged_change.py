"""What is logged of a change: each step of its way through the states, and why."""

from jobs_tui.domain.logged import decided, is_kept, seconds
from jobs_tui.engine.change import Change


def log_change(before: Change | None, after: Change) -> None:
    """Log that a change is in another state now, or still in the same one after an attempt.

    None for one that is heard of for the first time in this run.
    """
    if not is_kept():
        return
    attempt = after.attempts[-1] if after.attempts else None
    _decided(
        after,
        request_id=attempt.request_id if attempt else None,
        wish=after.wish if before is None else None,
        was=before.state if before is not None else None,
        now=after.state,
        after=f"{attempt.kind} {attempt.outcome}".strip() if attempt else None,
        attempts=len(after.attempts),
        stands=after.standing.version_number if after.standing else None,
        why=after.explanation or None,
    )


def log_pause(change: Change, pause: float) -> None:
    """Log for how long a change waits before it is sent, or read, once more."""
    if pause and is_kept():
        _decided(change, now=change.state, next_try=seconds(pause))


def log_dropping(change: Change) -> None:
    """Log that the user has dropped a change that is not settled."""
    if is_kept():
        _decided(change, now=change.state, why="dropped by the user")


def _decided(change: Change, request_id: str | None = None, **fields: object) -> None:
    decided(
        "change",
        thing_name=change.thing_name,
        job_id=change.job_id,
        request_id=request_id,
        change=change.number,
        **fields,
    )
