"""How long until there is something to see, beside an empty Textual app and the AWS CLI.

Run by hand: `.venv/bin/python tests/benchmarks/start_up.py [RUNS] [AWS]`. Every round runs each
program once, so that a machine that slows down slows all of them; ratios are taken round by round.
AWS is the path of the AWS CLI (default: `aws` beside this Python, else on the PATH).
"""

import os
import pty
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(sys.executable).parent
PROGRAM = str(HERE / "jobs-tui")
EMPTY_APP = textwrap.dedent(
    """
    from textual.app import App
    from textual.widgets import Static

    class Empty(App[None]):
        def compose(self):
            yield Static("LASTWORD")

    Empty().run()
    """
)
COLUMNS, LINES = 120, 40
LAST_WORD_OF_FIRST_FRAME = b"help"
JOB = "fw-2026-11-edge"


def seconds_until(
    command: Sequence[str], environment: Mapping[str, str], *words: bytes
) -> list[float]:
    """Seconds from exec until each of the words has come out of the pty, in that order."""
    seen = b""
    moments = []
    begin = time.perf_counter()
    pid, descriptor = pty.fork()
    if pid == 0:
        os.execvpe(command[0], list(command), dict(environment))  # noqa: S606
    waiting = list(words)
    while waiting:
        ready, _, _ = select.select([descriptor], [], [], 30)
        if not ready:
            raise SystemExit(f"{command}: never said {waiting[0]!r}")
        seen += os.read(descriptor, 1 << 16)
        while waiting and waiting[0] in seen:
            moments.append(time.perf_counter() - begin)
            waiting.pop(0)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    os.close(descriptor)
    return moments


def seconds_to_run(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Seconds that a whole process takes."""
    begin = time.perf_counter()
    subprocess.run(command, env=dict(environment), check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main() -> None:
    """Measure, and print one table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    beside = HERE / "aws"
    aws = (
        sys.argv[2]
        if len(sys.argv) > 2
        else str(beside)
        if beside.exists()
        else shutil.which("aws")
    )
    if aws is None:
        raise SystemExit("the AWS CLI is missing: pip install awscli, or name its path")
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": home,
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "COLUMNS": str(COLUMNS),
            "LINES": str(LINES),
            "AWS_ACCESS_KEY_ID": "any",
            "AWS_SECRET_ACCESS_KEY": "any",
            "AWS_DEFAULT_REGION": "eu-west-3",
        }
        server = subprocess.Popen(
            [PROGRAM, "emulator"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert server.stdout is not None
            url = server.stdout.readline().strip()
            table = measure(runs, aws, url, environment)
        finally:
            server.terminate()
            server.wait()
    show(table)


def measure(
    runs: int, aws: str, url: str, environment: Mapping[str, str]
) -> dict[str, list[float]]:
    """Each program once a round, after one round that does not count."""
    for action in (
        ["iot", "create-thing", "--thing-name", "gw-1"],
        [
            "iot",
            "create-job",
            "--job-id",
            JOB,
            "--document",
            "{}",
            "--targets",
            "arn:aws:iot:eu-west-3:123456789012:thing/gw-1",
        ],
    ):
        seconds_to_run([aws, "--endpoint-url", url, *action], environment)
    ask = [
        aws,
        "--endpoint-url",
        url,
        "iot-jobs-data",
        "get-pending-job-executions",
        "--thing-name",
        "gw-1",
    ]
    cockpit = [PROGRAM, "--endpoint-url", url, "gw-1"]
    table: dict[str, list[float]] = {name: [] for name in ("empty", "frame", "data", "aws")}
    for round_number in range(runs + 1):
        (empty,) = seconds_until([sys.executable, "-c", EMPTY_APP], environment, b"LASTWORD")
        frame, data = seconds_until(cockpit, environment, LAST_WORD_OF_FIRST_FRAME, JOB.encode())
        answer = seconds_to_run(ask, environment)
        if round_number:
            for name, figure in zip(table, (empty, frame, data, answer), strict=True):
                table[name].append(figure)
    return table


def show(table: Mapping[str, Sequence[float]]) -> None:
    """Print minimum, median, maximum in ms, and the two ratios."""
    names = {
        "empty": "empty Textual app, first full frame",
        "frame": "jobs-tui, first full frame",
        "data": "jobs-tui, live data of the first panel",
        "aws": "aws iot-jobs-data get-pending-job-executions",
    }
    print(f"{'ms':<46}{'min':>7}{'median':>8}{'max':>7}")
    for key, name in names.items():
        figures = [1000 * figure for figure in table[key]]
        low, middle, high = min(figures), statistics.median(figures), max(figures)
        print(f"{name:<46}{low:>7.0f}{middle:>8.0f}{high:>7.0f}")
    for what, above, below, bar in (
        ("first frame / empty app", "frame", "empty", 1.3),
        ("live data / one AWS CLI call", "data", "aws", 1.6),
    ):
        ratios = [a / b for a, b in zip(table[above], table[below], strict=True)]
        print(f"{what:<46}{statistics.median(ratios):>7.2f}  (at most {bar})")


if __name__ == "__main__":
    main()
