"""The command line: arguments to the cockpit, to the demo, or to a command that prints."""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from jobs_tui.cli.arguments import Arguments, parse
from jobs_tui.cli.common_parser import WrongUsage
from jobs_tui.cli.logs import log_problem
from jobs_tui.cli.settings.problems import SettingsError
from jobs_tui.cli.settings.reading import SettingsSource, settings_source
from jobs_tui.ui.terminal.safe_text import safe_line

DONE = 0
FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130
"""128 and the number of SIGINT."""

SCREENS = ("watch", "demo")
"""The commands that show the cockpit; they collect garbage once there is data on the screen."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status, with a line on stderr if it is not 0.

    Only of settings that cannot be meant there may be several lines, one for each.
    """
    try:
        arguments = parse(sys.argv[1:] if argv is None else argv)
        if arguments.command in SCREENS:
            return _run(arguments)
        from jobs_tui.cli.ended import ended_by_signals  # noqa: PLC0415 - not for the cockpit
        from jobs_tui.cli.output import whole_streams  # noqa: PLC0415 - as above

        whole_streams()
        with ended_by_signals():
            return _run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except WrongUsage as wrong:
        return _fail(f"{wrong}", WRONG_USAGE)
    except SettingsError as error:
        for problem in error.problems:
            _fail(problem, WRONG_USAGE)
        return WRONG_USAGE
    finally:
        from jobs_tui.cli.output import let_out  # noqa: PLC0415 - at the end

        let_out()


def _run(arguments: Arguments) -> int:
    if arguments.command in SCREENS:
        in_demo = arguments.command == "demo"
        flags = arguments.flags
        return _show(
            arguments,
            SettingsSource.of_flags(flags, os.environ)
            if in_demo
            else settings_source(flags, os.environ),
        )
    gc.enable()
    return _PRINTING[arguments.command](arguments)


def _serve(arguments: Arguments) -> int:
    from jobs_tui.cli.emulator import serve  # noqa: PLC0415 - the cockpit does without aiohttp

    return _status(None if arguments.switches is None else serve(arguments.switches))


def _print_journal(arguments: Arguments) -> int:
    from jobs_tui.cli.journal import main_journal  # noqa: PLC0415 - the cockpit does without

    return _status(None if arguments.selection is None else main_journal(arguments.selection))


def _print_config(arguments: Arguments) -> int:
    from jobs_tui.cli.config import main_config  # noqa: PLC0415 - the cockpit does without

    source = settings_source(arguments.flags, os.environ)
    return _status(main_config(source, as_json=arguments.as_json))


def _print_keys(arguments: Arguments) -> int:
    from jobs_tui.cli.keys import main_keys  # noqa: PLC0415 - the cockpit does without

    source = settings_source(arguments.flags, os.environ)
    return _status(main_keys(source, as_json=arguments.as_json))


def _print_info(arguments: Arguments) -> int:
    from jobs_tui.cli.info import main_info  # noqa: PLC0415 - the cockpit does without

    return _status(main_info(arguments.flags, as_json=arguments.as_json))


def _print_list(arguments: Arguments) -> int:
    from jobs_tui.cli.list_arguments import (  # noqa: PLC0415 - the cockpit does without
        FOUND,
        Listing,
    )
    from jobs_tui.cli.list_command import NothingNamed, main_list  # noqa: PLC0415 - as above

    settings = settings_source(arguments.flags, os.environ).in_force()
    listing = arguments.listing or Listing()
    try:
        if listing.watch:
            from jobs_tui.cli.list_watch import main_watch  # noqa: PLC0415 - on demand

            return _status(main_watch(settings, as_json=listing.as_json))
        listed = main_list(settings, listing)
    except NothingNamed as wrong:
        return _fail(f"{wrong}", WRONG_USAGE)
    if listed.problem is not None or not listed.complete:
        return FAILED if listed.problem is None else _fail(listed.problem, FAILED)
    return FOUND if listed.found else DONE


def _describe(arguments: Arguments) -> int:
    from jobs_tui.cli.describe import main_describe  # noqa: PLC0415 - the cockpit does without

    settings, look = settings_source(arguments.flags, os.environ).in_force(), arguments.look
    as_json = arguments.as_json
    return _status(None if look is None else main_describe(settings, look, as_json=as_json))


def _change(arguments: Arguments) -> int:
    from jobs_tui.cli.one_change import (  # noqa: PLC0415 - the cockpit does without
        NobodyToAsk,
        main_change,
    )

    settings, wish = settings_source(arguments.flags, os.environ).in_force(), arguments.wish
    as_json = arguments.as_json
    try:
        return _status(None if wish is None else main_change(settings, wish, as_json=as_json))
    except NobodyToAsk as wrong:
        return _fail(f"{wrong}", WRONG_USAGE)


def _examine(arguments: Arguments) -> int:
    from jobs_tui.cli.doctor.command import (  # noqa: PLC0415 - the cockpit does without
        INTERRUPTED as INTERRUPTED_WORDS,
    )
    from jobs_tui.cli.doctor.command import main_doctor  # noqa: PLC0415 - as above

    well, problem = main_doctor(arguments.flags, arguments.thing, as_json=arguments.as_json)
    if problem == INTERRUPTED_WORDS:
        return _fail(problem, INTERRUPTED)
    return _status(problem) if problem is not None or well else FAILED


def _print_completion(arguments: Arguments) -> int:
    from jobs_tui.cli.completion import main_completion  # noqa: PLC0415 - the cockpit does without

    return _status(None if arguments.offered is None else main_completion(arguments.offered))


def _print_manual(_: Arguments) -> int:
    from jobs_tui.cli.completion import main_manual  # noqa: PLC0415 - the cockpit does without

    return _status(main_manual())


_PRINTING = {
    "list": _print_list,
    "describe": _describe,
    "start": _change,
    "update": _change,
    "doctor": _examine,
    "config": _print_config,
    "keys": _print_keys,
    "info": _print_info,
    "emulator": _serve,
    "journal": _print_journal,
    "completion": _print_completion,
    "man": _print_manual,
}
"""What runs the commands that show no screen; each returns the exit status."""


def _status(problem: str | None) -> int:
    return DONE if problem is None else _fail(problem, FAILED)


def _show(arguments: Arguments, source: SettingsSource) -> int:
    from jobs_tui.ui.terminal.start_checks import (  # noqa: PLC0415 - the emulator needs no screen
        settle_the_size,
        terminal_problem,
    )

    problem = log_problem(source.in_force(), arguments.command)
    if problem is not None:
        return _fail(problem, FAILED)
    problem = terminal_problem()
    if problem is not None:
        return _fail(problem, WRONG_USAGE)
    settle_the_size()
    gc.disable()
    from jobs_tui.cli.cockpit import (  # noqa: PLC0415 - what fails early loads little
        run_cockpit,
        run_demo,
    )

    if arguments.command == "demo":
        return run_demo(source.in_force(), arguments.number_of_things, arguments.seed)
    return run_cockpit(source)


def _fail(problem: str, status: int) -> int:
    with suppress(OSError, AttributeError):
        # nobody may be there to read it
        sys.stderr.write(f"jobs-tui: {safe_line(problem)}\n")
    return status
