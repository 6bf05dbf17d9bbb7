"""Which operation a request asks for: the methods and paths of the two service models.

All operations of the model `iot` are known by name, so that one which the emulator does not play is
refused by its name. Their table lies beside this file, a line each: method, path, name.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jobs_tui.emulator.wire.call import Call

DATA_PLANE = "iot-jobs-data"
CONTROL_PLANE = "iot"
"""The signing names of the two services."""

DATA_PLANE_OPERATIONS = (
    "GET /things/{thingName}/jobs GetPendingJobExecutions",
    "GET /things/{thingName}/jobs/{jobId} DescribeJobExecution",
    "PUT /things/{thingName}/jobs/$next StartNextPendingJobExecution",
    "POST /things/{thingName}/jobs/{jobId} UpdateJobExecution",
)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of one of the services."""

    plane: str
    name: str
    method: str
    template: tuple[str, ...]
    """The segments of its path; one in braces stands for any, with `+` for all that follow."""

    @classmethod
    def parse(cls, plane: str, line: str) -> "Operation":
        """Read a line of the table."""
        method, path, name = line.split()
        return cls(plane, name, method, tuple(path.split("/")[1:]))

    def match(self, segments: tuple[str, ...]) -> Mapping[str, str] | None:
        """The members that stand in a path, or None if it is not one of this operation."""
        greedy = self.template[-1].endswith("+}")
        if len(segments) != len(self.template) and not (
            greedy and len(segments) > len(self.template)
        ):
            return None
        members = {}
        for wanted, segment in zip(self.template, segments, strict=False):
            if wanted.startswith("{"):
                members[wanted.strip("{+}")] = segment
            elif wanted != segment:
                return None
        return members


def find_operation(call: Call) -> tuple[Operation, Mapping[str, str]] | None:
    """The operation that is asked for, and the members in its path.

    Two paths mean different operations in the two planes; the service for which a request is signed
    tells which. What is signed for neither, or not at all, is looked for in both, the data plane
    first.
    """
    planes = [plane for plane in LINES if plane == call.signing_name] or list(LINES)
    for plane in planes:
        for operation in _by_method(plane).get(call.method, ()):
            members = operation.match(call.segments)
            if members is not None:
                return operation, members
    return None


def _control_plane_lines() -> Sequence[str]:
    return files(__package__).joinpath("iot_operations.txt").read_text("ascii").splitlines()


LINES: Mapping[str, Callable[[], Sequence[str]]] = {
    DATA_PLANE: lambda: DATA_PLANE_OPERATIONS,
    CONTROL_PLANE: _control_plane_lines,
}
"""The table of each plane."""


@cache
def _by_method(plane: str) -> Mapping[str, Sequence[Operation]]:
    """The operations of a plane, literal paths before the ones that would match them too."""
    operations = sorted(
        (Operation.parse(plane, line) for line in LINES[plane]()),
        key=lambda each: [segment.startswith("{") for segment in each.template],
    )
    found = defaultdict[str, list[Operation]](list)
    for operation in operations:
        found[operation.method].append(operation)
    return found
