"""Every answer in this folder is held against the service models that botocore carries."""

import functools
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

import botocore.session
import pytest
from botocore.model import OperationModel, ServiceModel, Shape

UNMODELLED_ERRORS = {
    "AccessDeniedException": 403,
    "ExpiredTokenException": 403,
    "InvalidSignatureException": 403,
    "MissingAuthenticationTokenException": 403,
    "UnrecognizedClientException": 403,
    "UnknownOperationException": 404,
}
"""Errors that any operation may answer without its model listing them, with their HTTP status."""

PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "blob": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "double": (int, float),
    "timestamp": (int, float),
    "list": (list,),
    "map": (dict,),
    "structure": (dict,),
}
"""What a member of the models' types is in JSON."""

NUMBERS = {
    "integer": range(-(2**31), 2**31),
    "long": range(-(2**63), 2**63),
    "timestamp": range(10**9, 10**11),
}
"""Bounds of the types. A timestamp of our time that is beyond would be in milliseconds."""


@functools.cache
def service_model(service: str) -> ServiceModel:
    return botocore.session.get_session().get_service_model(service)


def deviations(
    operation: OperationModel, status: int, headers: Mapping[str, str], body: bytes
) -> list[str]:
    """Everything about an answer that the operation's model does not allow."""
    try:
        members = json.loads(body, object_pairs_hook=_once_each, parse_constant=_no_constant)
    except ValueError as error:
        return [f"the body is not JSON: {error}"]
    if not isinstance(members, dict):
        return [f"the body is not an object: {members!r:.99}"]
    found = [] if headers.get("x-amzn-RequestId") else ["x-amzn-RequestId is missing"]
    if headers.get("Content-Type") != "application/json":
        found.append(f"the Content-Type is {headers.get('Content-Type')}")
    if status != 200:
        return found + _deviations_of_error(operation, status, headers, members)
    if "x-amzn-ErrorType" in headers:
        found.append("a success carries x-amzn-ErrorType")
    if operation.output_shape is None:
        return found + [f"{name}: the operation answers nothing" for name in members]
    return found + _deviations(operation.output_shape, members, "")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise ValueError(f"a member stands twice in {names}")
    return dict(pairs)


def _no_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _deviations_of_error(
    operation: OperationModel, status: int, headers: Mapping[str, str], members: dict[str, Any]
) -> list[str]:
    service = operation.service_model
    name = headers.get("x-amzn-ErrorType", "").partition(":")[0]
    statuses = {each.name: each.metadata["error"]["httpStatusCode"] for each in
                operation.error_shapes} | UNMODELLED_ERRORS  # fmt: skip
    if service.service_name == "iot-jobs-data":
        statuses["VersionMismatch"] = 409
    if name not in statuses:
        return [f"{operation.name} has no error {name!r}"]
    found = [] if status == statuses[name] else [f"{name} comes with HTTP status {status}"]
    if not isinstance(members.get("message"), str):
        found.append(f"message: not a string but {members.get('message')!r:.99}")
    known = dict(service.shape_for(name).members) if name in service.shape_names else {}
    known.pop("message", None)
    if service.service_name == "iot-jobs-data":
        known["executionState"] = service.shape_for("JobExecutionState")
    for member, value in members.items():
        if member in known:
            found += _deviations(known[member], value, member)
        elif member != "message":
            found.append(f"{member}: {name} has no such member")
    return found


def _deviations(shape: Shape, value: Any, at: str) -> list[str]:
    if value is None:
        return [f"{at}: null"]
    if not _is_of_type(shape, value):
        return [f"{at}: not a {shape.type_name} but {value!r:.99}"]
    broken = "; ".join(_broken_constraints(shape, value))
    found = [f"{at}: {broken}"] if broken else []
    if shape.type_name == "structure":
        found += [f"{at}.{name}: required" for name in shape.required_members if name not in value]
        for name, member in value.items():
            if name in shape.members:
                found += _deviations(shape.members[name], member, f"{at}.{name}")
            else:
                found.append(f"{at}.{name}: {shape.name} has no such member")
    elif shape.type_name == "list":
        for index, member in enumerate(value):
            found += _deviations(shape.member, member, f"{at}[{index}]")
    elif shape.type_name == "map":
        for key, member in value.items():
            found += _deviations(shape.key, key, f"{at}.{key}")
            found += _deviations(shape.value, member, f"{at}.{key}")
    return found


def _is_of_type(shape: Shape, value: Any) -> bool:
    kind = shape.type_name
    if type(value) not in PYTHON_TYPES[kind]:
        return False
    return kind not in NUMBERS or int(value) in NUMBERS[kind]


def _broken_constraints(shape: Shape, value: Any) -> Iterator[str]:
    size = len(value) if isinstance(value, str | list | dict) else value
    if size < shape.metadata.get("min", size):
        yield f"{size} is below {shape.metadata['min']}"
    if size > shape.metadata.get("max", size):
        yield f"{size} is above {shape.metadata['max']}"
    if "enum" in shape.metadata and value not in shape.metadata["enum"]:
        yield f"{value!r:.99} is none of {shape.metadata['enum']}"
    pattern = shape.metadata.get("pattern")
    if pattern is not None and python_pattern(pattern).fullmatch(value) is None:
        yield f"{value!r:.99} does not match {pattern}"


@functools.cache
def python_pattern(pattern: str) -> re.Pattern[str]:
    r"""A pattern of the models, which are written for Java, without its \p{...} classes."""
    return re.compile(re.sub(r"\\p\{(\w+)\}", lambda found: _characters(found[1]), pattern))


@functools.cache
def _characters(kind: str) -> str:
    """The ranges of a class of characters, as they stand between square brackets."""
    in_ascii = {"Graph": "!-~", "Upper": "A-Z", "Digit": "0-9"}
    if kind in in_ascii:
        return in_ascii[kind]
    belong = [unicodedata.category(chr(code))[0] == kind for code in range(sys.maxunicode + 1)]
    edges = [
        code
        for code, (before, here) in enumerate(zip([False, *belong], [*belong, False], strict=True))
        if before is not here
    ]
    return "".join(
        f"\\U{first:08x}-\\U{after - 1:08x}"
        for first, after in zip(edges[::2], edges[1::2], strict=True)
    )


class Checker:
    """Holds answers against their operations and remembers how they deviate."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def __call__(
        self, operation: OperationModel, status: int, headers: Mapping[str, str], body: bytes
    ) -> None:
        here = deviations(operation, status, headers, body)
        self.found.extend(f"{operation.name}, {status}: {each}" for each in here)

    def before_parse(
        self, operation_model: OperationModel, response_dict: dict[str, Any], **_: Any
    ) -> None:
        """The same as an event handler of any SDK that is made with botocore."""
        status, headers, body = (response_dict[each] for each in ("status_code", "headers", "body"))
        self(operation_model, status, headers, body)


@pytest.fixture
def operation() -> Callable[[str, str], OperationModel]:
    """The model of an operation, by the names of its service and of itself."""
    return lambda service, name: service_model(service).operation_model(name)


@pytest.fixture
def deviations_of() -> Callable[..., list[str]]:
    """The function that does the work, for tests of itself."""
    return deviations


@pytest.fixture(autouse=True)
def check() -> Iterator[Checker]:
    """Checks answers; the test fails at its end if any of them deviated."""
    checker = Checker()
    yield checker
    assert checker.found == []


@pytest.fixture(autouse=True)
def boto3_clients_check(jobs: Any, iot: Any, check: Checker) -> Iterator[None]:
    for client in (jobs, iot):
        client.meta.events.register("before-parse", check.before_parse)
    yield
    for client in (jobs, iot):
        client.meta.events.unregister("before-parse", check.before_parse)


@pytest.fixture
def ask_for(ask: Callable[..., Any], check: Checker) -> Callable[..., Any]:
    """Plain HTTP, said to be signed for a service; the answer is held against one operation."""

    def request(
        operation: OperationModel, path: str, body: bytes | None = None, **headers: str
    ) -> Any:
        service = operation.service_model.signing_name
        headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential=K/1/r/{service}/aws4_request, x"
        answer = ask(operation.http["method"], path, body, headers)
        check(operation, answer.status, answer.headers, answer.body)
        return answer

    return request


@pytest.fixture
def world(new_account: Callable[..., Any], ask: Callable[..., Any]) -> Callable[[], None]:
    """Two things, one of them in a group, and two jobs for it; anew at each call."""
    arn = "arn:aws:iot:eu-west-3:123456789012:thing/gw-1"
    signed = {"Authorization": "AWS4-HMAC-SHA256 Credential=K/1/r/iot/aws4_request, x"}
    member = {"thingGroupName": "fleet", "thingName": "gw-1"}

    def make() -> None:
        new_account()
        ask("POST", "/things/gw-1", {}, signed)
        ask("POST", "/things/gw-2", {}, signed)
        ask("POST", "/thing-groups/fleet", {}, signed)
        ask("PUT", "/thing-groups/addThingToThingGroup", member, signed)
        ask("PUT", "/jobs/first", {"targets": [arn], "document": "{}"}, signed)
        ask("PUT", "/jobs/second", {"targets": [arn], "document": "{}"}, signed)

    make()
    return make


@pytest.fixture
def send(ask_for: Callable[..., Any], world: Callable[[], None]) -> Callable[..., Any]:
    """Send a request to that world; what it may have changed is undone."""

    def exchange(operation: OperationModel, target: str, body: bytes, **headers: str) -> Any:
        answer = ask_for(operation, target, body or None, **headers)
        if answer.status == 200 and operation.http["method"] != "GET":
            world()
        return answer

    return exchange
