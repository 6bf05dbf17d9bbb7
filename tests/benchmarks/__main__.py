"""Every benchmark by one command: `.venv/bin/python tests/benchmarks [NAME ...]`.

Prints one table with the figures, the bar of each and whether it is met, and draws the costs
against size. The exit status is 1 if a benchmark could not be done; a bar that is missed is told in
the table only.
"""

import argparse
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import emulator_throughput
import full_round
import idle
import key_presses
import loop_lag
import sizes
import start_up
import thin_line
import wire
from conditions import IDLE_SECONDS, SHORT_THINGS, THINGS, Conditions, Cores
from figures import BenchmarkError, Figure, Found
from table import lines_of_table

BENCHMARKS: Mapping[str, Callable[[Conditions, Cores], Found]] = {
    "start-up": start_up.run,
    "round": full_round.run,
    "lag": loop_lag.run,
    "keys": key_presses.run,
    "sizes": sizes.run,
    "idle": idle.run,
    "thin-line": thin_line.run,
    "wire": wire.run,
    "emulator": emulator_throughput.run,
}


def main(arguments: Sequence[str]) -> int:
    """Measure what the arguments ask for; returns the exit status."""
    wanted = _parsed(arguments)
    conditions = Conditions(
        short=wanted.short,
        rounds=wanted.rounds,
        things=wanted.things or (SHORT_THINGS if wanted.short else THINGS),
        idle_seconds=wanted.idle_seconds,
    )
    if not sys.platform.startswith("linux"):
        sys.stderr.write("the benchmarks read what processes cost from /proc: Linux only\n")
        return 1
    for number in (signal.SIGTERM, signal.SIGHUP):
        # as ctrl+c: what was started is ended, and what was found is told
        signal.signal(number, signal.default_int_handler)
    cores = Cores()
    found: dict[str, Found] = {}
    failures: dict[str, str] = {}
    for name in wanted.names or BENCHMARKS:
        begin = time.monotonic()
        sys.stderr.write(f"{name} ... ")
        sys.stderr.flush()
        try:
            found[name] = BENCHMARKS[name](conditions, cores)
        except (BenchmarkError, OSError, subprocess.SubprocessError) as failure:
            failures[name] = str(failure)
        except KeyboardInterrupt:
            failures[name] = "interrupted"
        sys.stderr.write(f"{'failed' if name in failures else 'done'}, ")
        sys.stderr.write(f"{time.monotonic() - begin:.0f} s\n")
        if failures.get(name) == "interrupted":
            break
    figures = {name: each.figures for name, each in found.items()}
    print("\n".join(_report(conditions, cores, found, failures)))
    if wanted.json:
        wanted.json.write_text(json.dumps(_as_json(conditions, cores, figures, failures), indent=1))
    return 1 if failures else 0


def _report(
    conditions: Conditions, cores: Cores, found: Mapping[str, Found], failures: Mapping[str, str]
) -> list[str]:
    lines = [f"{conditions.things} things, {cores.words}", ""]
    lines += lines_of_table({name: each.figures for name, each in found.items()})
    for each in found.values():
        for plot in each.plots:
            lines += ["", plot.drawn()]
    for name, failure in failures.items():
        lines += ["", f"{name} could not be measured: {failure}"]
    return lines


def _as_json(
    conditions: Conditions,
    cores: Cores,
    figures: Mapping[str, Sequence[Figure]],
    failures: Mapping[str, str],
) -> dict[str, object]:
    return {
        "conditions": {**asdict(conditions), "cores": cores.words},
        "figures": {
            name: [{**asdict(each), "met": each.met} for each in rows]
            for name, rows in figures.items()
        },
        "failures": dict(failures),
    }


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("tests/benchmarks", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"only these of {', '.join(BENCHMARKS)}"
    )
    parser.add_argument("--short", action="store_true", help="see that it works, not how well")
    parser.add_argument("--rounds", type=int, help="as many rounds, in place of each one's own")
    parser.add_argument("--things", type=int, help="as many things, in place of 1,000")
    parser.add_argument("--idle-seconds", type=float, default=IDLE_SECONDS, help="default 600")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    wanted = parser.parse_args(arguments)
    for name in wanted.names:
        if name not in BENCHMARKS:
            parser.error(f"there is no benchmark {name}; there are {', '.join(BENCHMARKS)}")
    return wanted


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
