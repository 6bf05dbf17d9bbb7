"""How long until there is something to see, beside an empty Textual app and the AWS CLI.

The cockpit was started once before, so that it has what a second start has: a snapshot of
yesterday. Since then the service has other jobs, so that what is live can be told from it.
"""

import subprocess
import time
from collections.abc import Mapping, Sequence

from conditions import (
    HERE,
    PROGRAM,
    PYTHON,
    Conditions,
    Cores,
    aws_command,
    fresh_home,
    thing_names,
)
from figures import BenchmarkError, Figure, Found, at_least, at_most, ratio
from pty_program import PtyProgram
from served import Server

LAST_WORD_OF_FIRST_FRAME = "help"
JOB_OF_ANY_DAY = "deploy-"
LEFT_ALONE = 1.0
"""Seconds for which the cockpit is looked at before it is left, the first time."""

Times = Sequence[float]


def run(conditions: Conditions, cores: Cores) -> Found:
    """Every round runs each program once."""
    times: dict[str, list[float]] = {"empty": [], "frame": [], "data": [], "aws": []}
    with_snapshot = []
    rounds = conditions.rounds_or(9)
    with Server() as server, fresh_home() as environment:
        cockpit = [PROGRAM, "--endpoint-url", server.url, *thing_names(1)]
        ask = [aws_command(environment), "--endpoint-url", server.url, "iot-jobs-data"]
        ask += ["get-pending-job-executions", "--thing-name", *thing_names(1)]
        with PtyProgram(cockpit, environment, cores) as program:
            program.wait_for_text(JOB_OF_ANY_DAY)
            program.read_for(LEFT_ALONE)
            program.quit()
        # one round more, which does not count: it fills caches of files
        for number in range(rounds + 1):
            server.order(edition=f"today-{number}")
            frame, data, snapshot = _cockpit(cockpit, environment, cores, f"today-{number}")
            found = {
                "empty": _empty_app(environment, cores),
                "frame": frame,
                "data": data,
                "aws": _whole(ask, environment, cores),
            }
            if number:
                with_snapshot.append(snapshot)
                for name, seconds in found.items():
                    times[name].append(1000 * seconds)
    shown = sum(with_snapshot) / rounds
    return Found(
        [
            ratio(
                "first frame / empty app",
                times["frame"],
                times["empty"],
                "{:.0f} ms",
                at_most(1.15),
            ),
            Figure("of the starts, with yesterday's jobs on it", shown, bar=at_least(1)),
            ratio(
                "live data / one AWS CLI call",
                times["data"],
                times["aws"],
                "{:.0f} ms",
                at_most(1.45),
            ),
        ]
    )


def _empty_app(environment: Mapping[str, str], cores: Cores) -> float:
    with PtyProgram([PYTHON, str(HERE / "empty_app.py")], environment, cores) as program:
        return program.wait_for_text("LASTWORD") - program.begun


def _cockpit(
    command: Sequence[str], environment: Mapping[str, str], cores: Cores, edition: str
) -> tuple[float, float, bool]:
    """Seconds to the first frame and to live data, and whether the frame had older jobs on it."""
    with PtyProgram(command, environment, cores) as program:
        frame = program.wait_for_text(LAST_WORD_OF_FIRST_FRAME)
        # the word is on the last line
        snapshot = program.screen.shows(JOB_OF_ANY_DAY)
        data = program.wait_for_text(f"{JOB_OF_ANY_DAY}{edition}-")
        return frame - program.begun, data - program.begun, snapshot


def _whole(command: Sequence[str], environment: Mapping[str, str], cores: Cores) -> float:
    """Seconds that a whole process takes."""
    begin = time.monotonic()
    ended = subprocess.run(
        command,
        env=dict(environment),
        capture_output=True,
        timeout=60,
        preexec_fn=cores.pin_measured,
        check=False,
    )
    if ended.returncode:
        raise BenchmarkError(f"{command[0]}: {ended.stderr.decode(errors='replace').strip()}")
    return time.monotonic() - begin
