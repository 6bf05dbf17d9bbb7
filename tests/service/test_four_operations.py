"""The four operations with all their parameters, against the emulator over HTTP."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator

import pytest
from aiohttp import web

from jobs_tui.domain.description import JobExecution, JobExecutionState
from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import (
    INVALID_REQUEST,
    INVALID_STATE_TRANSITION,
    RESOURCE_NOT_FOUND,
    TERMINAL_STATE,
    Conflict,
    Done,
    Failure,
    NotAllowed,
    NotConfirmed,
    Refused,
    Throttled,
    Unreachable,
)
from jobs_tui.domain.requests import (
    CANCEL_STEP_TIMER,
    NEXT_JOB,
    DescribeJobExecution,
    GetPendingJobExecutions,
    Request,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)
from jobs_tui.domain.status import Status
from jobs_tui.emulator import (
    Account,
    AccountSettings,
    EmulatorServer,
    EmulatorThread,
    RetryCriterion,
    ServiceError,
)
from jobs_tui.emulator.rules.service_error import (
    access_denied,
    certificate_invalid,
    service_unavailable,
    throttled,
)
from jobs_tui.service.data_plane import JobsDataPlane

NOW = 1_700_000_000.0
DOCUMENT = '{"operation": "reboot"}'
GET_PENDING = GetPendingJobExecutions("gw-1")


class StandingClock:
    """Time stands still at NOW."""

    def now(self) -> float:
        return NOW

    def monotonic(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        raise AssertionError(seconds)


def account(*, version_mismatch_status: int = 400, unknown_thing_status: int = 200) -> Account:
    built = Account(
        StandingClock(),
        random.Random(7),
        AccountSettings(
            version_mismatch_status=version_mismatch_status,
            unknown_thing_status=unknown_thing_status,
        ),
    )
    built.create_thing("gw-1")
    for job_id in ("job-1", "job-2"):
        built.create_job(job_id, ["gw-1"], DOCUMENT)
    return built


@pytest.fixture
def emulator() -> Iterator[EmulatorThread]:
    with EmulatorThread(lambda: EmulatorServer(account())) as running:
        yield running


@pytest.fixture
async def link(
    emulator: EmulatorThread, opened: Callable[..., Awaitable[JobsDataPlane]]
) -> JobsDataPlane:
    return await opened(emulator.url)


async def ask(link: JobsDataPlane, request: Request) -> object:
    match request:
        case GetPendingJobExecutions():
            return await link.get_pending_job_executions(request)
        case DescribeJobExecution():
            return await link.describe_job_execution(request)
        case StartNextPendingJobExecution():
            return await link.start_next_pending_job_execution(request)
        case UpdateJobExecution():
            return await link.update_job_execution(request)


async def test_the_pending_executions_are_listed_by_status(link: JobsDataPlane) -> None:
    await link.start_next_pending_job_execution(StartNextPendingJobExecution("gw-1"))

    listed = await link.get_pending_job_executions(GET_PENDING)

    assert isinstance(listed, Done)
    assert listed.value == PendingJobExecutions(
        in_progress=(JobExecutionSummary("job-1", Status.IN_PROGRESS, NOW, NOW, NOW, 2, 1),),
        queued=(JobExecutionSummary("job-2", Status.QUEUED, NOW, None, NOW, 1, 1),),
    )


async def test_an_answer_tells_the_time_of_the_service_and_the_request_id(
    link: JobsDataPlane,
) -> None:
    listed = await link.get_pending_job_executions(GET_PENDING)

    assert isinstance(listed, Done)
    assert listed.service_time == NOW
    assert listed.request_id is not None
    assert len(listed.request_id) == 36


async def test_a_thing_without_jobs_has_nothing_pending(link: JobsDataPlane) -> None:
    listed = await link.get_pending_job_executions(GetPendingJobExecutions("gw-2"))

    assert isinstance(listed, Done)
    assert listed.value == PendingJobExecutions()


@pytest.mark.parametrize("with_document", [True, False])
async def test_describe_gets_the_job_document_only_when_asked(
    link: JobsDataPlane, *, with_document: bool
) -> None:
    described = await link.describe_job_execution(
        DescribeJobExecution("gw-1", "job-2", include_job_document=with_document)
    )

    assert isinstance(described, Done)
    assert described.value == JobExecution(
        job_id="job-2",
        thing_name="gw-1",
        status=Status.QUEUED,
        queued_at=NOW,
        last_updated_at=NOW,
        version_number=1,
        execution_number=1,
        job_document=DOCUMENT.replace(" ", "") if with_document else None,
    )


async def test_describe_next_is_the_first_pending_execution(link: JobsDataPlane) -> None:
    described = await link.describe_job_execution(DescribeJobExecution("gw-1", NEXT_JOB))

    assert isinstance(described, Done)
    assert described.value is not None
    assert described.value.job_id == "job-1"


async def test_describe_next_with_nothing_pending_is_none(link: JobsDataPlane) -> None:
    described = await link.describe_job_execution(DescribeJobExecution("gw-2", NEXT_JOB))

    assert isinstance(described, Done)
    assert described.value is None


async def test_describe_finds_one_try_of_a_retried_job_by_its_number(
    opened: Callable[..., Awaitable[JobsDataPlane]],
) -> None:
    def retried() -> Account:
        built = Account(StandingClock(), random.Random(7))
        built.create_thing("gw-1")
        retries = [RetryCriterion("FAILED", 2)]
        built.create_job("job-1", ["gw-1"], DOCUMENT, retry_criteria=retries)
        built.update_job_execution("gw-1", "job-1", "FAILED")
        return built

    with EmulatorThread(lambda: EmulatorServer(retried())) as emulator:
        link = await opened(emulator.url)
        latest = await link.describe_job_execution(DescribeJobExecution("gw-1", "job-1"))
        second = await link.describe_job_execution(DescribeJobExecution("gw-1", "job-1", 2))
        first = await link.describe_job_execution(DescribeJobExecution("gw-1", "job-1", 1))
        none = await link.describe_job_execution(DescribeJobExecution("gw-1", "job-1", 3))

    assert isinstance(latest, Done)
    assert latest.value is not None
    assert latest.value.execution_number == 2
    assert isinstance(second, Done)
    assert second.value == latest.value
    assert isinstance(first, Refused)
    assert first.code == TERMINAL_STATE
    assert isinstance(none, Refused)
    assert none.code == RESOURCE_NOT_FOUND


async def test_start_next_takes_status_details_and_a_step_timeout(link: JobsDataPlane) -> None:
    started = await link.start_next_pending_job_execution(
        StartNextPendingJobExecution("gw-1", {"step": "download"}, 7)
    )

    assert isinstance(started, Done)
    assert started.value == JobExecution(
        job_id="job-1",
        thing_name="gw-1",
        status=Status.IN_PROGRESS,
        status_details={"step": "download"},
        queued_at=NOW,
        started_at=NOW,
        last_updated_at=NOW,
        approximate_seconds_before_timed_out=7 * 60,
        version_number=2,
        execution_number=1,
        job_document=DOCUMENT.replace(" ", ""),
    )


async def test_start_next_with_nothing_pending_is_none(link: JobsDataPlane) -> None:
    started = await link.start_next_pending_job_execution(StartNextPendingJobExecution("gw-2"))

    assert isinstance(started, Done)
    assert started.value is None


async def test_update_takes_every_parameter(link: JobsDataPlane) -> None:
    updated = await link.update_job_execution(
        UpdateJobExecution(
            "gw-1",
            "job-2",
            Status.IN_PROGRESS,
            status_details={"progress": "50%"},
            expected_version=1,
            execution_number=1,
            include_job_document=True,
            step_timeout_in_minutes=3,
        )
    )
    described = await link.describe_job_execution(DescribeJobExecution("gw-1", "job-2"))

    assert isinstance(updated, Done)
    assert updated.value.execution_state == JobExecutionState(
        Status.IN_PROGRESS, {"progress": "50%"}, 2
    )
    assert updated.value.job_document == DOCUMENT.replace(" ", "")
    assert isinstance(described, Done)
    assert described.value is not None
    assert described.value.approximate_seconds_before_timed_out == 3 * 60


async def test_update_can_cancel_the_step_timer(link: JobsDataPlane) -> None:
    await link.start_next_pending_job_execution(StartNextPendingJobExecution("gw-1", None, 5))

    await link.update_job_execution(
        UpdateJobExecution(
            "gw-1", "job-1", Status.IN_PROGRESS, step_timeout_in_minutes=CANCEL_STEP_TIMER
        )
    )
    described = await link.describe_job_execution(DescribeJobExecution("gw-1", "job-1"))

    assert isinstance(described, Done)
    assert described.value is not None
    assert described.value.approximate_seconds_before_timed_out is None


async def test_an_update_without_details_leaves_them_and_one_with_details_replaces_them(
    link: JobsDataPlane,
) -> None:
    await link.update_job_execution(
        UpdateJobExecution("gw-1", "job-1", Status.IN_PROGRESS, {"a": "1", "b": "2"})
    )
    left = await link.update_job_execution(UpdateJobExecution("gw-1", "job-1", Status.IN_PROGRESS))
    replaced = await link.update_job_execution(
        UpdateJobExecution("gw-1", "job-1", Status.IN_PROGRESS, {"c": "3"})
    )

    assert isinstance(left, Done)
    assert left.value.execution_state.status_details == {"a": "1", "b": "2"}
    assert isinstance(replaced, Done)
    assert replaced.value.execution_state.status_details == {"c": "3"}


async def test_an_update_that_does_not_ask_for_the_state_is_not_confirmed_though_it_landed(
    link: JobsDataPlane,
) -> None:
    updated = await link.update_job_execution(
        UpdateJobExecution("gw-1", "job-1", Status.IN_PROGRESS, include_job_execution_state=False)
    )
    described = await link.describe_job_execution(DescribeJobExecution("gw-1", "job-1"))

    assert isinstance(updated, NotConfirmed)
    assert "executionState is missing" in updated.reason
    assert updated.request_id is not None
    assert isinstance(described, Done)
    assert described.value is not None
    assert described.value.version_number == 2


@pytest.mark.parametrize("http_status", [400, 409])
async def test_a_stale_version_is_a_conflict_whatever_the_http_status(
    opened: Callable[..., Awaitable[JobsDataPlane]], http_status: int
) -> None:
    with EmulatorThread(
        lambda: EmulatorServer(account(version_mismatch_status=http_status))
    ) as emulator:
        link = await opened(emulator.url)
        updated = await link.update_job_execution(
            UpdateJobExecution("gw-1", "job-1", Status.SUCCEEDED, expected_version=9)
        )

    assert isinstance(updated, Conflict)
    assert updated.reason == "Expected version 9 but found version 1"
    assert updated.request_id is not None
    assert updated.standing == JobExecutionState(Status.QUEUED, {}, 1)


async def test_a_refused_transition_names_the_service_error(link: JobsDataPlane) -> None:
    await link.update_job_execution(UpdateJobExecution("gw-1", "job-1", Status.SUCCEEDED))

    again = await link.update_job_execution(UpdateJobExecution("gw-1", "job-1", Status.FAILED))

    assert isinstance(again, Refused)
    assert again.code == INVALID_STATE_TRANSITION
    assert again.reason
    assert again.standing == JobExecutionState(Status.SUCCEEDED, {}, 2)


async def test_a_status_that_no_device_may_set_is_refused(link: JobsDataPlane) -> None:
    canceled = await link.update_job_execution(UpdateJobExecution("gw-1", "job-1", Status.CANCELED))

    assert isinstance(canceled, Refused)


async def test_a_finished_execution_says_that_there_is_no_history(link: JobsDataPlane) -> None:
    await link.update_job_execution(UpdateJobExecution("gw-1", "job-1", Status.SUCCEEDED))

    described = await link.describe_job_execution(DescribeJobExecution("gw-1", "job-1"))

    assert isinstance(described, Refused)
    assert described.code == TERMINAL_STATE
    assert "keeps no history" in described.advice


async def test_an_execution_that_is_not_there_is_refused(link: JobsDataPlane) -> None:
    described = await link.describe_job_execution(DescribeJobExecution("gw-1", "job-9"))
    updated = await link.update_job_execution(UpdateJobExecution("gw-1", "job-9", Status.SUCCEEDED))

    assert isinstance(described, Refused)
    assert isinstance(updated, Refused)
    assert described.code == updated.code == RESOURCE_NOT_FOUND


async def test_an_unknown_thing_may_be_refused(
    opened: Callable[..., Awaitable[JobsDataPlane]],
) -> None:
    with EmulatorThread(lambda: EmulatorServer(account(unknown_thing_status=404))) as emulator:
        link = await opened(emulator.url)
        listed = await link.get_pending_job_executions(GetPendingJobExecutions("gw-9"))

    assert isinstance(listed, Refused)
    assert listed.code == RESOURCE_NOT_FOUND


async def test_what_the_sdk_lets_through_the_service_refuses(link: JobsDataPlane) -> None:
    started = await link.start_next_pending_job_execution(
        StartNextPendingJobExecution("gw-1", {"step": "line\nbreak"})
    )

    assert isinstance(started, Refused)
    assert started.code == INVALID_REQUEST


async def test_what_the_sdk_does_not_let_through_is_refused_without_being_sent(
    link: JobsDataPlane,
) -> None:
    started = await link.start_next_pending_job_execution(
        StartNextPendingJobExecution("gw-1", {"step": 7})  # type: ignore[dict-item]
    )

    assert isinstance(started, Refused)
    assert "nothing was sent" in started.advice


@pytest.mark.parametrize("name", ["a:b", "A_-9", "x" * 128])
async def test_every_legal_thing_name_reaches_the_service(
    emulator: EmulatorThread, link: JobsDataPlane, name: str
) -> None:
    def create() -> None:
        emulator.account.create_thing(name)
        emulator.account.create_job("job-3", [name], DOCUMENT)

    emulator.call(create)

    listed = await link.get_pending_job_executions(GetPendingJobExecutions(name))

    assert isinstance(listed, Done)
    assert [each.job_id for each in listed.value] == ["job-3"]


UPDATE = UpdateJobExecution("gw-1", "job-1", Status.SUCCEEDED)
EVERY_REQUEST: tuple[Request, ...] = (
    GET_PENDING,
    DescribeJobExecution("gw-1", "job-1"),
    StartNextPendingJobExecution("gw-1"),
    UPDATE,
)


@pytest.mark.parametrize("request_made", EVERY_REQUEST, ids=lambda each: type(each).__name__)
@pytest.mark.parametrize(
    ("error", "of_a_read", "of_a_write"),
    [
        (throttled(), Throttled, Throttled),
        (service_unavailable(), Unreachable, NotConfirmed),
        (access_denied("User x is not authorized"), NotAllowed, NotAllowed),
        (certificate_invalid(), NotAllowed, NotAllowed),
    ],
    ids=lambda each: getattr(each, "code", ""),
)
async def test_every_operation_knows_the_errors_that_all_have(
    emulator: EmulatorThread,
    link: JobsDataPlane,
    request_made: Request,
    error: ServiceError,
    of_a_read: type[Failure],
    of_a_write: type[Failure],
) -> None:
    async def refuse(_request: web.Request) -> web.StreamResponse | None:
        raise error

    emulator.server.intercept = refuse

    outcome = await ask(link, request_made)

    writes = isinstance(request_made, StartNextPendingJobExecution | UpdateJobExecution)
    assert type(outcome) is (of_a_write if writes else of_a_read)
    assert isinstance(outcome, Failure)
    assert outcome.reason == error.message
    assert outcome.code == error.code
    assert outcome.advice


async def test_missing_permission_names_the_action_the_resource_and_the_commonest_mistake(
    emulator: EmulatorThread, link: JobsDataPlane
) -> None:
    async def refuse(_request: web.Request) -> web.StreamResponse | None:
        raise access_denied("User: arn:aws:iam::123456789012:user/x is not authorized")

    emulator.server.intercept = refuse

    outcome = await link.update_job_execution(UPDATE)

    assert isinstance(outcome, NotAllowed)
    assert "iotjobsdata:UpdateJobExecution" in outcome.advice
    assert "arn:aws:iot:eu-west-3:ACCOUNT:thing/gw-1" in outcome.advice
    assert "iot:UpdateJobExecution" in outcome.advice.split("thing/gw-1")[1]


async def test_an_update_whose_answer_is_lost_is_sent_once_and_is_not_confirmed(
    emulator: EmulatorThread, link: JobsDataPlane, monkeypatch: pytest.MonkeyPatch
) -> None:
    updates = 0

    async def apply_and_drop(request: web.Request) -> web.StreamResponse | None:
        nonlocal updates
        if request.method != "POST":
            return None
        updates += 1
        await emulator.server.answer(request)
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    emulator.server.intercept = apply_and_drop

    outcome = await link.update_job_execution(
        UpdateJobExecution("gw-1", "job-1", Status.IN_PROGRESS)
    )
    described = await link.describe_job_execution(DescribeJobExecution("gw-1", "job-1"))

    assert isinstance(outcome, NotConfirmed)
    assert updates == 1
    assert isinstance(described, Done)
    assert described.value is not None
    assert described.value.version_number == 2


async def test_many_calls_at_once_all_get_their_own_answer(
    emulator: EmulatorThread, link: JobsDataPlane
) -> None:
    names = [f"thing-{number}" for number in range(40)]

    def create() -> None:
        for name in names:
            emulator.account.create_thing(name)
            emulator.account.create_job(f"job-of-{name}", [name], DOCUMENT)

    emulator.call(create)

    outcomes = await asyncio.gather(
        *(link.get_pending_job_executions(GetPendingJobExecutions(name)) for name in names)
    )

    jobs = [[each.job_id for each in done.value] for done in outcomes if isinstance(done, Done)]
    assert jobs == [[f"job-of-{name}"] for name in names]
