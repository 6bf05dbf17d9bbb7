"""A soak: everything at work at random for hours, and then what is left of it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from jobs_tui.domain.execution import PendingJobExecutions
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.journal.journal_file import JournalFile
from jobs_tui.engine.journal.sqlite_journal import FILE_NAME
from jobs_tui.ui.widgets.selection_pane import READING
from soak.asking_monkey import AskingMonkey
from soak.census import Census, peak_mb, take_census
from soak.fast_clock import FastClock
from soak.ledger import Ledger, contradictions
from soak.others import Others
from soak.stage import Stage, on_stage
from soak.weather import Weather

STEPS_AN_HOUR = 1300
"""8 hours take more than 10,000 steps."""

CENSUSES = 16
WARM_UP = 2
"""After so many of them nothing may grow any more."""

END_JOBS = 60

END_SIZES = ((80, 24), (120, 40), (160, 48), (40, 12))

END_KEYS = ("\x1b[H", "\x1b[H\t", "\x1b", "\x1b[F")
"""First thing, its panel, the list again, last thing."""

TOP_ROWS = ("\x1b[H", "\t", "\x1b[H", "\x1b", "\x1b[F", "\t", "\x1b[H", "\x1b")
"""The cursor on the first row of the first thing, and of the last one: it stays with its job."""

UNREAD = (READING, "o opens it")
"""What stands beside the list until an execution, and its document, is read."""

ON_SCREEN_SECONDS = 0.12
"""Real ones: after a key, until what is selected was read and shows."""

TOLD_STEPS = 15

MOST_ROUNDS = 4
"""A short run goes on, this many times as long at most, until a change was asked for."""


class Plan(NamedTuple):
    """What is to be done."""

    hours: float
    seed: int = 1
    things: int = 50
    factor: float = 60.0
    """Simulated seconds a second."""

    @property
    def steps(self) -> int:
        return max(1, round(self.hours * STEPS_AN_HOUR))


@dataclass
class Report:
    """What was done and found."""

    plan: Plan
    hours: float = 0.0
    steps: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    changes: Counter[ChangeState] = field(default_factory=Counter)
    in_doubt: int = 0
    """Changes of which an answer was lost on the way, whatever became of them."""
    attempts: int = 0
    steps_by_us: int = 0
    steps_by_others: int = 0
    wanted_to_leave: int = 0
    censuses: list[Census] = field(default_factory=list)
    peak_mb: float = 0.0
    contradictions: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    """Lines of the screen at the end that a fresh start does not have."""


async def soak(plan: Plan, folder: Path, tell: Callable[[str], object] = lambda _: None) -> Report:
    """Do it; raises what the program has failed with, after the steps that led there."""
    random = Random(plan.seed)
    clock = FastClock(plan.factor)
    things = tuple(f"gw-{number:02}" for number in range(1, plan.things + 1))
    account = Ledger(clock, Random(plan.seed))
    for thing in things:
        account.create_thing(thing)
    others = Others(account, things, clock, random)
    others.begin_anew(30, timers=True)
    weather = Weather(account, clock, random)
    report = Report(plan, calls=account.calls, faults=weather.happened)
    await weather.begin()
    try:
        async with on_stage(weather.url, things, clock, folder, "soak", plan.seed) as stage:
            account.store = stage.engine.store
            async with _at_work(weather.change_for_ever(), others.work_for_ever()):
                await _play(
                    plan, stage, AskingMonkey(stage.app, stage.driver, others, random), report, tell
                )
            report.hours = clock.passed / 3600
            await _come_to_an_end(stage, account, others, clock)
            ended = await _pictures(stage)
            report.wanted_to_leave = stage.app.wanted_to_leave
        async with on_stage(weather.url, things, clock, folder, "fresh", plan.seed) as stage:
            account.store = stage.engine.store
            await _all_answered(stage, account)
            fresh = await _pictures(stage)
    finally:
        await weather.end()
    report.differences = _differences(ended, fresh)
    _read_journal(folder, account, report)
    report.peak_mb = peak_mb()
    return report


async def _play(
    plan: Plan,
    stage: Stage,
    monkey: AskingMonkey,
    report: Report,
    tell: Callable[[str], object],
) -> None:
    clock, last_steps = stage.engine.clock, []
    begin = clock.monotonic()
    seconds_a_step = plan.hours * 3600 / plan.steps
    every = max(1, plan.steps // CENSUSES)
    try:
        for number in range(1, MOST_ROUNDS * plan.steps + 1):
            if number > plan.steps and stage.engine.store.changes:
                break
            last_steps = [*last_steps[-TOLD_STEPS:], monkey.step()]
            report.steps = number
            await stage.breathe(seconds_a_step / plan.factor)
            if number % every == 0:
                await stage.come_to_rest()
                hours = (clock.monotonic() - begin) / 3600
                report.censuses.append(take_census(stage.app, hours, number))
                tell(str(report.censuses[-1]))
    except Exception as error:
        steps = "\n".join(last_steps)
        error.add_note(f"seed {plan.seed}, step {report.steps}, after\n{steps}\n{stage.text}")
        raise


@asynccontextmanager
async def _at_work(*work: Any) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(each) for each in work]
    try:
        yield
        for task in tasks:
            if task.done():
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _come_to_an_end(stage: Stage, account: Ledger, others: Others, clock: FastClock) -> None:
    """Let every change be settled, and everything be as it is for a program that starts now.

    The jobs are others then: what was changed in this run is of no interest to the next one.
    """
    await stage.come_to_rest()
    changes = stage.engine.changes
    stage.engine.refresh_now()
    await stage.until(lambda: not changes.unsettled, "settled")
    others.begin_anew(END_JOBS, timers=False)
    await _all_answered(stage, account)
    await stage.until(
        lambda: not any(thing.left for thing in stage.engine.store.things), "without old rows"
    )
    clock.hold_date()
    stage.engine.refresh_now()
    now = clock.now()
    await stage.until(
        lambda: all(thing.answered_at == now for thing in stage.engine.store.things), "answered"
    )


async def _all_answered(stage: Stage, account: Ledger) -> None:
    def all_as_they_are() -> bool:
        return all(
            state.failure is None
            and not state.earlier_run
            and _versions(state.pending)
            == _versions(account.get_pending_job_executions(state.thing_name))
            for state in stage.engine.store.things
        )

    stage.engine.refresh_now()
    await stage.until(all_as_they_are, "as the account is")


def _versions(pending: PendingJobExecutions | None) -> list[tuple[object, ...]] | None:
    if pending is None:
        return None
    return [(each.job_id, each.execution_number, each.version_number) for each in pending]


async def _pictures(stage: Stage) -> list[str]:
    """The screen at several sizes and places of the cursor."""
    pictures = []
    await stage.come_to_rest()
    for key in TOP_ROWS:
        stage.driver.type(key)
        await stage.breathe(ON_SCREEN_SECONDS)
    for size in END_SIZES:
        await stage.come_to_rest(size)
        for keys in END_KEYS:
            stage.driver.type(keys)
            await stage.breathe(ON_SCREEN_SECONDS)
            await stage.until(lambda: not any(word in stage.text for word in UNREAD), "read")
            await stage.settle()
            pictures.append(stage.text_of_any_run)
    return pictures


def _differences(ended: Sequence[str], fresh: Sequence[str]) -> list[str]:
    """Lines of the pictures that differ."""
    return [
        f"picture {number}, line {line}:\n  {old}\n  {new}"
        for number, (one, other) in enumerate(zip(ended, fresh, strict=True))
        for line, (old, new) in enumerate(zip(one.split("\n"), other.split("\n"), strict=True))
        if old != new
    ]


def _read_journal(folder: Path, account: Ledger, report: Report) -> None:
    file = JournalFile(folder / FILE_NAME, read_only=True)
    changes: list[Change] = list(file.changes())
    file.close()
    report.changes = Counter(change.state for change in changes)
    report.in_doubt = sum(change.in_doubt for change in changes)
    report.attempts = sum(len(change.attempts) for change in changes)
    report.steps_by_us = sum(made.who != 0 for made in account.steps.values())
    report.steps_by_others = len(account.steps) - report.steps_by_us
    report.contradictions = contradictions(account, changes)
