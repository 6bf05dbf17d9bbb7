"""Time and memory of a first full round by the number of things, ten executions each."""

import statistics
from collections.abc import Mapping
from typing import NamedTuple

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
from figures import Figure, Found, at_most
from plots import Plot
from pty_program import PtyProgram
from served import Server

SETTLED, SETTLED_SHORT = 2.0, 0.3
"""Seconds after the last answer, in which what is only needed for a moment is given back."""

NOISE = 1.1
"""By how much more than ten times the cost may grow where the size grows tenfold."""

MEGABYTE = 1e6


class Cost(NamedTuple):
    """What a first round took, and the program's memory after it."""

    seconds: float
    memory: float


def run(conditions: Conditions, cores: Cores) -> Found:
    """Every round starts the program once for each size."""
    costs, empty = _measure(conditions, cores)
    return Found(_figures(costs, empty), _plots(costs))


def _measure(conditions: Conditions, cores: Cores) -> tuple[Mapping[int, Cost], float]:
    """Medians by the number of things, and the memory of an empty app with the SDK loaded."""
    found: dict[int, list[Cost]] = {size: [] for size in conditions.sizes}
    empty = []
    settled = SETTLED_SHORT if conditions.short else SETTLED
    with Server() as server, fresh_home() as environment:
        server.order(executions=[10, 10])
        for _ in range(conditions.rounds_or(3)):
            empty.append(_empty_app(environment, cores, settled))
            for size, costs in found.items():
                costs.append(_cockpit(server, size, environment, cores, settled))
    medians = {
        size: Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))
        for size, costs in found.items()
    }
    return medians, statistics.median(empty)


def _figures(costs: Mapping[int, Cost], empty: float) -> list[Figure]:
    """Memory beside the empty app, and how both costs grow."""
    *_, large, largest = costs
    bars = {large: at_most(1.25), largest: at_most(1.8)}
    rows = [
        Figure(
            f"memory, {size} things x 10 / empty app",
            cost.memory / empty,
            bar=bars.get(size),
            ours=f"{cost.memory / MEGABYTE:.0f} MB",
            beside=f"{empty / MEGABYTE:.0f} MB",
        )
        for size, cost in costs.items()
    ]
    rows += [
        Figure(f"time per thing, {size} things", 1000 * cost.seconds / size, " ms")
        for size, cost in costs.items()
    ]
    smallest, *_ = costs.values()
    growth = largest / large
    for what, at in (("time", 0), ("memory", 1)):
        least = smallest[at]
        # of few things the memory may be the same
        by_large = max(costs[large][at] - least, least / 100)
        dearer = (costs[largest][at] - least) / by_large / growth
        rows.append(
            Figure(
                f"{what} of {largest} / {growth:g} x that of {large} things",
                dearer,
                bar=at_most(NOISE),
            )
        )
    return rows


def _plots(costs: Mapping[int, Cost]) -> list[Plot]:
    """Both costs against size, on logarithmic scales."""
    return [
        Plot("seconds of a full round", [(size, cost.seconds) for size, cost in costs.items()]),
        Plot("memory in MB", [(size, cost.memory / MEGABYTE) for size, cost in costs.items()]),
    ]


def _empty_app(environment: Mapping[str, str], cores: Cores, settled: float) -> float:
    command = [PYTHON, str(HERE / "empty_app.py"), "sdk"]
    with PtyProgram(command, environment, cores) as program:
        program.wait_for_text("LOADED")
        program.read_for(settled)
        return program.resident_bytes()


def _cockpit(
    server: Server, size: int, environment: Mapping[str, str], cores: Cores, settled: float
) -> Cost:
    server.watch(size)
    command = [PROGRAM, "--endpoint-url", server.url, "--rate", UNTHROTTLED]
    command += ["--refresh", NEVER_AGAIN, *thing_names(size)]
    with PtyProgram(command, environment, cores) as program:
        server.first(program.wait_for_other)
        seconds = server.all_answered(program.wait_for_other).seconds
        program.read_for(settled)
        return Cost(seconds, program.resident_bytes())
