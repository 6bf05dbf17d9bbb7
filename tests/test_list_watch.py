"""`jobs-tui list --watch`: its lines, and how it begins, goes on and ends."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jobs_tui.cli import main
from jobs_tui.cli.list_lines import Sentences, json_line
from jobs_tui.domain.attention import Attention
from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.execution import JobExecutionSummary
from jobs_tui.domain.outcome import NotAllowed, Unreachable
from jobs_tui.domain.status import Status
from jobs_tui.emulator import Account, EmulatorServer, EmulatorThread
from jobs_tui.engine.happenings import Happening, Standing, What

ROOT = Path(__file__).parent.parent
NOON = 1_800_000_000.0
DEADLINE = NOON + 290
QUEUED = JobExecutionSummary("fw-1", Status.QUEUED, version_number=1, execution_number=7)
AT_WORK = QUEUED._replace(status=Status.IN_PROGRESS, version_number=2)
AWAY = Unreachable("nothing listens there", "look at the network.")

SENTENCES = [
    (Happening(What.STANDING, "gw-1", QUEUED), "gw-1, job fw-1: queued, version 1."),
    (
        Happening(What.STANDING, "gw-1", AT_WORK, needs=Attention.STUCK),
        "gw-1, job fw-1: in progress, version 2, stuck, without any update for 30 minutes.",
    ),
    (Happening(What.NEW, "gw-1", QUEUED), "gw-1, job fw-1: new, queued, version 1."),
    (
        Happening(What.CHANGED, "gw-1", AT_WORK, QUEUED),
        "gw-1, job fw-1: was queued, is in progress, version 2.",
    ),
    (
        Happening(What.CHANGED, "gw-1", AT_WORK._replace(version_number=3), AT_WORK),
        "gw-1, job fw-1: still in progress, version 3.",
    ),
    (
        Happening(What.NEEDS_ATTENTION, "gw-1", AT_WORK, needs=Attention.DUE, deadline=DEADLINE),
        "gw-1, job fw-1: about to time out, at 08:04:50.",
    ),
    (
        Happening(What.NEEDS_ATTENTION, "gw-1", AT_WORK, needs=Attention.OVERDUE),
        "gw-1, job fw-1: past its deadline and still listed.",
    ),
    (
        Happening(What.GONE, "gw-1", AT_WORK),
        "gw-1, job fw-1: left the list in progress: ended, not from here.",
    ),
    (
        Happening(What.GONE, "gw-1", QUEUED),
        "gw-1, job fw-1: left the list while queued: canceled, removed or finished.",
    ),
    (
        Happening(What.GONE, "gw-1", AT_WORK, past_deadline=True),
        "gw-1, job fw-1: left the list past its deadline, so it has likely timed out.",
    ),
    (
        Happening(What.THERE_MAY_BE_MORE, "gw-1"),
        "gw-1: the service lists no more, there may be more.",
    ),
    (
        Happening(What.NOT_ASKED, "gw-1", failure=NotAllowed("not yours")),
        "gw-1: could not be asked: not yours.",
    ),
    (Happening(What.ASKED_AGAIN, "gw-1"), "gw-1: could be asked again."),
    (
        Happening(What.ENDPOINT_LOST, failure=AWAY),
        "The endpoint is lost: nothing listens there; look at the network.",
    ),
    (Happening(What.ENDPOINT_BACK), "The endpoint is back."),
    (
        Happening(What.DEADLINES_UNREAD, "gw-1", failure=NotAllowed("no")),
        "gw-1: deadlines cannot be read, so nothing is told of them: no.",
    ),
    (
        Happening(What.ALL_ASKED, standing=Standing(1, 1, 1200)),
        "1 thing asked, 1 execution in progress, 1,200 queued.",
    ),
]

MEMBERS = [
    *("format", "at", "event", "thing", "job", "execution_number", "status", "version"),
    *("was_status", "was_version", "needs", "deadline", "past_deadline", "reason", "code"),
    *("things", "in_progress", "queued"),
]


@pytest.mark.parametrize(("happening", "told"), SENTENCES, ids=lambda each: str(each)[:30])
def test_each_happening_is_a_sentence_after_the_time_of_day(
    happening: Happening, told: str
) -> None:
    sentences = Sentences(30 * 60)
    assert sentences(happening, NOON) == ["It is 2027-01-15, times are UTC.", f"08:00:00 {told}"]


def test_there_is_a_sentence_for_everything_that_happens() -> None:
    assert {happening.what for happening, _ in SENTENCES} == set(What)


def test_the_date_is_told_again_only_when_it_is_another_one() -> None:
    sentences = Sentences(30 * 60)
    happening = Happening(What.ENDPOINT_BACK)
    assert len(sentences(happening, NOON)) == 2
    assert len(sentences(happening, NOON + 57_599)) == 1
    assert sentences(happening, NOON + 57_600)[0] == "It is 2027-01-16, times are UTC."


@pytest.mark.parametrize("happening", [each for each, _ in SENTENCES], ids=lambda each: each.what)
def test_programs_can_rely_on_exactly_these_members_of_each_line(happening: Happening) -> None:
    (line,) = json_line(happening, NOON)
    told = json.loads(line)
    assert list(told) == MEMBERS
    assert (told["format"], told["at"]) == (1, "2027-01-15T08:00:00Z")
    assert told["event"] == happening.what
    assert told["past_deadline"] in ((True, False) if happening.what is What.GONE else (None,))


@pytest.fixture
def account() -> Account:
    account = Account(SystemClock(), random.Random(1))
    account.create_thing("gw-1")
    account.create_job("fw-1", ("gw-1",), "{}")
    return account


@pytest.fixture
def emulator(account: Account, tmp_path: Path) -> Iterator[EmulatorThread]:
    (tmp_path / "settings.toml").write_text('things = ["gw-1"]\nrefresh = 0.05\nrate = 100\n')
    with EmulatorThread(lambda: EmulatorServer(account)) as emulator:
        yield emulator


@pytest.fixture
def environment(
    emulator: EmulatorThread, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    settings = {
        "JOBS_TUI_CONFIG": f"{tmp_path}/settings.toml",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
        "AWS_DEFAULT_REGION": "eu-west-3",
        "JOBS_TUI_ENDPOINT_URL": emulator.url,
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return settings


class Reader:
    """Reads what the program prints from the other end of a pipe, while it runs in this thread."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch
        self.lines: list[str] = []
        self.problem: BaseException | None = None

    def run(self, words: list[str], read: Callable[[Callable[[], str]], None]) -> int:
        """Run it with a thread that reads line by line, and then reads no more."""

        ours, theirs = os.pipe()
        # not before: what captures the output of a test puts its own there
        self._patch.setattr(sys, "stdout", os.fdopen(theirs, "w", encoding="utf-8"))

        def follow() -> None:
            with os.fdopen(ours, encoding="utf-8") as lines:

                def next_line() -> str:
                    self.lines.append(lines.readline().rstrip("\n"))
                    return self.lines[-1]

                try:
                    read(next_line)
                except BaseException as error:  # noqa: BLE001 - told by the test
                    self.problem = error

        thread = threading.Thread(target=follow, daemon=True)
        thread.start()
        try:
            return main(words)
        finally:
            sys.stdout.close()
            thread.join(10)
            if self.problem is not None:
                raise self.problem


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    return Reader(monkeypatch)


@pytest.mark.usefixtures("environment")
def test_it_tells_what_stands_there_and_what_happens_until_the_reader_is_gone(
    account, emulator, reader, capfd
) -> None:
    def read(next_line: Callable[[], str]) -> None:
        assert next_line().endswith(", times are UTC.")
        assert next_line()[8:] == " gw-1, job fw-1: queued, version 1."
        assert next_line()[8:] == " 1 thing asked, 0 executions in progress, 1 queued."
        emulator.call(account.start_next_pending_job_execution, "gw-1")
        assert next_line()[8:] == " gw-1, job fw-1: was queued, is in progress, version 2."

    assert reader.run(["list", "--watch"], read) == 0
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("environment")
def test_json_comes_as_lines(account, emulator, reader) -> None:
    def read(next_line: Callable[[], str]) -> None:
        events = [json.loads(next_line())["event"] for _ in range(2)]
        assert events == ["standing", "all_asked"]
        emulator.call(account.create_job, "fw-2", ("gw-1",), "{}")
        told = json.loads(next_line())
        assert (told["event"], told["job"], told["status"]) == ("new", "fw-2", "QUEUED")

    assert reader.run(["list", "--watch", "--json"], read) == 0


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("reads", [True, False])
def test_a_signal_ends_it_in_good_order_also_while_nobody_reads(
    environment, account, number: signal.Signals, *, reads: bool
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "jobs_tui", "list", "--watch"],
        env=os.environ | environment | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdout is not None
        for _ in range(3):
            program.stdout.readline()
        if not reads:
            fill(program.stdout.fileno())
            account.create_job("fw-2", ("gw-1",), "{}")
            assert program.stderr is not None
        program.send_signal(number)
        assert program.wait(10) == 128 + number
        assert program.stderr.read() == b""


def fill(reading_end: int) -> None:
    """Write into a pipe until it takes no more."""
    writing_end = os.open(f"/proc/self/fd/{reading_end}", os.O_WRONLY | os.O_NONBLOCK)
    try:
        while True:
            os.write(writing_end, b"." * 4096)
    except BlockingIOError:
        pass
    finally:
        os.close(writing_end)
