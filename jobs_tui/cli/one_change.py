"""`jobs-tui start` and `update`: one change, and how it is told."""

import json

from jobs_tui.cli.change_arguments import START, UPDATE, Wish
from jobs_tui.cli.change_ending import NOT_SENT, Ending, conflict_table, members_of
from jobs_tui.cli.change_errand import ChangeErrand
from jobs_tui.cli.logs import log_problem
from jobs_tui.cli.output import Output, print_all, tell
from jobs_tui.cli.question import somebody_to_ask
from jobs_tui.cli.settings.declared import READ_ONLY
from jobs_tui.cli.settings.in_force import Settings
from jobs_tui.cli.short_run import run_shortly
from jobs_tui.domain.clock import SystemClock
from jobs_tui.engine.change import ChangeState
from jobs_tui.ui.terminal.safe_text import safe_line

NOBODY_TO_ASK = "there is no terminal on which to ask whether to send it: --yes sends it unasked"


class NobodyToAsk(Exception):  # noqa: N818 - it says what is wrong with the command line
    """Neither --yes was given nor is there a terminal to ask on."""


def main_change(settings: Settings, wish: Wish, *, as_json: bool) -> str | None:
    """Print to standard output how it ended; returns what went wrong, in one line, or None.

    Raises NobodyToAsk, before anything is asked of the service.
    """
    if settings.read_only:
        by = settings.sources[READ_ONLY.name].words
        return _told(Ending(wish, NOT_SENT, f"nothing may be changed: read-only, by {by}"), as_json)
    if not wish.unasked and not somebody_to_ask():
        raise NobodyToAsk(NOBODY_TO_ASK)
    problem = log_problem(settings, START if wish.status is None else UPDATE)
    if problem is not None:
        return problem
    errand = ChangeErrand(settings, wish, SystemClock())
    try:
        ending = run_shortly(errand.run())
    except (KeyboardInterrupt, SystemExit):
        tell([f"jobs-tui: {safe_line(errand.when_interrupted())}\n"])
        raise
    return _told(ending, as_json)


def _told(ending: Ending, as_json: bool) -> str | None:  # noqa: FBT001 - of this file only
    """Print how it ended, with the words for the error stream where it did not end well."""

    def write(output: Output) -> None:
        if as_json:
            json.dump(members_of(ending), output, indent=2)
            output.write("\n")
        elif ending.good:
            output.write(f"{safe_line(ending.sentence)}\n")

    problem = print_all(write)
    if ending.outcome is ChangeState.CONFLICT and ending.change is not None and not as_json:
        tell(conflict_table(ending.change))
    if problem is not None:
        return f"{ending.sentence}; {problem}"
    return None if ending.good else ending.sentence
