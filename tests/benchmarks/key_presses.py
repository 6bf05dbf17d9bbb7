"""How long after a key press the last byte of its answer is on the terminal, at full speed.

All things are asked over and over, as fast as it goes, but their answers stay the same: what moves
on the screen by itself are a few lines with figures, such as calls per second, which are found out
first and left out. Every other line that changes after a key has changed because of it. Its answer
ends where nothing more comes for a while: what the program reads when the cursor has rested on a
row belongs to the rest, not to the key.

Everything is recorded with its time and looked at only afterwards, so that the terminal is never
the slow one.
"""

import time
from collections.abc import Sequence
from itertools import pairwise

from conditions import (
    PROGRAM,
    UNTHROTTLED,
    Conditions,
    Cores,
    fresh_home,
    thing_names,
)
from figures import Bar, BenchmarkError, Figure, Found, at_most, percentile
from pty_program import LINES, SILENCE, PtyProgram
from served import Server

DOWN, ENTER, ESCAPE = b"\x1b[B", b"\r", b"\x1b"
KEYS = (("row down", DOWN, at_most(100)), ("open", ENTER, at_most(100)), ("back", ESCAPE, None))
"""An Escape is only known to be one when nothing has followed it for a tenth of a second."""


ALWAYS = "0.001"
"""Seconds between two refreshes of a thing: it is due again as soon as it is answered."""

BY_ITSELF, BY_ITSELF_SHORT = 4.0, 1.0
"""Seconds without a key, in which is seen what changes all the same."""

GAP = 0.15
"""Seconds without a change that end an answer: longer than between two frames, shorter than the
cursor has to rest before details are read."""

REST = 0.5
"""Seconds without a change before the next key: longer than what follows an answer takes."""

HARDLY = 50.0
"""Calls per second below which nothing was measured under load."""

LOOK = 0.1
"""Seconds that are recorded before they are looked at."""


def run(conditions: Conditions, cores: Cores) -> Found:
    """One start; a row down, open it, and back again, many times."""
    presses = 2 if conditions.short else 10 * conditions.rounds_or(6)
    things = conditions.things
    command = [PROGRAM, "--rate", UNTHROTTLED, "--refresh", ALWAYS]
    found: dict[str, list[float]] = {name: [] for name, *_ in KEYS}
    with Server() as server, fresh_home() as environment:
        command += ["--endpoint-url", server.url, *thing_names(things)]
        server.watch(things)
        with PtyProgram(command, environment, cores) as program:
            server.first(program.wait_for_other)
            server.all_answered(program.wait_for_other)
            program.read_for(1.0 if conditions.short else 4.0)
            program.catch_up()
            program.read_for(BY_ITSELF_SHORT if conditions.short else BY_ITSELF)
            restless = frozenset[int]().union(*(lines for _, lines in program.replay()))
            if len(restless) > LINES // 4:
                raise BenchmarkError(
                    f"{len(restless)} of {LINES} lines change without a key: no answer can be told"
                )
            server.watch(0)
            begin = time.monotonic()
            for _ in range(presses):
                for name, key, _ in KEYS:
                    found[name].append(_seconds_to_answer(program, name, key, restless))
            calls = server.count() / (time.monotonic() - begin)
    if calls < HARDLY:
        raise BenchmarkError(f"things were hardly refreshed meanwhile: {calls:.0f} calls/s")
    rows = [_figure(name, found[name], bar) for name, _, bar in KEYS]
    return Found([*rows, Figure("meanwhile, calls per second", calls)])


def _figure(name: str, seconds: Sequence[float], bar: Bar | None) -> Figure:
    figures = [1000 * each for each in seconds]
    return Figure(
        f"key to last byte: {name}, p99 of {len(figures)}",
        percentile(figures, 0.99),
        " ms",
        bar,
        ours=f"p50 {percentile(figures, 0.5):.0f}",
        low=min(figures),
        high=max(figures),
    )


def _seconds_to_answer(
    program: PtyProgram, name: str, key: bytes, restless: frozenset[int]
) -> float:
    """Press a key on a screen at rest; returns when the screen is at rest again."""
    program.catch_up()
    pressed = program.send(key)
    changes: list[float] = []
    while time.monotonic() - (changes[-1] if changes else pressed) < (REST if changes else SILENCE):
        program.read_for(LOOK)
        changes += [moment for moment, lines in program.replay() if lines - restless]
        if time.monotonic() - pressed > SILENCE:
            raise BenchmarkError(f"the screen was never at rest after {name}")
    if not changes:
        raise BenchmarkError(f"{name} changed nothing on the screen for {SILENCE:.0f} s")
    ends = (before for before, after in pairwise(changes) if after - before > GAP)
    last = next(ends, changes[-1])
    return last - pressed
