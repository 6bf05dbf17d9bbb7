"""How late the event loop's timers are while things are refreshed, and how busy its core is.

The lag is that of a timer due at any moment, not only of the next one after a block.
"""

import signal
import time
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path

from conditions import (
    HERE,
    NEVER_AGAIN,
    PROGRAM,
    PYTHON,
    UNTHROTTLED,
    Conditions,
    Cores,
    fresh_home,
    thing_names,
)
from figures import BenchmarkError, Figure, Found, at_least, at_most, percentile
from pty_program import PtyProgram
from served import Server

CALLS_PER_SECOND = 200
WINDOW, SHORT_WINDOW = 10.0, 1.0
"""Seconds that are looked at at 200 calls per second."""

FILE_WITHIN = 10.0
"""Seconds that the probe has to write its file."""


def run(conditions: Conditions, cores: Cores) -> Found:
    """Unthrottled, for a round; then at 200 calls per second, every answer a new one."""
    window = SHORT_WINDOW if conditions.short else WINDOW
    rounds = conditions.rounds_or(5)
    unthrottled: list[float] = []
    slow: list[float] = []
    shares = []
    calls = []
    with Server() as server, fresh_home() as environment:
        for _ in range(rounds):
            unthrottled += _lag_of_round(server, conditions.things, environment, cores)
            server.order(changing=True)
            slow += _lag_of_window(server, conditions.things, window, environment, cores)
            share, made = _share_of_core(server, conditions.things, window, environment, cores)
            shares.append(share)
            calls.append(made)
            server.order(changing=False)
    return Found(
        [
            _figure("event-loop lag unthrottled, p99", unthrottled, 50),
            _figure(f"event-loop lag at {CALLS_PER_SECOND} calls/s, p99", slow, 10),
            Figure(
                f"of a core, asked for {CALLS_PER_SECOND} calls/s",
                percentile(shares, 0.5),
                bar=at_most(0.45),
                low=min(shares),
                high=max(shares),
            ),
            Figure(
                f"calls made, of {CALLS_PER_SECOND} each second",
                percentile(calls, 0.5) / CALLS_PER_SECOND,
                bar=at_least(0.95),
                low=min(calls) / CALLS_PER_SECOND,
                high=max(calls) / CALLS_PER_SECOND,
            ),
        ]
    )


def _figure(what: str, lags: Sequence[float], limit: float) -> Figure:
    p99 = 1000 * percentile(lags, 0.99)
    median = 1000 * percentile(lags, 0.5)
    return Figure(
        what,
        p99,
        " ms",
        at_most(limit),
        ours=f"p50 {median:.1f}",
        low=1000 * min(lags),
        high=1000 * max(lags),
    )


def _lag_of_round(
    server: Server, things: int, environment: Mapping[str, str], cores: Cores
) -> list[float]:
    file = Path(environment["HOME"], "lag")
    server.watch(things)
    options = ["--rate", UNTHROTTLED, "--refresh", NEVER_AGAIN]
    command = _command(server, things, *options, probe=file)
    with PtyProgram(command, environment, cores) as program:
        begin = server.first(program.wait_for_other)
        end = server.all_answered(program.wait_for_other).at
        return _lags(program, file, begin, end)


def _lag_of_window(
    server: Server, things: int, window: float, environment: Mapping[str, str], cores: Cores
) -> list[float]:
    file = Path(environment["HOME"], "lag")
    server.watch(things)
    command = _command(server, things, *_throttled(things), probe=file)
    with PtyProgram(command, environment, cores) as program:
        begin = server.first(program.wait_for_other)
        program.read_for(window)
        return _lags(program, file, begin, begin + window)


def _share_of_core(
    server: Server, things: int, window: float, environment: Mapping[str, str], cores: Cores
) -> tuple[float, float]:
    """How busy the program without a probe is, and how many calls per second it made."""
    server.watch(things)
    with PtyProgram(_command(server, things, *_throttled(things)), environment, cores) as program:
        server.first(program.wait_for_other)
        begin, used = time.monotonic(), program.processor_seconds()
        program.read_for(window)
        seconds = time.monotonic() - begin
        return (program.processor_seconds() - used) / seconds, server.count() / seconds


def _throttled(things: int) -> list[str]:
    """As often as the rate allows, and a little more."""
    return ["--rate", str(CALLS_PER_SECOND), "--refresh", f"{0.9 * things / CALLS_PER_SECOND}"]


def _command(server: Server, things: int, *options: str, probe: Path | None = None) -> list[str]:
    program = [PYTHON, str(HERE / "lag_probe.py"), str(probe)] if probe else [PROGRAM]
    return [*program, "--endpoint-url", server.url, *options, *thing_names(things)]


def _lags(program: PtyProgram, file: Path, begin: float, end: float) -> list[float]:
    file.unlink(missing_ok=True)
    program.signal(signal.SIGUSR1)
    deadline = time.monotonic() + FILE_WITHIN
    while not file.exists():
        if time.monotonic() > deadline:
            raise BenchmarkError(f"the probe wrote nothing for {FILE_WITHIN:.0f} s")
        program.read_for(0.05)
    found = array("d")
    found.frombytes(file.read_bytes())
    lags = [late for due, late in zip(found[::2], found[1::2], strict=True) if begin <= due <= end]
    if not lags:
        raise BenchmarkError("the probe saw nothing of the round")
    return lags
