"""The program behind a page in a browser: what it shows there, what it refuses, how it ends."""

import asyncio
import base64
import fcntl
import json
import queue
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiohttp import web
from served_page import ROOT, WEB_DRIVER, ServedPage

from jobs_tui.domain.clock import SystemClock
from jobs_tui.emulator import Account, EmulatorServer, EmulatorThread
from jobs_tui.ui.terminal.browser_driver import MOST_COLUMNS, MOST_LINES, Packets, bounded

NOT_ALLOWED = "not now, this run is read-only in a browser (--no-read-only)"

ENDED = 143
"""The status of who was told to end: 128 and the number of SIGTERM."""


@pytest.fixture
def environment(bare_environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """What a server has that was started by no terminal."""
    return {
        "PATH": bare_environment["PATH"],
        "HOME": bare_environment["HOME"],
        "XDG_STATE_HOME": f"{tmp_path / 'state'}",
        "XDG_CONFIG_HOME": f"{tmp_path / 'settings'}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
        "AWS_DEFAULT_REGION": "eu-west-3",
    }


@pytest.fixture
def open_page(environment: dict[str, str]) -> Iterator[Callable[..., ServedPage]]:
    opened: list[ServedPage] = []

    def start(*arguments: str, **options: int) -> ServedPage:
        opened.append(ServedPage(*arguments, environment=environment, **options))
        return opened[-1]

    yield start
    for page in opened:
        page.close()


@pytest.fixture
def emulator() -> Iterator[EmulatorThread]:
    account = Account(SystemClock(), random.Random(1))
    account.create_thing("gw-1")
    account.create_job("fw-1", ("gw-1",), '{"note": "hello"}')
    with EmulatorThread(lambda: EmulatorServer(account)) as thread:
        yield thread


def test_a_page_shows_the_cockpit_read_only_and_says_why_it_is(open_page) -> None:
    page = open_page("demo", columns=110, lines=30)
    page.wait_for("! due")
    page.wait_for("READ-ONLY in a browser")
    assert "\u25b6 fw-2026-11-edge" in page.text
    page.type("s")
    page.wait_for(NOT_ALLOWED)
    page.tell(type="resize", width=80, height=24)
    page.wait_for(lambda: "? help" in page.screen.display[23])
    page.type("q")
    assert page.wait_for_end() == 0
    assert page.told == [{"type": "exit"}]
    assert page.process.stderr.read() == b""


def test_a_page_that_is_closed_ends_the_program(open_page) -> None:
    page = open_page("demo")
    page.wait_for("live")
    page.tell(type="quit")
    assert page.wait_for_end(5) == ENDED


@pytest.mark.parametrize(
    ("stated", "drawn"),
    [
        ((120, 40), (120, 40)),
        ((-5, 0), (1, 1)),
        ((10**9, 10**9), (MOST_COLUMNS, MOST_LINES)),
        (("wide", None), (80, 24)),
        ((1.5, [3]), (80, 24)),
    ],
)
def test_a_page_cannot_say_that_it_is_larger_than_can_be_drawn(stated, drawn) -> None:
    assert bounded(*stated) == drawn


def test_packets_may_come_in_any_pieces() -> None:
    sent = b"D\0\0\0\x01sM\0\0\0\0D\0\0\x01\0" + b"x" * 256
    for size in (1, 3, 4, 7, 300):
        packets = Packets()
        pieces = [sent[at : at + size] for at in range(0, len(sent), size)]
        read = [packet for piece in pieces for packet in packets.feed(piece)]
        assert read == [(b"D", b"s"), (b"M", b""), (b"D", b"x" * 256)]


def test_where_no_server_has_started_it_the_variable_is_named(environment) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "jobs_tui", "demo"],
        env={**environment, "PYTHONPATH": str(ROOT), "TEXTUAL_DRIVER": WEB_DRIVER},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("jobs-tui: TEXTUAL_DRIVER says that this is for a browser")
    assert done.stderr.count("\n") == 1


@pytest.mark.slow
def test_a_server_that_is_killed_leaves_no_program_behind(open_page) -> None:
    page = open_page("demo")
    page.wait_for("live")
    page.server_is_gone()
    assert page.process.wait(5) == ENDED


@pytest.mark.slow
def test_a_page_that_takes_nothing_holds_up_neither_the_program_nor_its_end(
    open_page, emulator
) -> None:
    asked: queue.Queue[str] = queue.Queue()

    async def intercept(request: web.Request) -> None:
        asked.put(request.path)

    emulator.server.intercept = intercept
    page = open_page("gw-1", "--endpoint-url", emulator.url, "--refresh", "0.2")
    page.wait_for("live")
    fcntl.fcntl(page.process.stdout, fcntl.F_SETPIPE_SZ, 4096)
    for width in range(100, 140):
        # each is drawn anew, and nobody reads it
        page.tell(type="resize", width=width, height=50)
    for _ in range(asked.qsize() + 5):
        asked.get(timeout=10)
    page.tell(type="quit")
    assert page.process.wait(10) == ENDED


@pytest.mark.slow
def test_what_is_copied_goes_to_the_page_and_nothing_else_leaves_the_program(
    open_page, emulator
) -> None:
    page = open_page("gw-1", "--endpoint-url", emulator.url)
    page.wait_for("fw-1")
    page.type("c")
    page.wait_for("if the browser allows it: https only")
    assert base64.b64decode(page.copied) == b"fw-1"
    page.type("o")
    page.wait_for("hello")
    for key, reason in (
        ("w", "the file would be on the server"),
        ("e", "it runs on the server"),
        ("u", "secrets stay masked"),
    ):
        page.type(key)
        page.wait_for(f"not in a browser: {reason}")


@pytest.mark.slow
def test_a_page_offers_neither_the_other_contexts_nor_the_own_commands_of_the_settings(
    open_page, emulator, environment
) -> None:
    file = Path(environment["XDG_CONFIG_HOME"], "jobs-tui", "config.toml")
    file.parent.mkdir(parents=True)
    file.write_text(
        f'context = "lyon"\n[contexts.lyon]\nthings = ["gw-1"]\nendpoint-url = "{emulator.url}"\n'
        f'[contexts.secret-plant]\nthings = ["gw-2"]\n'
        f'[commands.look]\nkey = "F"\ncommand = "touch {file.parent}/run"\nreads = true\n'
    )
    page = open_page()
    page.wait_for("fw-1")
    page.type("F")
    page.wait_for("not in a browser: it runs on the server")
    page.type("\x10")
    page.wait_for("Search for commands")
    page.type("secret")
    page.wait_for(lambda: "Start the next job" not in page.text)
    assert "secret-plant" not in page.text
    assert not (file.parent / "run").exists()


@pytest.mark.slow
def test_a_change_that_was_under_way_when_a_page_was_closed_is_settled_by_the_next(
    open_page, emulator, environment
) -> None:
    asked: list[str] = []

    async def without_answers(request: web.Request) -> web.StreamResponse | None:
        if request.method == "GET":
            return None
        await emulator.server.answer(request)
        asked.append(request.path)
        await asyncio.sleep(3600)
        return None

    emulator.server.intercept = without_answers
    arguments = ("gw-1", "--endpoint-url", emulator.url, "--no-read-only")
    first = open_page(*arguments)
    first.wait_for("fw-1")
    first.type("s")
    first.wait_for("the change is based on it")
    first.type("i")
    first.wait_for("Sends POST")
    first.wait_for_quiet()
    first.type("\r")
    first.wait_for(lambda: asked)
    first.tell(type="quit")
    assert first.wait_for_end(5) == ENDED

    emulator.server.intercept = None
    second = open_page(*arguments)
    second.wait_for("confirmed")
    third = open_page(*arguments)
    third.wait_for("live")
    third.type("J")
    third.wait_for("confirmed")
    ran = subprocess.run(
        [sys.executable, "-m", "jobs_tui", "journal", "--json"],
        env={**environment, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        timeout=60,
    )
    (entry,) = json.loads(ran.stdout)
    assert (entry["state"], entry["ssh_client"]) == ("confirmed", "a browser")
    assert len(asked) == 1
