"""Changes as rows of the journal, and back.

What a row holds is named here member by member, so that nothing else ever gets in: no job document,
no signature, no credential. What others wrote is masked: a device may report a presigned URL among
its status details.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.masking import mask
from jobs_tui.domain.requests import StartNextPendingJobExecution, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import (
    Attempt,
    AttemptKind,
    Author,
    Change,
    ChangeRequest,
    ChangeState,
)

Row = Mapping[str, Any]
"""Columns by name."""

_EXECUTION_MEMBERS = (
    "job_id",
    "thing_name",
    "status_details",
    "queued_at",
    "started_at",
    "last_updated_at",
    "approximate_seconds_before_timed_out",
    "version_number",
    "execution_number",
)


def row_of(change: Change) -> dict[str, object]:
    """The columns of a change, without its number and its attempts."""
    client = change.author.ssh_client
    return {
        "asked_at": change.asked_at,
        "endpoint": change.endpoint,
        "identity": change.identity,
        "user": _storable(change.author.user),
        "host": _storable(change.author.host),
        "ssh_client": None if client is None else _storable(client),
        "thing_name": change.thing_name,
        "job_id": change.job_id,
        "operation": type(change.request).__name__,
        "request": _request_text(change.request),
        "based_on": _execution_text(change.based_on),
        "standing": _execution_text(change.standing),
        "state": change.state.name,
        "explanation": _storable(change.explanation),
        "advice": _storable(change.advice),
    }


def holds_secret(change: Change) -> bool:
    """Whether what was asked for cannot be recorded as it is: it holds a presigned URL."""
    request = _request_text(change.request)
    return mask(request) != request


def change_of(row: Row, attempts: tuple[Attempt, ...]) -> Change:
    """Read a change; raises ValueError, KeyError or TypeError for what was not written so."""
    return Change(
        number=row["number"],
        request=_request(row["operation"], json.loads(row["request"])),
        based_on=_execution(row["based_on"]),
        asked_at=float(row["asked_at"]),
        endpoint=row["endpoint"],
        identity=row["identity"],
        author=Author(row["user"], row["host"], row["ssh_client"]),
        state=ChangeState[row["state"]],
        explanation=row["explanation"],
        advice=row["advice"],
        standing=_execution(row["standing"]),
        attempts=attempts,
    )


def attempt_row(attempt: Attempt) -> dict[str, object]:
    """The columns of an attempt."""
    request_id = attempt.request_id
    return {
        "kind": str(attempt.kind),
        "at": attempt.at,
        "outcome": attempt.outcome,
        "reason": _storable(attempt.reason),
        "code": _storable(attempt.code),
        "request_id": None if request_id is None else _storable(request_id),
    }


def attempt_of_row(row: Row) -> Attempt:
    """Read an attempt."""
    return Attempt(
        AttemptKind(row["kind"]),
        float(row["at"]),
        row["outcome"],
        row["reason"],
        row["code"],
        row["request_id"],
    )


def _request_text(request: ChangeRequest) -> str:
    return json.dumps(asdict(request))


def _storable(text: str) -> str:
    """The text without secrets, and without lone surrogates, which no file of UTF-8 can hold."""
    return mask(text).encode("utf-8", "backslashreplace").decode("utf-8")


def _request(operation: str, members: dict[str, Any]) -> ChangeRequest:
    if operation == "UpdateJobExecution":
        return UpdateJobExecution(**{**members, "status": Status(members["status"])})
    if operation == "StartNextPendingJobExecution":
        return StartNextPendingJobExecution(**members)
    raise ValueError(operation)


def _execution_text(execution: JobExecution | None) -> str | None:
    if execution is None:
        return None
    members = {name: getattr(execution, name) for name in _EXECUTION_MEMBERS}
    return mask(json.dumps({**members, "status": execution.status}))


def _execution(text: str | None) -> JobExecution | None:
    if text is None:
        return None
    members = json.loads(text)
    return JobExecution(**{**members, "status": Status(members["status"])})
