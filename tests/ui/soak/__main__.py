"""A soak by one command: `.venv/bin/python tests/ui/soak [--hours 8] [--seed 1]`.

Tells what was done and what became of it. The exit status is 1 if a bound is broken, if journal and
account contradict each other, or if a fresh start shows another screen.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from contextlib import chdir
from pathlib import Path

# beside this package are those that it is made of
sys.path[0] = str(Path(__file__).parents[1])


def main() -> int:
    """Do what the arguments ask for; returns the exit status."""
    parser = argparse.ArgumentParser("tests/ui/soak", description=__doc__.partition("\n")[0])
    parser.add_argument("--hours", type=float, default=8.0, help="simulated ones (8)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--things", type=int, default=50)
    parser.add_argument("--speed", type=float, default=60.0, help="simulated seconds a second (60)")
    wanted = parser.parse_args()
    # Textual reads them when it is imported
    os.environ.update(TERM="xterm-256color", TEXTUAL_COLOR_SYSTEM="256", PAGER="'")
    os.environ.pop("TMUX", None)

    from soak.soak import Plan, soak  # noqa: PLC0415 - as above
    from soak.telling import broken_bounds, lines_of  # noqa: PLC0415 - as above

    def tell(words: str) -> None:
        # the app keeps sys.stdout and sys.stderr to itself while it runs
        if sys.__stderr__ is not None:
            sys.__stderr__.write(f"{words}\n")
            sys.__stderr__.flush()

    begin = time.monotonic()
    plan = Plan(wanted.hours, wanted.seed, wanted.things, wanted.speed)
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        report = asyncio.run(soak(plan, Path(folder), tell))
    print("\n".join(lines_of(report)))
    print(f"in {time.monotonic() - begin:.0f} s")
    return 1 if broken_bounds(report) or report.contradictions or report.differences else 0


if __name__ == "__main__":
    sys.exit(main())
