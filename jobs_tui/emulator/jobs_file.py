"""Jobs in a file, a JSON object a line: the members of CreateJob and `jobId`.

So that one can be written by hand, a target may be the plain name of a thing, the document may be
JSON itself instead of JSON in a string, and things and groups that do not exist are created.
"""

import json
from pathlib import Path

from jobs_tui.domain.json_levels import too_deep
from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.rules.service_error import ServiceError
from jobs_tui.emulator.rules.targets import Target
from jobs_tui.emulator.wire.members import Members
from jobs_tui.emulator.wire.new_job import create_job


class JobsFileError(Exception):
    """The file cannot be read; one line that says where and why, for the user."""


def create_jobs(account: Account, path: Path) -> int:
    """Create the jobs of a file that the account does not have yet; returns how many it created.

    Raises JobsFileError at the first line that is no job, with those before it created.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise JobsFileError(f"{path}: {error.strerror}") from error
    created = 0
    there = {state.job.job_id for state in account.list_jobs()}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            created += _create(account, Members.parse(_with_document_as_text(line)), there)
        except ServiceError as refusal:
            raise JobsFileError(f"{path}, line {number}: {refusal.message}") from refusal
    return created


def _create(account: Account, members: Members, there: set[str]) -> bool:
    job_id = members.text("jobId") or ""
    if job_id in there:
        return False

    def target(text: str) -> Target:
        found = Target.parse(text) if text.startswith("arn:") else Target.of_thing(text)
        if found.kind == "thing":
            account.create_missing_thing(found.name)
        else:
            account.create_missing_thing_group(found.name)
        return found

    create_job(account, job_id, members, target)
    there.add(job_id)
    return True


def _with_document_as_text(line: bytes) -> bytes:
    try:
        members = json.loads(line)
    except (ValueError, RecursionError):
        return line
    if not isinstance(members, dict) or not isinstance(members.get("document"), dict | list):
        return line
    if too_deep(members):
        return line
    return json.dumps({**members, "document": json.dumps(members["document"])}).encode()
