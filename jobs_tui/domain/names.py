"""The names that the service takes: of things, of jobs and of status details. Pure."""

import re

THING_NAME_MAX = 128
JOB_ID_MAX = 64
DETAIL_NAME_MAX = 128

_NAME = r"[a-zA-Z0-9:_-]+"
_JOB_ID = r"[a-zA-Z0-9_-]+"


def thing_name_problem(name: str) -> str | None:
    """What is wrong with a thing name, or None."""
    return _name_problem(name, _NAME, THING_NAME_MAX, "letters, digits, colon, _ and -")


def job_id_problem(job_id: str) -> str | None:
    """What is wrong with a job id, or None."""
    return _name_problem(job_id, _JOB_ID, JOB_ID_MAX, "letters, digits, _ and -")


def detail_name_problem(name: str) -> str | None:
    """What is wrong with the name of a status detail, or None."""
    return _name_problem(name, _NAME, DETAIL_NAME_MAX, "letters, digits, colon, _ and -")


def _name_problem(name: str, pattern: str, longest: int, allowed: str) -> str | None:
    if not name:
        return "must not be empty"
    if len(name) > longest:
        return f"has {len(name)} characters, {longest} at most"
    if re.fullmatch(pattern, name) is None:
        return f"may hold only {allowed}"
    return None
