"""The command line: arguments to cockpit, demo, emulator or journal."""

import gc
import sys
from collections.abc import Sequence

from jobs_tui.cli.arguments import Arguments, WrongUsage, parse
from jobs_tui.cli.logs import keep_off_the_screen

DONE = 0
FAILED = 1
WRONG_USAGE = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status, with one line on stderr if it is not 0."""
    try:
        arguments = parse(sys.argv[1:] if argv is None else argv)
    except WrongUsage as wrong:
        return _fail(f"{wrong}", WRONG_USAGE)
    return _run(arguments)


def _run(arguments: Arguments) -> int:
    if arguments.switches is not None:
        from jobs_tui.cli.emulator import serve  # noqa: PLC0415 - the cockpit does without aiohttp

        problem = serve(arguments.switches)
        return DONE if problem is None else _fail(problem, FAILED)
    if arguments.selection is not None:
        from jobs_tui.cli.journal import main_journal  # noqa: PLC0415 - the cockpit does without

        problem = main_journal(arguments.selection)
        return DONE if problem is None else _fail(problem, FAILED)
    from jobs_tui.ui.terminal.start_checks import (  # noqa: PLC0415 - the emulator needs no screen
        settle_the_size,
        terminal_problem,
    )

    try:
        keep_off_the_screen(arguments.log_file)
    except OSError as error:
        return _fail(f"the log file cannot be written: {error.strerror}", FAILED)
    problem = terminal_problem()
    if problem is not None:
        return _fail(problem, WRONG_USAGE)
    settle_the_size()
    # what is loaded now stays: collecting before the first frame would cost it a tenth of its time
    gc.disable()
    from jobs_tui.cli.cockpit import run_cockpit  # noqa: PLC0415 - what fails early loads little

    return run_cockpit(arguments)


def _fail(problem: str, status: int) -> int:
    sys.stderr.write(f"jobs-tui: {problem}\n")
    return status
