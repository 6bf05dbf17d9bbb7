import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from aiohttp import web

from jobs_tui.cli import main
from jobs_tui.emulator import Emulator, Fault, Switches

KEY_ID, SECRET, TOKEN = "AKIAQWERTYUIOPASDFGH", "secret-of-the-test", "token-of-the-test"
THING, REGION = "gw-1", "eu-west-3"
CALLER = "arn:aws:sts::123456789012:assumed-role/field/ann"
WHO = (
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
    f"<GetCallerIdentityResult><Arn>{CALLER}</Arn><UserId>AROA:ann</UserId>"
    "<Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
)


@dataclass(frozen=True)
class Printed:
    """What `jobs-tui doctor --json` printed, and its exit status."""

    status: int
    findings: dict[str, dict[str, Any]]

    @property
    def levels(self) -> dict[str, str]:
        """The level of each step."""
        return {step: each["level"] for step, each in self.findings.items()}

    def told(self, step: str) -> str:
        """What is told of a step, and its advice."""
        return f"{self.findings[step]['told']}\n{self.findings[step]['advice'] or ''}"


class Watched(Emulator):
    """An emulator with a job on its thing, which notes what is asked of it."""

    def __init__(self, switches: Switches, **options: Any) -> None:
        super().__init__(switches, **options)
        self.requests: list[str] = []

    def start(self) -> None:
        super().start()
        self.call(self.account.create_job, "job-1", [THING], '{"operation": "reboot"}')
        self.server.intercept = self.note

    async def note(self, request: web.Request) -> web.Response | None:
        self.requests.append(f"{request.method} {request.path_qs}")
        return None

    def holdings(self) -> str:
        """Everything in the account."""
        of = self.account
        return repr((of._things, of._groups, of._jobs, of._cancellations, of._tries))


Emulated = Callable[..., Watched]
Doctor = Callable[..., Printed]


@pytest.fixture(autouse=True)
def environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keys, a region, and nobody to ask whose they are; returns the home folder."""
    for name in ("CACHE", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_REGION", REGION)
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1")
    return home


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """The command keeps what libraries say off the screen, for as long as the process lasts."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)


@pytest.fixture
def emulated() -> Iterator[Emulated]:
    """Start emulators that let in nobody without the keys; nothing may have changed in any."""
    with ExitStack() as stack:

        def start(*faults: str, clock: Any = None, **switches: Any) -> Watched:
            given = {"things": [THING], "secrets": {KEY_ID: SECRET}} | switches
            plan = [Fault.parse(each) for each in faults]
            emulator = stack.enter_context(Watched(Switches(faults=plan, **given), clock=clock))
            before = emulator.holdings()

            def check() -> None:
                assert emulator.holdings() == before
                assert not [each for each in emulator.requests if each.startswith("PUT")]

            stack.callback(check)
            return emulator

        yield start


@pytest.fixture
def doctor(capsys: pytest.CaptureFixture[str]) -> Doctor:
    """Run the command; what it prints holds no secret, and stdout nothing but JSON."""

    def run(*words: str | Path) -> Printed:
        status = main(["doctor", "--json", *map(str, words)])
        output, errors = capsys.readouterr()
        for secret in (KEY_ID, SECRET, TOKEN, "PRIVATE KEY-----"):
            assert secret not in output + errors
        assert errors == ""
        report = json.loads(output)
        assert set(report) == {"findings", "ok"}
        for each in report["findings"]:
            assert set(each) == {"step", "level", "told", "advice", "facts"}
            assert each["level"] in {"ok", "warning", "failed", "skipped"}
            assert each["told"]
        failed = any(each["level"] == "failed" for each in report["findings"])
        assert report["ok"] is not failed
        assert status == (1 if failed else 0)
        return Printed(status, {each["step"]: each for each in report["findings"]})

    return run


@pytest.fixture
def token_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """An AWS STS that says the same to everybody."""
    said = [(200, WHO)]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            status, body = said[0]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    def says(status: int, body: str) -> None:
        said[0] = (status, body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", f"http://127.0.0.1:{server.server_port}")
        yield says
        server.shutdown()


@pytest.fixture
def now() -> float:
    """Seconds since the epoch."""
    return time.time()
