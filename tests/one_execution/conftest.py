"""An emulator that the commands on one execution ask, and the journal that they write."""

import json
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from jobs_tui.cli import main
from jobs_tui.domain.clock import SystemClock
from jobs_tui.emulator import Account, EmulatorServer, EmulatorThread, Fault
from jobs_tui.emulator.line.faults import FaultPlan
from jobs_tui.engine.change import Change
from jobs_tui.engine.journal.journal_file import JournalFile


class Bench:
    """Two things; `fw-1` is in progress on `gw-1`, with `log-1` behind it, and queued on `gw-2`."""

    def __init__(self, emulator: EmulatorThread, state: Path) -> None:
        self.emulator = emulator
        self.folder = state / "jobs-tui"
        self.asked: list[str] = []
        """The methods and paths of all requests."""
        self.before_change: Callable[[], object] = lambda: None
        """Called once on the emulator's loop, before the first change is looked at."""
        self.instead: Callable[[str], web.StreamResponse | None] = lambda path: None
        """By the path with its query, an answer instead of the emulator's."""
        emulator.server.intercept = self._intercept

    @property
    def account(self) -> Account:
        return self.emulator.account

    @property
    def changes_sent(self) -> int:
        """How many requests came that change something."""
        return sum(not each.startswith("GET ") for each in self.asked)

    def fault(self, *specs: str) -> None:
        """Let these go wrong from now on."""
        plan = FaultPlan([Fault.parse(each) for each in specs], random.Random(1))
        self.emulator.call(setattr, self.emulator.server.line, "faults", plan)

    def execution(self, thing_name: str = "gw-1", job_id: str = "fw-1") -> Any:
        """What the service has."""
        return self.emulator.call(self.account.job_execution, thing_name, job_id)

    def by_the_agent(self, thing_name: str = "gw-1", **members: Any) -> None:
        """Another writer's update of `fw-1`; on the emulator's loop."""
        self.account.update_job_execution(thing_name, "fw-1", **members)

    def journal(self) -> list[Change]:
        """What the journal holds, the newest first."""
        path = self.folder / "journal.sqlite"
        if not path.exists():
            return []
        with closing(JournalFile(path, read_only=True)) as file:
            return list(file.changes())

    async def _intercept(self, request: web.Request) -> web.StreamResponse | None:
        self.asked.append(f"{request.method} {request.path_qs}")
        if request.method != "GET":
            before, self.before_change = self.before_change, lambda: None
            before()
        return self.instead(request.path_qs)


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """What the program is told by its environment, but for the endpoint."""
    return {
        "HOME": f"{tmp_path}",
        "XDG_STATE_HOME": f"{tmp_path / 'state'}",
        "JOBS_TUI_CONFIG": f"{tmp_path}/none.toml",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
        "AWS_DEFAULT_REGION": "eu-west-3",
    }


@pytest.fixture
def bench(
    environment: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    account = Account(SystemClock(), random.Random(1))
    for name in ("gw-1", "gw-2"):
        account.create_thing(name)
    account.create_job("fw-1", ("gw-1", "gw-2"), '{"do": "it"}')
    account.create_job("log-1", ("gw-1",), "{}")
    account.start_next_pending_job_execution("gw-1", status_details={"progress": "60%"})
    (tmp_path / "none.toml").touch()
    with EmulatorThread(lambda: EmulatorServer(account)) as emulator:
        for name, value in {**environment, "JOBS_TUI_ENDPOINT_URL": emulator.url}.items():
            monkeypatch.setenv(name, value)
        yield Bench(emulator, tmp_path / "state")


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command line: its exit status, and what it printed on both streams."""

    def run(*words: str) -> tuple[int, str, str]:
        status = main(words)
        printed = capsys.readouterr()
        assert "secret-of-the-test" not in printed.out + printed.err
        assert "Traceback" not in printed.err
        return status, printed.out, printed.err

    return run


@pytest.fixture
def told_json(told: Callable[..., tuple[int, str, str]]) -> Callable[..., tuple[int, Any]]:
    """The same for `--json`: the exit status, and what was printed, read."""

    def run(*words: str) -> tuple[int, Any]:
        status, out, _ = told(*words, "--json")
        return status, json.loads(out)

    return run
