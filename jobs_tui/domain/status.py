"""The statuses of a job execution and the ways from one to the next.

The states are those of the developer guide's "Jobs and job execution states"; the transitions are
what UpdateJobExecution accepts from a device.
"""

from enum import StrEnum


class Status(StrEnum):
    """The status of a job execution, spelled as the service spells it."""

    QUEUED = "QUEUED"
    IN_PROGRESS = "IN_PROGRESS"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    REJECTED = "REJECTED"
    TIMED_OUT = "TIMED_OUT"
    REMOVED = "REMOVED"
    CANCELED = "CANCELED"

    @property
    def terminal(self) -> bool:
        """Whether nothing can follow: the execution has left the pending list for good."""
        return self not in PENDING

    @property
    def meaning(self) -> str:
        """One line on what it means for the job when a device reports this status."""
        return _MEANINGS[self]


PENDING = frozenset({Status.QUEUED, Status.IN_PROGRESS})
"""The statuses that GetPendingJobExecutions lists."""

SETTABLE = (Status.IN_PROGRESS, Status.SUCCEEDED, Status.FAILED, Status.REJECTED)
"""The statuses that a device may set with UpdateJobExecution, in the order of the dialog."""

_MEANINGS = {
    Status.QUEUED: "waiting for the device",
    Status.IN_PROGRESS: "the device is at work on it",
    Status.SUCCEEDED: "done; the device never gets this job again",
    Status.FAILED: "not done; the job may retry it, the device may roll back",
    Status.REJECTED: "refused by the device; never retried",
    Status.TIMED_OUT: "a timer ran out; the job may retry it",
    Status.REMOVED: "the thing left the job's group",
    Status.CANCELED: "called off from the control plane",
}


def transition_problem(current: Status, wanted: Status) -> str | None:
    """Say why UpdateJobExecution cannot take an execution from one status to another.

    Returns None when the service accepts the change.
    """
    if wanted not in SETTABLE:
        return f"a device cannot set {wanted}; the service or the control plane does"
    if current.terminal:
        return f"the execution is {current}, which is final"
    return None


def next_statuses(current: Status) -> tuple[Status, ...]:
    """The statuses that a device may set from this one, in the order of the dialog."""
    return tuple(wanted for wanted in SETTABLE if transition_problem(current, wanted) is None)
