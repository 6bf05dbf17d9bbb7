"""A gateway whose commands log, and its log, read by one regular expression."""

import logging
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from aiohttp import web

from jobs_tui.cli import main
from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.logged import EVENTS
from jobs_tui.emulator import Account, EmulatorServer, EmulatorThread

VALUE = r'(?:"(?:[^"\\]|\\.)*"|[^\s"=]+)'
LINE = re.compile(
    r"(?P<moment>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (?P<level>[A-Z]+) (?P<what>\S+) "
    rf"pid=(?P<pid>\d+) thing=(?P<thing>{VALUE}) job=(?P<job>{VALUE}) request=(?P<request>{VALUE})"
    rf"(?P<rest>(?: [A-Za-z_]+={VALUE})*)"
)
"""Every line but those that go on with the one above them."""

FIELD = re.compile(rf" ([A-Za-z_]+)=({VALUE})")


class Logged(NamedTuple):
    """One line."""

    level: str
    what: str
    thing: str
    job: str
    request: str
    fields: dict[str, str]


def read(path: Path) -> list[Logged]:
    """All lines, each of which has to be as it should."""
    lines = []
    for line in path.read_text("utf-8").splitlines():
        assert line.isprintable(), line
        if line.startswith("  "):
            continue
        match = LINE.fullmatch(line)
        assert match is not None, line
        fields = {
            name: re.sub(r"\\(.)", r"\1", value[1:-1]) if value[0] == '"' else value
            for name, value in FIELD.findall(match["rest"])
        }
        columns = (match[name] for name in ("level", "what", "thing", "job", "request"))
        lines.append(Logged(*columns, fields))
    return lines


class Gateway:
    """Two things; `fw-1` is in progress on `gw-1` and queued on `gw-2`."""

    def __init__(self, emulator: EmulatorThread, home: Path) -> None:
        self.emulator = emulator
        self.home = home
        self.log = home / ".local" / "state" / "jobs-tui" / "log" / "jobs-tui.log"
        self.request_ids: list[str] = []
        """Those that the emulator has sent, in order."""
        self.instead: Callable[[web.Request], web.StreamResponse | None] = lambda _: None
        emulator.server.intercept = self._intercept

    def run(self, *words: str) -> int:
        """Run a command line; returns its status."""
        return main(words)

    def lines(self, path: Path | None = None) -> list[Logged]:
        """What the log holds."""
        return read(path or self.log)

    async def _intercept(self, request: web.Request) -> web.StreamResponse | None:
        response = self.instead(request) or await self.emulator.server.answer(request)
        self.request_ids.append(response.headers.get("x-amzn-RequestId", "-"))
        return response


@pytest.fixture(autouse=True)
def keeps_logging() -> Iterator[None]:
    """Puts the loggers back as they were."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for handler in root.handlers:
        if handler not in handlers:
            handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)
    EVENTS.setLevel(logging.NOTSET)
    logging.captureWarnings(capture=False)


@pytest.fixture
def gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    account = Account(SystemClock(), random.Random(1))
    for name in ("gw-1", "gw-2"):
        account.create_thing(name)
    account.create_job("fw-1", ("gw-1", "gw-2"), '{"do": "it"}')
    account.start_next_pending_job_execution("gw-1", status_details={"progress": "60%"})
    monkeypatch.setattr(sys, "stdin", None)
    with EmulatorThread(lambda: EmulatorServer(account)) as emulator:
        for name, value in {
            "HOME": f"{tmp_path}",
            "XDG_STATE_HOME": "",
            "JOBS_TUI_CONFIG": f"{tmp_path}/none.toml",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
            "AWS_DEFAULT_REGION": "eu-west-3",
            "JOBS_TUI_ENDPOINT_URL": emulator.url,
        }.items():
            monkeypatch.setenv(name, value)
        (tmp_path / "none.toml").touch()
        yield Gateway(emulator, tmp_path)
