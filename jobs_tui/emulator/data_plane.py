"""The wire format of the service model `iot-jobs-data`: its four operations on things' jobs."""

import re

from jobs_tui.emulator import wire
from jobs_tui.emulator.account import Account
from jobs_tui.emulator.call import Call
from jobs_tui.emulator.constraints import LONG, NEXT_JOB
from jobs_tui.emulator.members import Members
from jobs_tui.emulator.service_error import invalid_request
from jobs_tui.emulator.wire import JsonObject

_DIGITS = re.compile(r"-?[0-9]{1,19}")


def answer(account: Account, call: Call) -> JsonObject | None:
    """Do what is asked and answer it, or return None if it is none of the four operations.

    Raises ServiceError for what the service would refuse.
    """
    match call.method, call.segments:
        case "GET", ("things", thing_name, "jobs"):
            return wire.pending_job_executions(account.get_pending_job_executions(thing_name))
        case "GET", ("things", thing_name, "jobs", job_id):
            return _describe(account, call, thing_name, job_id)
        case "PUT", ("things", thing_name, "jobs", job_id) if job_id == NEXT_JOB:
            return _start_next(account, call, thing_name)
        case "POST", ("things", thing_name, "jobs", job_id):
            return _update(account, call, thing_name, job_id)
    return None


def _describe(account: Account, call: Call, thing_name: str, job_id: str) -> JsonObject:
    execution = account.describe_job_execution(
        thing_name,
        job_id,
        execution_number=_long_in_query(call, "executionNumber"),
        # the model's prose says that the default is false; the guide and captures say true
        include_job_document=_flag_in_query(call, "includeJobDocument", default=True),
    )
    return wire.job_execution(execution)


def _start_next(account: Account, call: Call, thing_name: str) -> JsonObject:
    members = Members.parse(call.body)
    execution = account.start_next_pending_job_execution(
        thing_name,
        status_details=members.text_map("statusDetails"),
        step_timeout_in_minutes=members.whole_number("stepTimeoutInMinutes"),
    )
    return wire.job_execution(execution)


def _update(account: Account, call: Call, thing_name: str, job_id: str) -> JsonObject:
    members = Members.parse(call.body)
    include_state = members.flag("includeJobExecutionState")
    updated = account.update_job_execution(
        thing_name,
        job_id,
        members.text("status"),
        status_details=members.text_map("statusDetails"),
        expected_version=members.whole_number("expectedVersion"),
        execution_number=members.whole_number("executionNumber"),
        include_job_document=members.flag("includeJobDocument"),
        step_timeout_in_minutes=members.whole_number("stepTimeoutInMinutes"),
    )
    state = updated.execution_state if include_state else None
    return wire.updated_job_execution(state, updated.job_document)


def _long_in_query(call: Call, name: str) -> int | None:
    text = call.query.get(name)
    if text is None:
        return None
    if _DIGITS.fullmatch(text) is None or int(text) not in LONG:
        raise invalid_request(f"The value of '{name}' is not a whole number of 64 bits")
    return int(text)


def _flag_in_query(call: Call, name: str, *, default: bool) -> bool:
    text = call.query.get(name)
    if text is None:
        return default
    if text not in {"true", "false"}:
        raise invalid_request(f"The value of '{name}' is not a boolean")
    return text == "true"
