"""Runs the user's own commands over a row: the row is in the environment, never in the command."""

import asyncio
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.domain.own_command import VARIABLES, OwnCommand
from jobs_tui.engine.store import Connected, Link
from jobs_tui.ui.aside.background_program import BackgroundProgram
from jobs_tui.ui.aside.private_text import file_name, private_text
from jobs_tui.ui.aside.told_end import told_end
from jobs_tui.ui.commands.own import RunOwn
from jobs_tui.ui.terminal.signals import LeavesOnSignal
from jobs_tui.ui.views.bars import Notice
from jobs_tui.ui.views.durations import coarse
from jobs_tui.ui.views.rows import Row

if TYPE_CHECKING:
    from jobs_tui.ui.screens.opening_screen import OpeningScreen

SHELL = ("/bin/sh", "-c")

RUN, BACK, END = "run", "back", "end"


class Running(NamedTuple):
    """A command that runs in the background."""

    program: BackgroundProgram
    since: float
    """Monotonic seconds."""


class OwnCommands:
    """The commands of the settings, for one screen."""

    def __init__(self, screen: "OpeningScreen", owns: tuple[OwnCommand, ...]) -> None:
        """Make them."""
        self.commands = tuple(RunOwn(own, self) for own in owns)
        self._screen = screen
        self._running: dict[tuple[str, ExecutionKey], Running] = {}

    def running_words(self, own: OwnCommand) -> str:
        """Over what it runs now and for how long."""
        now = self._screen.engine.clock.monotonic()
        told = [
            f"{key.job_id} for {coarse(now - running.since)}"
            for (own_key, key), running in self._running.items()
            if own_key == own.key
        ]
        return f"runs over {', '.join(told)}" if told else ""

    def run(self, own: OwnCommand, row: Row) -> None:
        """Run it, or ask: whether to, or what is to be done with it where it runs already."""
        from jobs_tui.ui.screens.choice_dialog import (  # noqa: PLC0415 - where something is asked
            Choice,
            ChoiceDialog,
        )
        from jobs_tui.ui.views.own_command import asked_lines, runs_lines  # noqa: PLC0415 - as above

        running = self._running.get((own.key, row.key))
        if running is None and not own.confirm:
            self._start(own, row)
            return

        def chosen(answer: str | None) -> None:
            if answer == RUN:
                self._start(own, row)
            elif answer == END and running is not None:
                self._screen.app.run_worker(running.program.end())

        if running is None:
            lines = asked_lines(own, row)
            choices = [Choice(RUN, "Run"), Choice(BACK, "Back", harmless=True)]
        else:
            lines = runs_lines(own, row, self.running_words(own))
            choices = [Choice(END, "End it"), Choice(BACK, "Let it run", harmless=True)]
        self._screen.app.push_screen(ChoiceDialog(lambda _: lines, choices, BACK), chosen)

    async def end(self) -> None:
        """End what still runs in the background."""
        await asyncio.gather(*(each.program.end() for each in self._running.values()))

    def _start(self, own: OwnCommand, row: Row) -> None:
        run = self._in_place if own.in_place else self._in_background
        self._screen.app.run_worker(run(own, row), group="own commands")

    async def _in_place(self, own: OwnCommand, row: Row) -> None:
        from jobs_tui.ui.terminal.stepping_aside import step_aside  # noqa: PLC0415 - on first use

        try:
            with self._environment(row) as environment:
                status = await step_aside(self._screen.app, (*SHELL, own.command), environment)
        except OSError as error:
            self._not_started(own, error)
        else:
            self._tell_end(own, row, status, "")

    async def _in_background(self, own: OwnCommand, row: Row) -> None:
        at_once, key = self._at_once, (own.key, row.key)
        try:
            with self._environment(row) as environment:
                program = BackgroundProgram((*SHELL, own.command), environment)
                at_once.add(program.kill)
                self._running[key] = Running(program, self._screen.engine.clock.monotonic())
                self._tell(Notice(f"{own.name} runs over {row.key.job_id}"))
                status = await program.ended()
                at_once.discard(program.kill)
                del self._running[key]
        except OSError as error:
            self._not_started(own, error)
        else:
            self._tell_end(own, row, status, program.last_line)

    @contextmanager
    def _environment(self, row: Row) -> Iterator[dict[str, str]]:
        """Ours and the row's, with its document in a file for as long as it is needed."""
        store = self._screen.engine.store
        described = store.thing(row.key.thing_name).described.get(row.key)
        document = None if described is None else described.execution.job_document
        about = row_variables(row, store.link)
        if document is None:
            yield environment_with(about, os.environ)
            return
        name = file_name(row.key.job_id)
        with private_text(name, document, os.environ, self._at_once) as path:
            yield environment_with({**about, "JOBS_TUI_DOCUMENT_FILE": f"{path}"}, os.environ)

    @property
    def _at_once(self) -> set[Callable[[], object]]:
        app = self._screen.app
        return app.at_once if isinstance(app, LeavesOnSignal) else set()

    def _not_started(self, own: OwnCommand, error: OSError) -> None:
        told = f"{own.name} cannot be started: {error.strerror or error}"
        self._tell(Notice(told, "warning"))

    def _tell_end(self, own: OwnCommand, row: Row, status: int, last_line: str) -> None:
        told = told_end(own.name, status) or f"{own.name} ended with status 0"
        words = f"{told} over {row.key.job_id}"
        self._tell(
            Notice(f"{words}: {last_line}" if last_line else words, "warning" * bool(status))
        )

    def _tell(self, notice: Notice) -> None:
        self._screen.notice(notice)


def row_variables(row: Row, link: Link | None) -> dict[str, str]:
    """What a command is told of its row, by the names of the variables."""
    endpoint, region = (link.endpoint, link.region) if isinstance(link, Connected) else ("", "")
    values = (
        row.key.thing_name,
        row.key.job_id,
        row.key.execution_number,
        row.summary.status,
        row.summary.version_number,
        endpoint,
        region,
    )
    return {
        # what no environment can hold is no name of anything
        name: ""
        if value is None
        else f"{value}".replace("\0", "").encode(errors="replace").decode()
        for name, value in zip(VARIABLES, values, strict=False)
    }


def environment_with(about: Mapping[str, str], ours: Mapping[str, str]) -> dict[str, str]:
    """Our own environment, and nothing of another row's."""
    return {**{name: ours[name] for name in ours if name not in VARIABLES}, **about}
