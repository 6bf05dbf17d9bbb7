"""The fleet of the demo: how it starts, and an hour of it in no time."""

import asyncio
import json
from collections import defaultdict
from importlib.resources import files
from itertools import pairwise
from random import Random

import pytest

from jobs_tui.emulator import ServiceError
from jobs_tui.emulator.demo.fleet import (
    DEMO_THINGS,
    demo_emulator,
    prepare_demo_fleet,
    run_demo_fleet,
)
from jobs_tui.emulator.demo.jobs import Arrivals

UNATTENDED = ("gw-lyon-01", "boiler-07")
WITH_AGENT = ("meter-112", "door-03")


@pytest.fixture
def fleet(clock):
    return prepare_demo_fleet(clock, Random(1))


@pytest.fixture
def watch(clock):
    """Run a fleet and look at it every few seconds of its time."""

    async def run(fleet, seconds: float, look, *, every: float = 5.0, dice: int = 2) -> None:
        running = asyncio.create_task(run_demo_fleet(fleet, clock, Random(dice)))
        passed = 0.0
        while passed < seconds:
            await clock.play(every)
            passed += every
            assert not running.done()
            look(passed)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    return run


def test_four_things_wait_to_be_looked_at(fleet) -> None:
    counts = {name: _counts(fleet, name) for name in DEMO_THINGS}
    assert counts == {
        "gw-lyon-01": (1, 3),
        "boiler-07": (1, 1),
        "meter-112": (1, 2),
        "door-03": (0, 0),
    }


def test_the_gateways_firmware_is_about_to_time_out(fleet) -> None:
    execution = fleet.describe_job_execution("gw-lyon-01", "$next")
    assert execution.job_id == "fw-2026-11-edge"
    assert execution.version_number == 4
    assert execution.approximate_seconds_before_timed_out == 240
    assert execution.status_details == {"progress": "62", "step": "verify"}


def test_the_boilers_job_is_stuck(fleet, clock) -> None:
    execution = fleet.describe_job_execution("boiler-07", "$next")
    assert execution.job_id == "ota-boiler-3-2-1"
    assert execution.version_number == 9
    assert execution.approximate_seconds_before_timed_out is None
    assert clock.now() - execution.started_at == 2 * 3600
    assert clock.now() - execution.last_updated_at >= 3600


def test_nothing_of_the_past_lies_in_the_future(fleet, clock) -> None:
    for name in DEMO_THINGS:
        for summary in fleet.get_pending_job_executions(name):
            assert clock.now() - 3 * 3600 <= summary.queued_at <= summary.last_updated_at
            assert summary.last_updated_at < clock.now()


def test_every_document_at_the_start_is_a_real_one(fleet) -> None:
    documents = {
        (name, summary.job_id): fleet.describe_job_execution(name, summary.job_id).job_document
        for name in DEMO_THINGS
        for summary in fleet.get_pending_job_executions(name)
    }
    assert len(set(documents.values())) >= 8
    for document in documents.values():
        assert json.loads(document)
        assert "s3-presigned-url" not in document
    assert "X-Amz-Signature=" in documents["gw-lyon-01", "fw-2026-11-edge"]
    assert len(json.loads(documents["gw-lyon-01", "edge-apps-4-1"])["steps"]) == 4
    assert "Reboot" in documents["boiler-07", "reboot-nightly"]


def test_the_documents_come_with_their_sources() -> None:
    folder = files("jobs_tui.emulator.demo") / "job_documents"
    manifest = (folder / "MANIFEST.md").read_text()
    names = [file.name for file in folder.iterdir() if file.name.endswith(".json")]
    assert len(names) == 14
    assert all(f"| {name} |" in manifest for name in names)


async def test_the_first_job_arrives_after_12_seconds_and_then_every_20_to_40(
    fleet, clock, watch
) -> None:
    start = clock.now()
    arrived: dict[str, float] = {}
    known = _first_seen(fleet)

    def look(passed: float) -> None:
        for job_id in _first_seen(fleet) - known:
            arrived.setdefault(job_id, passed)

    await watch(fleet, 300, look, every=1.0)
    moments = sorted(arrived.values())
    assert moments[0] == 12.0
    gaps = [after - before for before, after in pairwise(moments)]
    assert len(gaps) >= 7
    assert all(19 <= gap <= 41 for gap in gaps)
    assert clock.now() == start + 300


async def test_an_agent_steps_through_its_job_and_then_starts_the_next(fleet, watch) -> None:
    seen = []

    def look(_passed: float) -> None:
        execution = fleet.describe_job_execution("meter-112", "$next")
        if execution is not None and execution.status == "IN_PROGRESS":
            step = (execution.job_id, execution.version_number, execution.status_details)
            if not seen or seen[-1] != step:
                seen.append(step)

    await watch(fleet, 120, look, every=0.5)
    first = [details["progress"] for job_id, _, details in seen if job_id == "meter-fota-1-0-1"]
    assert len(first) >= 3
    assert first == sorted(first, key=int)
    assert [job_id for job_id, *_ in seen if job_id == "tariff-table-0117"]


async def test_an_hour_changes_the_unattended_things_by_their_timers_only(fleet, watch) -> None:
    before = {name: list(fleet.get_pending_job_executions(name)) for name in UNATTENDED}

    def look(passed: float) -> None:
        assert list(fleet.get_pending_job_executions("boiler-07")) == before["boiler-07"]
        listed = list(fleet.get_pending_job_executions("gw-lyon-01"))
        if passed < 240:
            assert listed == before["gw-lyon-01"]
            return
        # it timed out, and its job is tried once more
        assert listed[:3] == before["gw-lyon-01"][1:]
        assert [(each.job_id, each.execution_number) for each in listed[3:]] == [
            ("fw-2026-11-edge", 2)
        ]

    await watch(fleet, 3600, look)


@pytest.mark.parametrize(
    "dice", [0, 1, *(pytest.param(each, marks=pytest.mark.slow) for each in (2, 3, 4))]
)
async def test_an_hour_of_work_neither_stops_nor_piles_up(fleet, watch, dice) -> None:
    most: dict[str, int] = defaultdict(int)
    worked_on: dict[str, set[str]] = defaultdict(set)

    def look(_passed: float) -> None:
        for name in WITH_AGENT:
            pending = fleet.get_pending_job_executions(name)
            most[name] = max(most[name], len(pending))
            worked_on[name] |= {each.job_id for each in pending.in_progress}

    await watch(fleet, 3600, look, dice=dice)
    assert all(most[name] <= 8 for name in WITH_AGENT)
    assert all(len(worked_on[name]) > 15 for name in WITH_AGENT)
    still_known = [
        job_id
        for name in WITH_AGENT
        for job_id in worked_on[name]
        if _refusal(fleet, name, job_id) != "ResourceNotFoundException"
    ]
    assert 5 < len(still_known) < 40


async def test_the_same_dice_make_the_same_hour(clock, watch) -> None:
    stories = []
    for _ in range(2):
        fleet, story = prepare_demo_fleet(clock, Random(1)), []
        await watch(
            fleet,
            600,
            lambda _passed, fleet=fleet, story=story: story.append(_counts(fleet, "meter-112")),
        )
        stories.append(story)
    assert stories[0] == stories[1]


async def test_a_person_may_end_what_an_agent_works_on(fleet, watch) -> None:
    ended = []

    def look(passed: float) -> None:
        if passed % 20 == 0:
            execution = fleet.describe_job_execution("meter-112", "$next")
            if execution is not None:
                fleet.update_job_execution(
                    "meter-112", execution.job_id, "REJECTED", status_details={"by": "hand"}
                )
                ended.append(execution.job_id)

    await watch(fleet, 600, look)
    assert len(set(ended)) > 5
    assert _refusal(fleet, "meter-112", ended[-1]) == "TerminalStateException"


async def test_a_person_may_write_anything_into_the_details_of_an_agents_job(fleet, watch) -> None:
    def look(_passed: float) -> None:
        execution = fleet.describe_job_execution("meter-112", "$next")
        if execution is not None:
            fleet.update_job_execution(
                "meter-112", execution.job_id, "IN_PROGRESS", status_details={"progress": "½"}
            )

    await watch(fleet, 120, look, every=7)


async def test_an_agent_does_not_overwrite_what_it_has_not_seen(fleet, watch) -> None:
    written = {"at": -100.0, "job": ""}
    mine = {"progress": "1", "by": "hand"}

    def look(passed: float) -> None:
        execution = fleet.describe_job_execution("meter-112", "$next")
        if execution is None or execution.status != "IN_PROGRESS":
            return
        if passed - written["at"] >= 20:
            fleet.update_job_execution(
                "meter-112", execution.job_id, "IN_PROGRESS", status_details=mine
            )
            written.update(at=passed, job=execution.job_id)
        elif passed - written["at"] <= 3 and execution.job_id == written["job"]:
            assert execution.status_details == mine

    await watch(fleet, 300, look, every=0.5)
    assert written["at"] > 200


def test_no_job_arrives_where_six_are_pending(fleet) -> None:
    arrivals = Arrivals(fleet, Random(1))
    for _ in range(50):
        arrivals.next()
    assert [sum(_counts(fleet, name)) for name in WITH_AGENT] == [6, 6]


def test_the_demo_runs_on_its_own_thread(clock) -> None:
    with demo_emulator(clock, Random(1)) as emulator:
        assert emulator.url.startswith("http://127.0.0.1:")
        assert emulator.call(_counts, emulator.account, "gw-lyon-01") == (1, 3)


def _counts(fleet, thing_name: str) -> tuple[int, int]:
    pending = fleet.get_pending_job_executions(thing_name)
    return len(pending.in_progress), len(pending.queued)


def _refusal(fleet, thing_name: str, job_id: str) -> str | None:
    try:
        fleet.describe_job_execution(thing_name, job_id)
    except ServiceError as refusal:
        return refusal.code
    return None


def _first_seen(fleet) -> set[str]:
    return {
        each.job_id
        for name in WITH_AGENT
        for each in fleet.get_pending_job_executions(name)
        if each.execution_number == 1
    }
