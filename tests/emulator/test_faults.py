"""What goes wrong on purpose: how it is written, how often it happens, what a client sees of it."""

import http.client
import json
from collections import Counter
from random import Random

import pytest

from jobs_tui.emulator import Fault, FaultKind
from jobs_tui.emulator.line.faults import FaultPlan
from jobs_tui.emulator.line.line import Line

UPDATE = "POST", "/things/gw-1/jobs/first", {"status": "SUCCEEDED"}
LIST = "GET", "/things/gw-1/jobs"


@pytest.fixture
def fault(emulator, make_job):
    """Put faults on the line to an account with one job."""
    make_job("first")

    def put(*specs: str, clock=None) -> None:
        plan = FaultPlan([Fault.parse(spec) for spec in specs], Random(1))
        emulator.server.line = Line(clock, faults=plan)

    return put


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (
            "GetPendingJobExecutions=503:5%",
            Fault("iot-jobs-data:GetPendingJobExecutions", FaultKind.UNAVAILABLE, share=0.05),
        ),
        (
            "UpdateJobExecution=cut-after:once",
            Fault("iot-jobs-data:UpdateJobExecution", FaultKind.CUT_AFTER, times=1),
        ),
        ("*=429:3", Fault("*", FaultKind.THROTTLED, times=3)),
        ("CreateJob=html", Fault("iot:CreateJob", FaultKind.HTML)),
        ("CreateJob=html:always", Fault("iot:CreateJob", FaultKind.HTML)),
        ("iot:DescribeJobExecution=500", Fault("iot:DescribeJobExecution", FaultKind.INTERNAL)),
        ("*=delay-2.5:100%", Fault("*", FaultKind.DELAY, delay=2.5)),
    ],
)
def test_a_fault_is_read(spec, expected) -> None:
    assert Fault.parse(spec) == expected


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("", "is not OPERATION=KIND:SHARE"),
        ("UpdateJobExecution", "is not OPERATION=KIND:SHARE"),
        ("UpdateJobExecution=", "is not OPERATION=KIND:SHARE"),
        ("UpdateJobExecutions=503", "did you mean UpdateJobExecution?"),
        ("iot:UpdateJobExecution=503", "no operation 'iot:UpdateJobExecution'"),
        ("*=504", "there is no fault '504'"),
        ("*=cut-afetr", "did you mean cut-after?"),
        ("*=delay", "delay-SECONDS"),
        ("*=503:", "is not OPERATION=KIND:SHARE"),
        ("*=503:0%", "'0%' is not a share"),
        ("*=503:101%", "'101%' is not a share"),
        ("*=503:0", "'0' is not a share"),
        ("*=503:often", "'often' is not a share"),
    ],
)
def test_what_is_no_fault_is_told(spec, told) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        Fault.parse(spec)
    assert told in str(caught.value)


def test_a_share_is_how_often_a_fault_happens() -> None:
    plan = FaultPlan([Fault.parse("*=503:5%")], Random(3))
    drawn = Counter(plan.draw("iot", "ListJobs") is not None for _ in range(10_000))
    assert 400 < drawn[True] < 600


def test_a_number_of_times_is_counted_and_the_next_fault_takes_over() -> None:
    specs = ("UpdateJobExecution=503:once", "UpdateJobExecution=429:2", "*=500")
    plan = FaultPlan([Fault.parse(spec) for spec in specs], Random(1))
    drawn = [plan.draw("iot-jobs-data", "UpdateJobExecution") for _ in range(5)]
    assert [each.kind for each in drawn if each] == ["503", "429", "429", "500", "500"]


def test_a_fault_of_one_operation_leaves_the_others_alone(fault, ask) -> None:
    fault("UpdateJobExecution=503")
    assert ask(*LIST).status == 200
    assert ask(*UPDATE).status == 503


def test_a_fault_of_one_plane_leaves_the_operation_of_the_other_alone(fault, jobs, iot) -> None:
    fault("iot:DescribeJobExecution=403")
    assert jobs.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    with pytest.raises(iot.exceptions.ClientError, match="AccessDenied"):
        iot.describe_job_execution(thingName="gw-1", jobId="first")


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("400", 400, "InvalidRequestException"),
        ("403", 403, "AccessDeniedException"),
        ("429", 429, "ThrottlingException"),
        ("500", 500, "InternalFailureException"),
        ("503", 503, "ServiceUnavailableException"),
        ("expired-token", 403, "ExpiredTokenException"),
        ("invalid-endpoint", 403, "ForbiddenException"),
    ],
)
def test_a_refusal_is_one_and_nothing_is_done(
    kind, status, code, fault, jobs, refused, update, pending
) -> None:
    fault(f"UpdateJobExecution={kind}")
    assert refused(update, "first", "SUCCEEDED")[:2] == (status, code)
    assert pending() == ([], ["first"])


@pytest.mark.parametrize(
    ("kind", "done"),
    [("cut-before", False), ("cut-after", True), ("cut-within", True)],
)
def test_a_connection_is_cut(kind, done, fault, ask, pending) -> None:
    fault(f"UpdateJobExecution={kind}:once")
    broken = (http.client.RemoteDisconnected, ConnectionResetError, http.client.IncompleteRead)
    with pytest.raises(broken):
        ask(*UPDATE)
    assert pending() == ([], [] if done else ["first"])


@pytest.mark.parametrize(("kind", "done"), [("hang-before", False), ("hang-after", True)])
def test_an_answer_never_comes(kind, done, fault, emulator, ask, pending) -> None:
    fault(f"UpdateJobExecution={kind}:once")
    with pytest.raises(TimeoutError):
        ask(*UPDATE, timeout=0.3)
    assert pending() == ([], [] if done else ["first"])


@pytest.mark.parametrize(
    ("kind", "done"),
    [("empty", True), ("truncated", True), ("output", False), ("html", False)],
)
def test_a_200_is_a_lie(kind, done, fault, ask, pending) -> None:
    fault(f"UpdateJobExecution={kind}:once")
    answer = ask(*UPDATE[:2], {**UPDATE[2], "includeJobExecutionState": True})
    assert answer.status == 200
    assert b'"executionState": {"status": "SUCCEEDED", "versionNumber": 2}' not in answer.body
    if kind in {"truncated", "html"}:
        with pytest.raises(ValueError, match=r"Expecting|Unterminated|delimiter"):
            json.loads(answer.body)
    assert pending() == ([], [] if done else ["first"])


def test_a_redirect_leads_to_a_page(fault, ask) -> None:
    fault("*=redirect")
    answer = ask(*LIST)
    assert (answer.status, answer.headers["Location"]) == (302, "/sign-in")


def test_a_delay_is_waited_and_then_all_is_well(fault, ask) -> None:
    waited = []

    class Impatient:
        def now(self) -> float:
            return 0.0

        def monotonic(self) -> float:
            return 0.0

        async def sleep(self, seconds: float) -> None:
            waited.append(seconds)

    fault("GetPendingJobExecutions=delay-2.5", clock=Impatient())
    assert len(ask(*LIST).json["queuedJobs"]) == 1
    assert waited == [2.5]


def test_every_kind_has_a_meaning_and_can_be_written() -> None:
    for kind in FaultKind:
        written = f"{kind}-1" if kind is FaultKind.DELAY else kind
        assert Fault.parse(f"*={written}").kind is kind
        assert kind.meaning.startswith(("done", "not done"))
