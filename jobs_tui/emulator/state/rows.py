"""Records of the account as rows of a state file, and back."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import Any, NamedTuple

from jobs_tui.domain.status import Status
from jobs_tui.emulator.rules.records import (
    Cancellation,
    Execution,
    Job,
    Membership,
    Record,
    RetryCriterion,
    Thing,
    ThingGroup,
)
from jobs_tui.emulator.rules.targets import Target

Members = dict[str, Any]
"""The members of a record, by the names of its fields."""


class Row(NamedTuple):
    """One record."""

    kind: str
    identity: str
    """What makes it the same record from change to change."""
    members: str
    """JSON."""


def row_of(record: Record) -> Row:
    """Write a record."""
    members = {each.name: getattr(record, each.name) for each in fields(record)}
    identity = [members[name] for name in _IDENTITIES[type(record)]]
    match record:
        case Execution():
            members["job"] = record.job.job_id
            identity = [record.thing_name, record.job.job_id, record.execution_number]
        case Job():
            members["targets"] = [asdict(each) for each in record.targets]
            members["retry_criteria"] = [asdict(each) for each in record.retry_criteria]
    return Row(type(record).__name__, json.dumps(identity), json.dumps(members))


def record_of(kind: str, members: str, jobs: Mapping[str, Job]) -> Record:
    """Read a record that `row_of` wrote.

    `jobs` are those read before, for the executions among the records. Raises ValueError, KeyError
    or TypeError for what was not written so.
    """
    return _READERS[kind](json.loads(members), jobs)


_IDENTITIES: Mapping[type[Record], tuple[str, ...]] = {
    Thing: ("name",),
    ThingGroup: ("name",),
    Membership: ("group_name", "thing_name"),
    Job: ("job_id",),
    Cancellation: ("job_id",),
    Execution: (),
}


def _job(members: Members, _jobs: Mapping[str, Job]) -> Job:
    targets = tuple(Target(**each) for each in members.pop("targets"))
    criteria = tuple(RetryCriterion(**each) for each in members.pop("retry_criteria"))
    return Job(**members, targets=targets, retry_criteria=criteria)


def _execution(members: Members, jobs: Mapping[str, Job]) -> Execution:
    job, status = jobs[members.pop("job")], Status(members.pop("status"))
    return Execution(job=job, status=status, **members)


_READERS: Mapping[str, Callable[[Members, Mapping[str, Job]], Record]] = {
    "Thing": lambda members, _: Thing(**members),
    "ThingGroup": lambda members, _: ThingGroup(**members),
    "Membership": lambda members, _: Membership(**members),
    "Job": _job,
    "Cancellation": lambda members, _: Cancellation(**members),
    "Execution": _execution,
}
