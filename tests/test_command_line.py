"""Arguments that cannot be meant, and the exit status of each way to fail."""

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from jobs_tui.cli import demo
from jobs_tui.cli.arguments import Arguments, WrongUsage, parse
from jobs_tui.emulator import Switches
from jobs_tui.emulator.demo import fleet

PROGRAM = Path(sys.executable).with_name("jobs-tui")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["gw-1", "gw-2"], Arguments("watch", ("gw-1", "gw-2"))),
        (["watch", "demo"], Arguments("watch", ("demo",))),
        (["--region", "eu-west-3", "gw-1"], Arguments("watch", ("gw-1",), region="eu-west-3")),
        (["demo"], Arguments("demo")),
        (["--profile", "demo", "demo"], Arguments("demo", profile="demo")),
        (["emulator", "--port", "8123"], Arguments("emulator", switches=Switches(port=8123))),
        (
            ["gw-1", "--rate", "2.5", "--refresh", "30"],
            Arguments("watch", ("gw-1",), refresh=30.0, rate=2.5),
        ),
    ],
)
def test_what_can_be_meant(words: list[str], expected: Arguments) -> None:
    assert parse(words) == expected


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "name the things"),
        ([""], "must not be empty"),
        (["a/b"], "may hold only"),
        (["x" * 129], "128 at most"),
        (["gw\x1b[31m"], "\u241b"),
        (["gw", "--refresh", "0"], "not a number above 0"),
        (["gw", "--refresh", "nan"], "not a number above 0"),
        (["gw", "--rate", "fast"], "invalid"),
        (["gw", "--endpoint-url", "ftp://host"], "is not a URL"),
        (["gw", "--endpoint-url", "https://"], "is not a URL"),
        (["gw", "--endpoint-url", "http://[::1"], "is not a URL"),
        (["gw", "--bogus"], "unrecognized arguments"),
        (["emulator", "--port", "70000"], "is not a port"),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_line(words: list[str], told: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        parse(words)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_demo_watches_the_things_of_its_fleet() -> None:
    assert demo.DEMO_THINGS == fleet.DEMO_THINGS


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["--version"], 0, ""),
        (["--help"], 0, ""),
        (["demo", "--help"], 0, ""),
        (["a/b"], 2, "is not a thing name"),
        (["demo"], 2, "no terminal"),
        (["demo", "--log-file", "/"], 1, "the log file cannot be written"),
        (["emulator", "--port", "x"], 2, "invalid"),
    ],
)
def test_exit_status_and_one_line_on_stderr(words: list[str], status: int, told: str) -> None:
    done = subprocess.run(
        [PROGRAM, *words], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    assert done.returncode == status
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == (1 if status else 0)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_emulator_prints_its_url_and_serves_until_interrupted(ending: signal.Signals) -> None:
    server = subprocess.Popen(
        [PROGRAM, "emulator"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        with urlopen(f"{url}/things/gw-1/jobs", timeout=5) as answer:
            assert json.load(answer) == {"inProgressJobs": [], "queuedJobs": []}
        server.send_signal(ending)
        assert server.wait(timeout=5) == 0
    finally:
        server.kill()


def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [PROGRAM, "emulator", "--port", str(port)], capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith(f"jobs-tui: port {port} cannot be served")
    assert len(done.stderr.splitlines()) == 1
