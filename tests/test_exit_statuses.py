"""Every exit status of every command: what was typed, in which situation, and what it says of it.

A row of the table is a command line, a situation (a function of this file that arranges it), the
status, and what the one line on the error stream holds; an empty text means that there is no line.
"""

import os
import pwd
import random
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

import pytest
from aiohttp import web

from jobs_tui.cli import main
from jobs_tui.cli.logs import keep_off_the_screen
from jobs_tui.domain.clock import SystemClock
from jobs_tui.emulator import Account, EmulatorServer, EmulatorThread

JOB_TIMER = 3
"""Minutes: less than what counts as about to time out."""


class MovedClock(SystemClock):
    """The clock of the service, which a situation can set back for a while."""

    ahead = 0.0

    def now(self) -> float:
        return super().now() + self.ahead


class World:
    """A user with a home, keys and an endpoint with two things; a situation changes some of it."""

    def __init__(self, emulator: EmulatorThread, patch: pytest.MonkeyPatch, folder: Path) -> None:
        self.emulator = emulator
        self.clock = emulator.server.account.clock
        self.patch = patch
        self.folder = folder
        self._output: TextIO | None = None
        self.settings = folder / ".config" / "jobs-tui" / "config.toml"
        for name in tuple(os.environ):
            if name.startswith(("AWS_", "JOBS_TUI_", "XDG_")):
                patch.delenv(name)
        for name, value in {
            "HOME": f"{folder}",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
            "AWS_DEFAULT_REGION": "eu-west-3",
            "AWS_EC2_METADATA_DISABLED": "true",
            "JOBS_TUI_ENDPOINT_URL": emulator.url,
        }.items():
            patch.setenv(name, value)

    def job(self, *, started: bool = False, timer: int | None = None) -> None:
        """A job for gw-1."""
        account = self.emulator.server.account
        self.emulator.call(account.create_job, "fw-1", ("gw-1",), "{}")
        if started:
            start = account.start_next_pending_job_execution
            self.emulator.call(start, "gw-1", step_timeout_in_minutes=timer)

    def refuse(self, part_of_path: str) -> None:
        """Let the endpoint forbid what is asked of such a path."""

        async def intercept(request: web.Request) -> web.StreamResponse | None:
            if part_of_path not in request.path:
                return None
            headers = {"x-amzn-errortype": "ForbiddenException"}
            return web.json_response({"message": "not yours"}, status=403, headers=headers)

        self.emulator.server.intercept = intercept

    def write_settings(self, content: bytes) -> None:
        """The file of settings."""
        self.settings.parent.mkdir(parents=True)
        self.settings.write_bytes(content)

    def output(self, descriptor: int, encoding: str = "utf-8") -> None:
        """What the program writes to; what it was before is closed."""
        if self._output is not None:
            self._output.close()
        self._output = os.fdopen(descriptor, "w", encoding=encoding)
        self.patch.setattr(sys, "stdout", self._output)


def usual(_: World) -> None:
    """Nothing is pending."""


def queued(world: World) -> None:
    world.job()


def at_work(world: World) -> None:
    world.job(started=True)


def about_to_time_out(world: World) -> None:
    world.job(started=True, timer=JOB_TIMER)


def stuck(world: World) -> None:
    world.clock.ahead = -3600.0
    world.job(started=True)
    world.clock.ahead = 0.0


def one_forbidden(world: World) -> None:
    world.job()
    world.refuse("/gw-2/")


def deadlines_forbidden(world: World) -> None:
    world.job(started=True)
    world.refuse("/jobs/fw-1")


def nobody_listens(world: World) -> None:
    world.patch.setenv("JOBS_TUI_ENDPOINT_URL", "http://127.0.0.1:1")


def no_keys(world: World) -> None:
    world.patch.delenv("AWS_ACCESS_KEY_ID")
    world.patch.delenv("AWS_SECRET_ACCESS_KEY")


def no_home(world: World) -> None:
    """As for a user of a container who is in no list of users."""

    def unknown(_user: int) -> None:
        raise KeyError

    world.patch.delenv("HOME")
    world.patch.setattr(pwd, "getpwuid", unknown)


def no_home_and_queued(world: World) -> None:
    no_home(world)
    world.job()


def unwritable_home(world: World) -> None:
    """Where no folder can be made, not even by root."""
    home = Path("/proc")
    if os.geteuid():
        home = world.folder / "home"
        home.mkdir(mode=0o500)
    world.patch.setenv("HOME", f"{home}")


def journal_spoilt(world: World) -> None:
    folder = world.folder / ".local" / "state" / "jobs-tui"
    folder.mkdir(parents=True)
    (folder / "journal.sqlite").write_bytes(b"no database, but long enough to be looked at" * 50)


def wrong_key(world: World) -> None:
    world.write_settings(b'regoin = "eu-west-3"\n')


def wrong_type(world: World) -> None:
    world.write_settings(b'refresh = "often"\n')


def wrong_encoding(world: World) -> None:
    world.write_settings("# r\u00e9gion\n".encode("latin-1"))


def utf_16(world: World) -> None:
    world.write_settings("refresh = 5\n".encode("utf-16"))


def byte_order_mark(world: World) -> None:
    world.write_settings(b'\xef\xbb\xbfthings = ["gw-1"]\n')


def things_in_settings(world: World) -> None:
    world.write_settings(b'things = ["gw-1"]\n')
    world.job()


def ascii_output(world: World) -> None:
    """As with LANG=C and a Python that takes it at its word; the settings are not in ASCII."""
    world.write_settings('[contexts."\u00e9"]\n'.encode())
    world.job()
    world.output(os.open(world.folder / "printed", os.O_WRONLY), "ascii")


def reader_gone(world: World) -> None:
    """As after `| head`."""
    world.job()
    reading, writing = os.pipe()
    os.close(reading)
    world.output(writing)


def both_readers_gone(world: World) -> None:
    """As after `2>&1 | head`, with something to tell."""
    one_forbidden(world)
    reading, writing = os.pipe()
    os.close(reading)
    world.output(writing)
    errors = os.fdopen(os.dup(writing), "w", encoding="utf-8", buffering=1)
    world.patch.setattr(sys, "stderr", errors)


def no_keys_and_no_reader(world: World) -> None:
    no_keys(world)
    reader_gone(world)


def disk_full(world: World) -> None:
    world.job()
    world.output(os.open("/dev/full", os.O_WRONLY))


class Case(NamedTuple):
    """One row."""

    typed: str
    status: int
    told: str = ""
    situation: Callable[[World], None] = usual

    def __str__(self) -> str:
        return f"{self.typed} ({self.situation.__name__})"


FORBIDDEN = "jobs-tui: gw-2: not yours; allow iotjobsdata:GetPendingJobExecutions on"
NO_TERMINAL = "jobs-tui: no terminal: "
NOTHING = "jobs-tui: no pending jobs"
WRONG_KEY = "config.toml:1: unknown key 'regoin'"
WRONG_TYPE = "config.toml:1: refresh must be a number of seconds"
NOT_UTF_8 = "config.toml:1: is not UTF-8"

CASES = (
    # help, and what cannot be meant
    *(
        Case(f"{command} --help", 0)
        for command in (
            *("", "watch", "demo", "list", "describe", "start", "update"),
            *("doctor", "config", "keys", "info", "emulator"),
        )
    ),
    Case("journal --help", 0),
    Case("completion --help", 0),
    Case("man --help", 0),
    Case("--version", 0),
    Case("--help", 0, situation=reader_gone),
    Case("--bogus", 2, "unrecognized arguments: --bogus; try 'jobs-tui --help'"),
    Case("a/b", 2, "is not a thing name"),
    Case("gw-1 --group a", 2, "THING and --group each say what to watch"),
    Case("demo gw-1", 2, "try 'jobs-tui demo --help'"),
    Case("list --fail-on never gw-1", 2, "invalid choice: 'never'"),
    Case("list --fail-on stuck --watch gw-1", 2, "not allowed with argument"),
    Case("list --bogus", 2, "try 'jobs-tui list --help'"),
    Case("describe gw-1", 2, "required: JOB; try 'jobs-tui describe --help'"),
    Case("describe gw-1 fw-1 --document --json", 2, "not allowed with argument"),
    Case("start gw-1 fw-1", 2, "unrecognized arguments: fw-1"),
    Case("start gw-1 --step-timeout -1", 2, "try 'jobs-tui start --help'"),
    Case("update gw-1 fw-1 QUEUED", 2, "a device cannot set QUEUED"),
    Case("update gw-1 $next FAILED", 2, "'$next' is not a job id"),
    Case("update gw-1 fw-1 FAILED --wait 0", 2, "try 'jobs-tui update --help'"),
    Case("doctor gw-1 gw-2", 2, "unrecognized arguments: gw-2"),
    Case("config --refresh x", 2, "must be a number of seconds"),
    Case("keys --bogus", 2, "try 'jobs-tui keys --help'"),
    Case("info --bogus", 2, "try 'jobs-tui info --help'"),
    Case("journal --since never", 2, "is no time such as"),
    Case("emulator --port x", 2, "must be a port"),
    Case("completion", 2, "required: SHELL; try 'jobs-tui completion --help'"),
    Case("completion tcsh", 2, "must be bash, zsh or fish, not 'tcsh'"),
    Case("completion bash zsh", 2, "unrecognized arguments: zsh"),
    Case("man man", 2, "unrecognized arguments: man; try 'jobs-tui man --help'"),
    # the cockpit
    Case("", 2, NO_TERMINAL),
    Case("gw-1", 2, NO_TERMINAL),
    Case("demo", 2, NO_TERMINAL),
    Case("gw-1 --log-file /", 1, "the log file cannot be written: Is a directory"),
    Case("gw-1", 2, WRONG_KEY, wrong_key),
    Case("gw-1 --config /nowhere.toml", 2, "/nowhere.toml: there is no such file"),
    Case("gw-1 --context lyon", 2, "--context: there is no context 'lyon'"),
    # list
    Case("list", 2, "jobs-tui: no thing is named: `jobs-tui list THING ...`"),
    Case("list", 0, situation=things_in_settings),
    Case("list --fail-on pending", 3, situation=things_in_settings),
    Case("list gw-1", 0, NOTHING),
    Case("list gw-1 --fail-on pending", 0, NOTHING),
    Case("list gw-1 --fail-on stuck", 0, situation=queued),
    Case("list gw-1 --fail-on stuck", 0, situation=at_work),
    Case("list gw-1 --fail-on stuck", 3, situation=stuck),
    Case("list gw-1 --fail-on stuck --json", 3, situation=about_to_time_out),
    Case("list gw-1 gw-2", 1, FORBIDDEN, one_forbidden),
    Case("list gw-1 gw-2 --fail-on pending", 1, FORBIDDEN, one_forbidden),
    Case(
        "list gw-1",
        0,
        "the deadline was not read: not yours; allow iotjobsdata:Describe",
        deadlines_forbidden,
    ),
    Case("list gw-1 --fail-on stuck", 1, "the deadline was not read", deadlines_forbidden),
    Case("list gw-1", 1, "jobs-tui: gw-1: 127.0.0.1:1 refuses connections", nobody_listens),
    Case("list gw-1", 1, "no credentials", no_keys),
    Case("list --things-file /nowhere", 2, "/nowhere: there is no such file"),
    Case("list gw-1 --log-file /", 1, "the log file cannot be written: Is a directory"),
    Case("list gw-1", 0, NOTHING, no_home),
    Case("list gw-1", 0, NOTHING, unwritable_home),
    Case("list gw-1", 2, WRONG_KEY, wrong_key),
    Case("list gw-1", 2, WRONG_TYPE, wrong_type),
    Case("list gw-1", 2, NOT_UTF_8, wrong_encoding),
    Case("list gw-1", 2, NOT_UTF_8, utf_16),
    Case("list", 0, NOTHING, byte_order_mark),
    Case("list gw-1", 0, situation=ascii_output),
    Case("list gw-1", 0, situation=reader_gone),
    Case("list gw-1 --fail-on pending", 3, situation=reader_gone),
    Case("list gw-1 gw-2", 1, situation=both_readers_gone),
    Case("list gw-1", 1, "the output cannot be written: No space left on device", disk_full),
    Case("list --watch", 2, "jobs-tui: no thing is named"),
    Case("list --watch gw-1", 1, "no credentials", no_keys),
    Case("list --watch gw-1 --log-file /", 1, "the log file cannot be written"),
    Case("list --watch gw-1", 0, situation=reader_gone),
    Case("list --watch gw-1", 1, "the output cannot be written: No space left", disk_full),
    # one execution
    Case("describe gw-1 fw-1", 0, situation=queued),
    Case("describe gw-1 $next --document", 0, situation=queued),
    Case("describe gw-1 $next --json", 1, "gw-1: nothing is pending"),
    Case("describe gw-1 fw-1", 1, "fw-1: ", usual),
    Case("describe gw-1 fw-1", 1, "allow iotjobsdata:DescribeJobExecution", deadlines_forbidden),
    Case("describe gw-1 fw-1", 1, "127.0.0.1:1 refuses connections", nobody_listens),
    Case("describe gw-1 fw-1", 1, "no credentials", no_keys),
    Case("describe gw-1 fw-1 --log-file /", 1, "the log file cannot be written"),
    Case("describe gw-1 fw-1", 2, WRONG_KEY, wrong_key),
    Case("describe gw-1 fw-1 --document", 0, situation=reader_gone),
    Case("describe gw-1 fw-1 --document", 1, "the output cannot be written", disk_full),
    Case("start gw-1", 2, "--yes sends it unasked", queued),
    Case("start gw-1 --yes", 0, situation=queued),
    Case("start gw-1 --yes", 1, "start next, nothing started: nothing is pending"),
    Case("start gw-1 --yes --read-only", 1, "read-only, by --read-only", queued),
    Case("start gw-1 --yes", 1, "no credentials", no_keys),
    Case("start gw-1 --yes", 1, "no home folder for the journal", no_home),
    Case("start gw-1 --yes", 1, "or go on without a record by --no-journal", unwritable_home),
    Case("start gw-1 --yes --no-journal", 0, situation=no_home_and_queued),
    Case("update gw-1 fw-1 FAILED", 2, "--yes sends it unasked", at_work),
    Case("update gw-1 fw-1 FAILED --yes", 0, situation=at_work),
    Case("update gw-1 fw-1 FAILED --yes --json", 0, situation=reader_gone),
    Case("update gw-1 fw-1 FAILED --yes", 1, "fw-1: FAILED, not sent: "),
    Case("update gw-1 fw-1 FAILED --yes --expected-version 7", 1, "conflict: ", at_work),
    Case("update gw-1 fw-1 FAILED --yes", 1, "refuses connections", nobody_listens),
    Case("update gw-1 fw-1 FAILED --yes", 1, "confirmed: version 2; the output", disk_full),
    Case("update gw-1 fw-1 FAILED --yes", 2, WRONG_KEY, wrong_key),
    Case("update gw-1 fw-1 FAILED --yes", 1, "journal.sqlite", journal_spoilt),
    # what tells about itself
    *(
        Case(typed, 0, situation=situation)
        for typed in ("config", "config --json", "info", "info --json")
        for situation in (
            *(usual, no_home, unwritable_home, byte_order_mark, ascii_output),
            *(reader_gone, both_readers_gone),
        )
    ),
    Case("config", 2, WRONG_KEY, wrong_key),
    Case("config", 2, WRONG_TYPE, wrong_type),
    Case("config", 2, NOT_UTF_8, wrong_encoding),
    Case("config", 2, NOT_UTF_8, utf_16),
    Case("config", 1, "the output cannot be written", disk_full),
    Case("keys", 0),
    Case("keys --json", 0, situation=reader_gone),
    Case("keys", 2, WRONG_KEY, wrong_key),
    Case("keys", 1, "the output cannot be written", disk_full),
    Case("info", 0, situation=wrong_key),
    Case("info", 0, situation=wrong_encoding),
    Case("info", 1, "the output cannot be written", disk_full),
    Case("doctor", 0),
    Case("doctor gw-1", 0, situation=queued),
    Case("doctor gw-2", 1, situation=one_forbidden),
    Case("doctor", 1, situation=nobody_listens),
    Case("doctor", 1, situation=wrong_type),
    Case("doctor", 0, situation=no_home),
    Case("doctor", 0, situation=reader_gone),
    Case("doctor", 1, situation=no_keys_and_no_reader),
    # logs
    *(
        Case(f"{typed} --debug", 1, told, situation)
        for typed in (
            *("gw-1", "demo", "list gw-1", "list --watch gw-1", "describe gw-1 fw-1"),
            *("start gw-1 --yes", "update gw-1 fw-1 FAILED --yes"),
        )
        for told, situation in (
            ("the log file cannot be written: this user has no home folder for it", no_home),
            ("jobs-tui.log); name another by --log-file", unwritable_home),
        )
    ),
    Case("list gw-1 --debug --log-file /", 1, "the log file cannot be written: Is a directory"),
    Case("list gw-1 --debug", 0, NOTHING),
    Case("list gw-1 --debug --log-file /dev/full", 0, NOTHING),
    Case("doctor --debug", 1, situation=no_home),
    Case("info --debug", 0, situation=no_home),
    Case("config --debug", 0),
    # the journal
    Case("journal", 0),
    Case("journal", 0, situation=reader_gone),
    Case("journal", 1, "the output cannot be written", disk_full),
    Case("journal", 1, "this user has no home folder for the journal", no_home),
    Case("journal", 0, situation=unwritable_home),
    Case("journal --csv", 1, "journal.sqlite", journal_spoilt),
    # what shells and man read
    *(
        Case(typed, 0, situation=situation)
        for typed in ("completion bash", "completion zsh", "completion fish", "man")
        for situation in (usual, no_home, wrong_key, ascii_output, reader_gone)
    ),
    Case("completion bash", 1, "the output cannot be written", disk_full),
    Case("man", 1, "the output cannot be written", disk_full),
    Case("completion things", 0),
    Case("completion things", 0, situation=no_home),
    Case("completion things", 0, situation=reader_gone),
    Case("completion contexts", 0),
    Case("completion contexts", 0, situation=no_home),
    Case("completion contexts", 2, WRONG_KEY, wrong_key),
    # the emulator
    Case("emulator --jobs /nowhere", 1, "/nowhere: No such file"),
)


@pytest.fixture(scope="module")
def served() -> Iterator[EmulatorThread]:
    with EmulatorThread(lambda: EmulatorServer(Account(MovedClock(), random.Random(1)))) as served:
        yield served


@pytest.fixture
def world(
    served: EmulatorThread,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[World]:
    account = served.server.account
    served.server.intercept = None
    for name in ("gw-1", "gw-2"):
        served.call(account.create_thing, name)
    yield World(served, monkeypatch, tmp_path)
    if served.call(account.list_jobs):
        served.call(account.delete_job, "fw-1", force=True)
    keep_off_the_screen(None)


WRONG = 2

SLOW = {nobody_listens, both_readers_gone, unwritable_home, ascii_output}
"""Situations that take long, or of which one command at each run is enough."""


def rows() -> Iterator[object]:
    """The table, of which some rows are for the slow tests."""
    for case in CASES:
        slow = case.situation in SLOW and not case.typed.startswith("info")
        # tests of their own are fast
        slow |= case.typed.startswith(("describe", "start", "update")) and case.status != WRONG
        yield pytest.param(case, marks=[pytest.mark.slow] if slow else [], id=str(case))


@pytest.mark.parametrize("case", rows())
def test_the_status_and_the_line_on_the_error_stream(
    case: Case, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    # not in the fixture: what captures the output puts its own there once more before the test
    world.output(os.open(world.folder / "printed", os.O_WRONLY | os.O_CREAT))
    case.situation(world)
    try:
        status = main(shlex.split(case.typed))
    except SystemExit as ended:
        status = ended.code
    said = capsys.readouterr().err
    assert status == case.status
    assert case.told in said
    assert said.count("\n") == (1 if case.told else 0)
    assert "Traceback" not in said
