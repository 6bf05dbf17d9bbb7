"""Arguments that cannot be meant, and the exit status of each way to fail."""

import json
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from jobs_tui.cli import demo
from jobs_tui.cli.arguments import Arguments, WrongUsage, parse
from jobs_tui.cli.change_arguments import Look, Wish
from jobs_tui.cli.settings.declared import SETTINGS, THINGS, WHICH
from jobs_tui.domain.outcome import Failure
from jobs_tui.domain.status import Status
from jobs_tui.emulator import AccountSettings, Fault, Rates, Switches
from jobs_tui.emulator.demo import fleet

PROGRAM = Path(sys.executable).with_name("jobs-tui")


def _account(**settings: Any) -> Switches:
    return Switches(account=AccountSettings(**settings))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], Arguments("watch")),
        (["gw-1", "gw-2", "gw-1"], Arguments("watch", {"things": ("gw-1", "gw-2")})),
        (["watch", "demo"], Arguments("watch", {"things": ("demo",)})),
        (
            ["--region", "eu-west-3", "gw-1"],
            Arguments("watch", {"things": ("gw-1",), "region": "eu-west-3"}),
        ),
        (
            ["--profile", "demo", "--group", "x"],
            Arguments("watch", {"group": "x", "profile": "demo"}),
        ),
        (["--context", "config", "config"], Arguments("config", {"context": "config"})),
        (["config", "--json", "gw-1"], Arguments("config", {"things": ("gw-1",)}, as_json=True)),
        (
            ["--region", "eu-west-3", "describe", "gw-1", "$next", "--document"],
            Arguments(
                "describe", {"region": "eu-west-3"}, look=Look("gw-1", "$next", document=True)
            ),
        ),
        (["start", "start", "--json"], Arguments("start", as_json=True, wish=Wish("start"))),
        (
            ["update", "gw-1", "fw-1", "in_PROGRESS", "--detail", "a=b=c", "--detail", "d=e"],
            Arguments(
                "update",
                wish=Wish("gw-1", "fw-1", Status.IN_PROGRESS, {"a": "b=c", "d": "e"}),
            ),
        ),
        (
            [
                *("update", "gw-1", "fw-1", "failed", "--expected-version", "7", "--yes"),
                *("--execution-number", f"{2**63 - 1}", "--step-timeout", "-1", "--wait", "0.5"),
            ],
            Arguments(
                "update",
                wish=Wish(
                    "gw-1",
                    "fw-1",
                    Status.FAILED,
                    expected_version=7,
                    execution_number=2**63 - 1,
                    step_timeout=-1,
                    wait=0.5,
                    unasked=True,
                ),
            ),
        ),
        (["demo"], Arguments("demo")),
        (["--refresh", "3", "demo"], Arguments("demo", {"refresh": 3.0})),
        (["demo", "--things", "1000"], Arguments("demo", number_of_things=1000)),
        (["demo", "--seed", "7", "--things", "1"], Arguments("demo", number_of_things=1, seed=7)),
        (["--things-file", "a"], Arguments("watch", {"things-file": Path("a")})),
        (["emulator", "--port", "8123"], Arguments("emulator", switches=Switches(port=8123))),
        (
            ["gw-1", "--rate", "2.5", "--no-journal", "--read-only"],
            Arguments(
                "watch", {"things": ("gw-1",), "rate": 2.5, "journal": False, "read-only": True}
            ),
        ),
    ],
)
def test_what_can_be_meant(words: list[str], expected: Arguments) -> None:
    assert parse(words) == expected


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([""], "must not be empty"),
        (["a/b"], "may hold only"),
        (["x" * 129], "128 at most"),
        (["gw\x1b[31m"], "\u241b"),
        (["gw", "--refresh", "0"], "--refresh: must be a number of seconds above 0, not '0'"),
        (["gw", "--refresh", "nan"], "above 0, not 'nan'"),
        (["gw", "--rate", "fast"], "must be a number of calls per second above 0, not 'fast'"),
        (["gw", "--endpoint-url", "ftp://host"], "must be a URL such as"),
        (["gw", "--endpoint-url", "https://"], "must be a URL such as"),
        (["gw", "--endpoint-url", "http://[::1"], "must be a URL such as"),
        (["gw", "--bogus"], "unrecognized arguments"),
        (["gw", "--profile", ""], "must not be empty"),
        (["gw", "--json"], "unrecognized arguments"),
        (["demo", "--profile", "field"], "try 'jobs-tui demo --help'"),
        (["demo", "gw"], "unrecognized arguments"),
        (["demo", "--things", "0"], "--things: must be a number of things from 1 to 10000, not"),
        (["demo", "--things", "10001"], "from 1 to 10000, not '10001'"),
        (["demo", "--things", "2.5"], "from 1 to 10000, not '2.5'"),
        (["demo", "--things", "many"], "from 1 to 10000, not 'many'"),
        (["demo", "--things-file", "a"], "unrecognized arguments"),
        (["gw", "--things-file", "a"], "THING and --things-file each say what to watch"),
        (["gw", "--things-file", ""], "must be the path of a file, not empty"),
        (["gw", "--stuck-after", "0"], "must be a number of minutes above 0, not '0'"),
        (["gw", "--notify", "loud"], "must be off, bell or desktop, not 'loud'"),
        (["config", "--reg", "x"], "try 'jobs-tui config --help'"),
        (["describe", "gw-1"], "the following arguments are required: JOB"),
        (["describe", "gw-1", "a/b"], "'a/b' is not a job id: may hold only letters"),
        (["describe", "gw-1", "fw-1", "--json", "--document"], "not allowed with"),
        (["describe", "gw-1", "fw-1", "--execution-number", f"{2**63}"], "of 64 bits"),
        (["describe", "gw-1", "fw-1", "--no-journal"], "unrecognized arguments"),
        (["start", "gw-1", "--group", "lyon"], "unrecognized arguments"),
        (["start", "gw-1", "--step-timeout", "-1"], "must be 1 to 10080 minutes, not '-1'"),
        (["update", "gw-1", "$next", "failed"], "is not a job id"),
        (["update", "gw-1", "fw-1", "done"], "SUCCEEDED, FAILED or REJECTED, not 'done'"),
        (["update", "gw-1", "fw-1", "canceled"], "a device cannot set CANCELED"),
        (["update", "gw-1", "fw-1", "failed", "--detail", "why"], "must be NAME=VALUE, not 'why'"),
        (["update", "gw-1", "fw-1", "failed", "--detail", "a b=c"], "the name 'a b' may hold only"),
        (
            ["update", "gw-1", "fw-1", "failed", "--detail", "a="],
            "the value of a must not be empty",
        ),
        (
            ["update", "gw-1", "fw-1", "failed", "--detail", "a=b\nc"],
            "the value of a holds a control",
        ),
        (["update", "gw-1", "fw-1", "failed", *("--detail", "a=b") * 2], "a is there twice"),
        (["update", "gw-1", "fw-1", "failed", "--step-timeout", "0"], "or -1 to cancel the timer"),
        (["update", "gw-1", "fw-1", "failed", "--wait", "0"], "a number of seconds above 0"),
        (["emulator", "--port", "70000"], "must be a port from 0 to 65535, not '70000'"),
        (["emulator", "--port", "80.5"], "must be a port from 0 to 65535, not '80.5'"),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_line(words: list[str], told: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        parse(words)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_demo_watches_the_things_of_its_fleet() -> None:
    assert demo.DEMO_THINGS == fleet.DEMO_THINGS


@pytest.mark.parametrize(("number", "expected"), [(1, 10), (4, 10), (60, 30), (10_000, 50)])
def test_the_larger_the_demo_the_more_it_asks_up_to_a_bound(number: int, expected: float) -> None:
    assert demo.demo_calls_per_second(number) == expected


async def test_the_demo_makes_the_fleet_that_is_asked_for_and_says_so() -> None:
    stages: list[str] = []
    with closing(demo.Demo(("gw-lyon-01", "lyon-meter-0001"), seed=1)) as small:
        link = await small.open_data_plane(stages.append)
        assert not isinstance(link, Failure)
        await link.close()
        things = small.emulator.call(small.emulator.account.list_things)
    assert [thing.name for thing in things] == ["gw-lyon-01", "lyon-meter-0001"]
    assert stages[0] == "making the demo's fleet"


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["--version"], 0, ""),
        (["--help"], 0, ""),
        (["demo", "--help"], 0, ""),
        (["update", "--help"], 0, ""),
        (["update", "gw-1", "fw-1", "failed"], 2, "--yes sends it unasked"),
        (["a/b"], 2, "is not a thing name"),
        (["demo"], 2, "no terminal"),
        (["demo", "--log-file", "/"], 1, "the log file cannot be written"),
        (["config", "--refresh", "x"], 2, "must be a number of seconds"),
        (["emulator", "--port", "x"], 2, "must be a port"),
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


def test_every_setting_stands_in_the_help(
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = [each.option for each in (*WHICH, *SETTINGS) if each is not THINGS]
    with pytest.raises(SystemExit):
        parse(["--help"])
    told = capsys.readouterr().out
    assert [each for each in options if f"  {each}" not in told] == []
    with pytest.raises(SystemExit):
        parse(["demo", "--help"])
    told = capsys.readouterr().out
    assert [option for option in options if f"  {option}" in told] == [
        each.option for each in SETTINGS if each.in_demo
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--things", "gw-1,gw-2,gw-1"], Switches(things=("gw-1", "gw-2"))),
        (["--things", "2"], Switches(things=("thing-0001", "thing-0002"))),
        (["--jobs", "jobs.jsonl"], Switches(jobs=Path("jobs.jsonl"))),
        (["--seed", "7"], Switches(seed=7)),
        (["--speed", "60"], Switches(speed=60.0)),
        (["--check-signatures"], Switches(secrets={"test": "test"})),
        (["--tls"], Switches(tls=True)),
        (["--tls", "a.pem"], Switches(tls=True, certificate=Path("a.pem"))),
        (["--tls", "--client-ca", "b.pem"], Switches(tls=True, client_ca=Path("b.pem"))),
        (["--throttle", "100/20"], Switches(rates=Rates(100, 20))),
        (
            ["--fault", "*=503", "--fault", "*=429:once"],
            Switches(faults=(Fault.parse("*=503"), Fault.parse("*=429:once"))),
        ),
        (["--version-mismatch", "409"], _account(version_mismatch_status=409)),
        (["--unknown-thing", "404"], _account(unknown_thing_status=404)),
        (["--timer-lateness", "45"], _account(timer_lateness=45.0)),
        (["--details-limit", "10"], _account(status_details_limit=10)),
        (["--fleet-indexing", "off"], _account(fleet_indexing="off")),
        (["--state", "kept"], Switches(state=Path("kept"))),
    ],
)
def test_a_switch_of_the_emulator(words: list[str], expected: Switches) -> None:
    assert parse(["emulator", *words]).switches == expected


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--things", "a b"], "is not a thing name"),
        (["--things", "gw-1,,gw-2"], "must not be empty"),
        (["--things", "100001"], "100000 things at most"),
        (["--speed", "0"], "--speed: must be a number above 0, not '0'"),
        (["--throttle", "5"], "is not READS/WRITES"),
        (["--fault", "UpdateJobExecuton=503"], "did you mean UpdateJobExecution?"),
        (["--fault", "*=gone"], "there is no fault 'gone'"),
        (["--version-mismatch", "410"], "invalid choice"),
        (["--fleet-indexing", "maybe"], "invalid choice"),
        (["--timer-lateness", "-1"], "must be a number of seconds from 0 on, not '-1'"),
        (["--details-limit", "1.5"], "must be a number of details from 0 on, not '1.5'"),
        (["--client-ca", "b.pem"], "goes with --tls"),
        (["--profile", "field"], "try 'jobs-tui emulator --help'"),
        (["gw-1"], "unrecognized arguments"),
    ],
)
def test_a_switch_that_cannot_be_meant_is_told(words: list[str], told: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        parse(["emulator", *words])
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--jobs", "missing.jsonl"], "missing.jsonl: No such file"),
        (["--state", "missing/state"], "missing/state: No such file"),
        (["--tls", "missing.pem"], "missing.pem"),
    ],
)
def test_a_file_of_the_emulator_that_cannot_be_used_is_told_in_one_line(
    words: list[str], told: str
) -> None:
    done = subprocess.run(
        [PROGRAM, "emulator", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
