"""Every operation that the emulator plays, by plane and name."""

from collections.abc import Mapping
from dataclasses import dataclass

from jobs_tui.emulator.rules.service_error import unknown_operation
from jobs_tui.emulator.wire import (
    data_plane,
    endpoint,
    job_executions,
    jobs,
    search_index,
    things,
)
from jobs_tui.emulator.wire.call import Call, Handler, Inputs
from jobs_tui.emulator.wire.operations import CONTROL_PLANE, DATA_PLANE, find_operation

HANDLERS: Mapping[str, Mapping[str, Handler]] = {
    DATA_PLANE: data_plane.HANDLERS,
    CONTROL_PLANE: {
        **things.HANDLERS,
        **jobs.HANDLERS,
        **job_executions.HANDLERS,
        **search_index.HANDLERS,
        **endpoint.HANDLERS,
    },
}
"""By signing name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An operation that is asked for, with all it takes to do it."""

    plane: str
    operation: str
    handler: Handler
    inputs: Inputs


def asked_for(call: Call) -> Asked:
    """What a request asks for; raises ServiceError for what the emulator does not play."""
    found = find_operation(call)
    if found is None:
        raise unknown_operation(f"has no operation {call.method} {call.path[:200]}")
    operation, path = found
    handler = HANDLERS[operation.plane].get(operation.name)
    if handler is None:
        raise unknown_operation(f"does not support {operation.name}")
    inputs = Inputs(path, call.query, call.host, call.body)
    return Asked(operation.plane, operation.name, handler, inputs)
