"""Requests made from the service models, then broken: every answer is one that the model knows."""

import json
from collections.abc import Iterator
from math import ceil
from typing import Any
from urllib.parse import quote

import botocore.session
import pytest
from botocore.model import OperationModel, Shape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow

NAMES = {
    "iot-jobs-data": """
        GetPendingJobExecutions StartNextPendingJobExecution DescribeJobExecution
        UpdateJobExecution
        """,
    "iot": """
        CreateThing ListThings CreateThingGroup AddThingToThingGroup RemoveThingFromThingGroup
        ListThingsInThingGroup CreateJob DescribeJob GetJobDocument ListJobs CancelJob DeleteJob
        CancelJobExecution DescribeJobExecution ListJobExecutionsForThing ListJobExecutionsForJob
        SearchIndex DescribeEndpoint
        """,
}
OPERATIONS = {
    f"{service}:{name}": botocore.session.get_session()
    .get_service_model(service)
    .operation_model(name)
    for service, names in NAMES.items()
    for name in names.split()
}
EACH_OPERATION = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)

ARN = "arn:aws:iot:eu-west-3:123456789012:"
GOOD_BY_SHAPE: dict[str, list[str]] = {
    "ThingName": ["gw-1", "gw-2", "gw-0"],
    "ThingArn": [ARN + "thing/gw-1"],
    "ThingGroupName": ["fleet", "nobody"],
    "ThingGroupArn": [ARN + "thinggroup/fleet"],
    "JobId": ["first", "second", "new"],
    "DescribeJobExecutionJobId": ["first", "second", "$next", "new"],
    "TargetArn": [ARN + "thing/gw-1", ARN + "thinggroup/fleet"],
    "JobDocument": ["{}", '{"operation":"reboot"}'],
    "JobExecutionStatus": ["IN_PROGRESS", "SUCCEEDED", "FAILED", "QUEUED"],
    "IndexName": ["AWS_Things", "AWS_ThingGroups"],
    "QueryString": ["gw-1", "thingName:gw-* AND NOT thingGroupNames:fleet", "gw OR", "a:[1 TO 2]"],
    "QueryVersion": ["2017-09-30"],
    "EndpointType": ["iot:Data-ATS", "iot:Jobs", "iot:CredentialProvider"],
    "JobTemplateArn": ["arn:aws:iot:eu-west-3:123456789012:jobtemplate/reboot"],
    "PackageVersionArn": ["arn:aws:iot:eu-west-3:123456789012:package/a/version/1"],
    "RoleArn": ["arn:aws:iam::123456789012:role/urls"],
}
"""What makes sense for a member, the best first; for others anything that its shape allows."""

GOOD_REQUESTS: dict[str, dict[str, Any]] = {
    "CreateThing": {"thingName": "new"},
    "CreateThingGroup": {"thingGroupName": "new"},
    "AddThingToThingGroup": {"thingGroupName": "fleet", "thingName": "gw-2"},
    "RemoveThingFromThingGroup": {"thingGroupName": "fleet", "thingName": "gw-1"},
    "CreateJob": {"jobId": "new", "document": "{}"},
    "DeleteJob": {"force": True},
}
"""What is accepted; for others that which the model requires is enough."""

NOT_PLAYED = {
    "CreateThing": {"thingTypeName", "billingGroupName"},
    "CreateJob": {
        "documentSource",
        "jobTemplateArn",
        "documentParameters",
        "schedulingConfig",
        "abortConfig",
        "jobExecutionsRolloutConfig",
        "namespaceId",
        "destinationPackageVersions",
    },
}
"""Members that the emulator refuses whatever their value: no valid request has them."""

NOT_READ = {"tags"}
"""Members of which the emulator takes only the type: nothing can be asked about tags."""

EVERYTHING, PRINTABLE = r"[\s\S]*", r"[^\p{C}]+"
SIZES = {"integer": 31, "long": 63}


class Encoded(str):
    """Part of a path or query that goes out as it is."""

    __slots__ = ()


NOISE = [
    None,
    "",
    "x" * 100_000,
    "\x00\x1b[31m\x7f",
    "\u202e\ud800",
    "é😀",
    2**63,
    -(2**63) - 1,
    10**400,
    0.5,
    float("nan"),
    float("inf"),
    [],
    {},
    [None],
    {"": None},
    "DEEP",
    Encoded("%"),
    Encoded("%zz%00"),
    Encoded("%ff%fe"),
    Encoded("%24next"),
    Encoded("%2e%2e"),
    Encoded("a+b%2Bc%20d"),
    Encoded("%ED%A0%80"),
]
LONGEST_IN_TARGET = 900
"""Characters of a value in path or query; HTTP itself refuses targets above 8 kB, without JSON."""

DEEP = b"[" * 10_000 + b"]" * 10_000
NOISE_IN_BODIES = [b"", b"null", b"[]", b'"x"', b"<xml/>", b"status=FAILED", b"\x00", DEEP, b"\xff"]
NOISE_IN_QUERIES = ["", "&", "=", "a=b&a=c", "%=%zz", "force=true&force=false", "maxResults=%ED%A0"]
CONTENT_TYPES = ["text/plain", "application/json; charset=utf-16", "multipart/form-data", "x"]


def good(shape: Shape) -> list[Any]:
    """Values that a shape allows, the best first; of structures only what is required."""
    match shape.type_name:
        case "string":
            return GOOD_BY_SHAPE.get(shape.name) or shape.metadata.get("enum", ["X1"])
        case "boolean":
            return [True, False]
        case "list":
            return [[each] for each in good(shape.member)]
        case "map":
            return [{each: good(shape.value)[0]} for each in good(shape.key)]
        case "structure":
            return [{name: good(shape.members[name])[0] for name in shape.required_members}]
        case _:
            return [ceil(shape.metadata.get("min", 1))]


def broken(shape: Shape) -> Iterator[Any]:
    """Values that a shape of a body forbids, each wrong in one place."""
    kind, best = shape.type_name, good(shape)[0]
    types = (int, float) if kind == "double" else (type(best),)
    yield from (value for value in ["seven", 7, True, [], {}] if type(value) not in types)
    if kind == "structure":
        for name, member in shape.members.items():
            if name not in NOT_READ:
                yield from ({**best, name: value} for value in broken(member))
        for name in shape.required_members:
            yield {other: value for other, value in best.items() if other != name}
            yield best | {name: None}
    elif kind == "list":
        yield from ([value] for value in [None, *broken(shape.member)])
        if shape.metadata.get("min", 0) > 0:
            yield []
        if "max" in shape.metadata:
            yield best * (shape.metadata["max"] + 1)
    elif kind == "map":
        yield from ({key: good(shape.value)[0]} for key in out_of_bounds(shape.key))
        yield from ({good(shape.key)[0]: value} for value in broken(shape.value))
    else:
        yield from out_of_bounds(shape)


def broken_in_query(shape: Shape) -> Iterator[Any]:
    """The same for a query parameter, where everything is text and an empty one says nothing."""
    if shape.type_name == "boolean":
        yield "yes"
    elif shape.type_name != "string":
        yield from ["seven", "1.5"]
    yield from (value for value in out_of_bounds(shape) if value != "")


def out_of_bounds(shape: Shape) -> Iterator[Any]:
    """Values of the right type that are too small, too large or too odd."""
    rules, pattern = shape.metadata, shape.metadata.get("pattern", EVERYTHING)
    if shape.type_name == "string":
        if rules.get("min", 0) > 0:
            yield "X" * (rules["min"] - 1)
        if "max" in rules:
            yield "X" * (rules["max"] + 1)
        if "enum" in rules:
            yield from ["NO_SUCH", rules["enum"][0].lower()]
        if pattern != EVERYTHING:
            yield from ["X1\n", "\x00"]
        if pattern not in {EVERYTHING, PRINTABLE}:
            yield from ["X 1\u2028", "\ufffd"]
        return
    if "min" in rules:
        yield rules["min"] - 1
    if "max" in rules:
        yield rules["max"] + 1
    if shape.type_name in SIZES:
        yield from [2 ** SIZES[shape.type_name], -(2 ** SIZES[shape.type_name]) - 1]


def broken_requests(operation: OperationModel) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is wrong, and a request in which nothing else is."""
    shape, best = operation.input_shape, good_request(operation)
    for name, member in shape.members.items():
        place = member.serialization.get("location")
        wrong = broken(member) if place is None else broken_in_query(member)
        if name not in NOT_READ:
            yield from ((f"{name}={value!r:.60}", best | {name: value}) for value in wrong)
        if place is None and name in shape.required_members:
            yield f"{name} missing", {key: best[key] for key in best if key != name}
            yield f"{name} null", best | {name: None}


def good_request(operation: OperationModel) -> dict[str, Any]:
    return good(operation.input_shape)[0] | GOOD_REQUESTS.get(operation.name, {})


def parts(operation: OperationModel, members: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """Path, query and body members of a request."""
    path, query, body = operation.http["requestUri"], [], {}
    for name, value in members.items():
        shape = operation.input_shape.members.get(name)
        if shape is None or "location" not in shape.serialization:
            body[name] = value
        elif shape.serialization["location"] == "uri":
            path = path.replace(f"{{{shape.serialization['name']}}}", encoded(value))
        else:
            query.append(f"{shape.serialization['name']}={encoded(value)}")
    return path, "&".join(query), body


def encoded(value: Any) -> str:
    if isinstance(value, Encoded):
        return value
    text = value if isinstance(value, str) else json.dumps(value)
    return quote(text[:LONGEST_IN_TARGET].encode("utf-8", "surrogatepass"), safe="")


@st.composite
def requests(draw: st.DrawFn, operation: OperationModel) -> tuple[str, bytes, dict[str, str]]:
    """A target, a body and headers: what would be accepted, changed in some places or none."""
    members = good_request(operation)
    shapes = {
        name: shape
        for name, shape in operation.input_shape.members.items()
        if name not in NOT_PLAYED.get(operation.name, ())
    }
    for name in draw(st.sets(st.sampled_from(sorted(shapes)))) if shapes else ():
        members[name] = draw(st.sampled_from(good(shapes[name])))
    known = st.sampled_from([*operation.input_shape.members, "unknown"])
    for name in draw(st.sets(known, max_size=3)):
        member = operation.input_shape.members.get(name)
        wrong = st.sampled_from(NOISE)
        if member is not None and any(True for _ in broken(member)):
            wrong |= st.sampled_from(list(broken(member)))
        members[name] = draw(wrong)
    path, query, fields = parts(operation, members)
    body = json.dumps(fields).encode() if fields else b""
    body = body.replace(b'"DEEP"', DEEP)
    match draw(st.sampled_from(["", "", "", "body", "cut", "bytes", "query", "type"])):
        case "body":
            body = draw(st.sampled_from(NOISE_IN_BODIES))
        case "cut":
            body = body[: draw(st.integers(0, len(body)))]
        case "bytes":
            body = body.replace(b'"', b"\xff", 1)
        case "query":
            query = "&".join([query, draw(st.sampled_from(NOISE_IN_QUERIES)), query])
        case "type":
            return path, body, {"Content-Type": draw(st.sampled_from(CONTENT_TYPES))}
    return f"{path}?{query}" if query else path, body, {}


def send_members(send, operation, members) -> Any:
    path, query, body = parts(operation, members)
    return send(operation, f"{path}?{query}", json.dumps(body).encode() if body else b"")


@EACH_OPERATION
def test_a_good_request_is_accepted(operation, send) -> None:
    assert send_members(send, operation, good_request(operation)).status == 200


@EACH_OPERATION
def test_what_the_model_forbids_is_refused(operation, send) -> None:
    accepted = []
    for wrong, members in broken_requests(operation):
        answer = send_members(send, operation, members)
        error = answer.headers.get("x-amzn-ErrorType")
        if (answer.status, error) != (400, "InvalidRequestException"):
            accepted.append(f"{wrong}: {answer.status} {error}")
    assert not accepted, "\n".join(accepted)


@EACH_OPERATION
@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whatever_is_asked_is_answered_as_the_model_says(operation, data, send, check) -> None:
    target, body, headers = data.draw(requests(operation))
    answer = send(operation, target, body, **headers)
    deviations, check.found = check.found, []
    assert deviations == []
    assert answer.status < 500
