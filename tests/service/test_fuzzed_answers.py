"""Answers that nobody wrote by hand: whatever a body holds, a call ends as one of the outcomes.

`JOBS_TUI_ANSWERS=100000` sets how many the slow test makes.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jobs_tui.domain.outcome import (
    Conflict,
    Done,
    Failure,
    NotAllowed,
    NotConfirmed,
    Outcome,
    Refused,
    Throttled,
    Unreachable,
)
from jobs_tui.domain.requests import (
    NEXT_JOB,
    DescribeJobExecution,
    GetPendingJobExecutions,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)
from jobs_tui.domain.status import Status
from jobs_tui.service.data_plane import JobsDataPlane

pytestmark = pytest.mark.asyncio(loop_scope="module")

MANY = int(os.environ.get("JOBS_TUI_ANSWERS", "800"))
ENDS = {Done, Conflict, NotAllowed, NotConfirmed, Refused, Throttled, Unreachable}
LIMIT = 1.0
"""Seconds for one answer; the call itself may take eight, and these take a few milliseconds."""

SUMMARY = {
    "jobId": "job-1",
    "queuedAt": 1_700_000_000,
    "startedAt": 1_700_000_001,
    "lastUpdatedAt": 1_700_000_002,
    "versionNumber": 2,
    "executionNumber": 1,
}
EXECUTION = SUMMARY | {
    "thingName": "gw-1",
    "status": "IN_PROGRESS",
    "statusDetails": {"step": "1"},
    "approximateSecondsBeforeTimedOut": 60,
    "jobDocument": '{"operation": "reboot"}',
}
STATE = {"status": "SUCCEEDED", "statusDetails": {"step": "2"}, "versionNumber": 3}
OPERATIONS = ("pending", "describe", "describe next", "start next", "update")
WRITES = frozenset({"start next", "update"})
GOOD: dict[str, dict[str, Any]] = {
    "pending": {"inProgressJobs": [SUMMARY], "queuedJobs": [SUMMARY, SUMMARY]},
    "describe": {"execution": EXECUTION},
    "describe next": {"execution": EXECUTION},
    "start next": {"execution": EXECUTION},
    "update": {"executionState": STATE, "jobDocument": "{}"},
}
ERROR = {"message": "In its own words.", "__type": "SomeException", "executionState": STATE}


class Raw(bytes):
    """What stands in a body as it is, whether or not it is JSON."""


HOSTILE = (
    *(
        Raw(each)
        for each in (b"1e999", b"-1e999", b"NaN", b"tru", b'"\\ud800"', b'"\xff\xfe"', b"")
    ),
    *(Raw(each) for each in (b"9" * 4_200, b"9" * 5_000, b"[" * 100_000, b'{"a":' * 100_000)),
    *("", "\x00", "\x1b]52;c;eA==\x07", "\u202e", "[/]", "a" * 5_000, "\ud83d", "0", "NaN"),
    *("<a " * 9_000, "<a b" + "b" * 20_000, "<![x", "<&#" + "9" * 5_000 + ";", "<!--" * 6_000),
    *(None, True, False, 0, -1, 2**63, 2**64, -(2**70), 1e11, 1.8e15, 1e300, -1e300, 0.5),
    *([], {}, [[]], [None], {"": None}, [SUMMARY] * 1_200, {"a": {"b": {"c": []}}}),
)
leaves = st.one_of(
    st.sampled_from(HOSTILE),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.sampled_from(Status),
)
any_json = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)
header_values = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=60
)
ENDS_IT = (201, 301, 400, 401, 403, 404, 409, 410, 418)
SDK_REPEATS = (429, 500, 503)
CODES = ("VersionMismatch", "ThrottlingException", "AccessDenied", "ExpiredToken", "x#Y:z")


def written(value: object) -> bytes:
    """A value as JSON, but for what is raw in it."""
    match value:
        case Raw():
            return value
        case dict():
            members = (written(name) + b":" + written(each) for name, each in value.items())
            return b"{" + b",".join(members) + b"}"
        case list():
            return b"[" + b",".join(map(written, value)) + b"]"
    return json.dumps(value).encode()


def changed(draw: st.DrawFn, value: object) -> object:
    """A value with something else somewhere in it."""
    if isinstance(value, dict) and value and draw(st.integers(0, 4)):
        name = draw(st.sampled_from(sorted(value)))
        match draw(st.integers(0, 9)):
            case 0:
                return {other: value[other] for other in value if other != name}
            case 1:
                return value | {draw(st.text(max_size=9)): value[name]}
            case 2:
                # a member of the same name twice
                again = Raw(written(value[name]) + b"," + written(name) + b":" + written(None))
                return value | {name: again}
        return value | {name: changed(draw, value[name])}
    if isinstance(value, list) and value and draw(st.integers(0, 4)):
        at = draw(st.integers(0, len(value) - 1))
        return [*value[:at], changed(draw, value[at]), *value[at + 1 :]]
    return draw(any_json)


@st.composite
def bodies(draw: st.DrawFn, operation: str) -> bytes:
    """A body: a good one with something changed in it, or any JSON, or any bytes."""
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return draw(st.binary(max_size=300))
    if kind == 1:
        return written(draw(any_json))
    value: object = draw(st.sampled_from((GOOD[operation], GOOD[operation], ERROR)))
    for _ in range(draw(st.sampled_from((1, 1, 1, 2, 3)))):
        value = changed(draw, value)
    body = written(value)
    if kind == 2:
        cut = draw(st.integers(0, len(body)))
        body = body[:cut] + draw(st.binary(max_size=4)) + body[cut + draw(st.integers(0, 4)) :]
    return body


@st.composite
def answers(draw: st.DrawFn) -> tuple[str, int, bytes, dict[str, str]]:
    """An operation, and the status, body and headers that it is answered by."""
    operation = draw(st.sampled_from(OPERATIONS))
    names = draw(st.sets(st.sampled_from(("Date", "x-amzn-ErrorType", "x-amzn-RequestId"))))
    headers = {name: draw(header_values) for name in sorted(names)}
    statuses = (200,) * 12 + ENDS_IT
    if operation in WRITES:
        statuses += SDK_REPEATS
        headers |= draw(st.sampled_from(({}, {"x-amzn-ErrorType": draw(st.sampled_from(CODES))})))
    return operation, draw(st.sampled_from(statuses)), draw(bodies(operation)), headers


async def ask(link: JobsDataPlane, operation: str) -> Outcome[Any]:
    match operation:
        case "pending":
            return await link.get_pending_job_executions(GetPendingJobExecutions("gw-1"))
        case "describe":
            return await link.describe_job_execution(DescribeJobExecution("gw-1", "job-1"))
        case "describe next":
            return await link.describe_job_execution(DescribeJobExecution("gw-1", NEXT_JOB))
        case "start next":
            return await link.start_next_pending_job_execution(StartNextPendingJobExecution("gw-1"))
    return await link.update_job_execution(
        UpdateJobExecution("gw-1", "job-1", Status.SUCCEEDED, expected_version=2)
    )


def fuzzed(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )


async def ends_well(shared: Any, wire: Any, answer: tuple[str, int, bytes, dict[str, str]]) -> str:
    """How a call ends that is answered so; it must be one of the outcomes, and soon."""
    endpoint, link = shared
    operation, status, body, headers = answer
    endpoint.requests.clear()
    raw = wire.answer(body, status, **headers).decode("latin-1").encode("latin-1")
    endpoint.reaction = wire.sends(raw)

    begun = time.monotonic()
    outcome = await ask(link, operation)

    assert time.monotonic() - begun < LIMIT
    assert type(outcome) in ENDS
    assert len(endpoint.requests) == 1
    if isinstance(outcome, Failure):
        assert 0 < len(outcome.reason) < 600
        assert "\n" not in outcome.reason
        assert len(outcome.code) <= 128
        assert "Error)" not in outcome.reason, "foreseen"
    if operation in WRITES and status == 200:
        assert not isinstance(outcome, Unreachable), "as if nothing had been sent"
    return type(outcome).__name__


@pytest.fixture(scope="module")
def ended(request: pytest.FixtureRequest) -> Iterator[Counter[str]]:
    """How the calls of the slow test have ended, to be told after it."""
    counts = Counter[str]()
    yield counts
    if counts:
        with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            print(f"\n{counts.total()} answers")
            for end, count in sorted(counts.items()):
                print(f"{count:6} {end}")


@fuzzed(100)
@given(answer=answers())
async def test_any_answer_ends_a_call_as_one_of_the_outcomes(
    shared: Any, wire: Any, answer: tuple[str, int, bytes, dict[str, str]]
) -> None:
    await ends_well(shared, wire, answer)


@pytest.mark.slow
@fuzzed(MANY)
@given(answer=answers())
async def test_many_answers_end_calls_as_one_of_the_outcomes(
    shared: Any, wire: Any, ended: Counter[str], answer: tuple[str, int, bytes, dict[str, str]]
) -> None:
    ended[f"{answer[0]}: {await ends_well(shared, wire, answer)}"] += 1
