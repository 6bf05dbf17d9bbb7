"""`jobs-tui completion` and `jobs-tui man`: files for shells, and what these ask for.

The files are made by `shell/make.py` from the parsers; nothing is made here.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from jobs_tui.cli.completion_arguments import CONTEXTS, FILE_OF_SHELL, THINGS
from jobs_tui.cli.output import Output, print_all

FILES = Path(__file__).with_name("shell")
MANUAL = "jobs-tui.1"

PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9:._-]*")
"""A name that means nothing to any shell: others are not offered, so that none is obeyed."""


def main_completion(offered: str) -> str | None:
    """Print a shell's file, or the names that it asks for; returns what went wrong, or None."""
    if offered == THINGS:
        return _print_names(_things())
    if offered == CONTEXTS:
        return _print_names(_contexts())
    return _print_file(FILE_OF_SHELL[offered])


def main_manual() -> str | None:
    """Print the manual page; returns what went wrong, in one line, or None."""
    return _print_file(MANUAL)


def _print_file(name: str) -> str | None:
    return _print(FILES.joinpath(name).read_text("ascii"))


def _print_names(names: Iterable[str]) -> str | None:
    plain = filter(PLAIN.fullmatch, dict.fromkeys(names))
    return _print("".join(f"{name}\n" for name in plain))


def _print(text: str) -> str | None:
    def write(output: Output) -> None:
        output.write(text)

    return print_all(write)


def _things() -> Iterator[str]:
    """Those that were watched last in any context; the latest of each first."""
    from jobs_tui.cli.journal_folder import journal_folder  # noqa: PLC0415 - for things only
    from jobs_tui.engine.journal.journal import JournalError  # noqa: PLC0415 - as above
    from jobs_tui.engine.recent_things import RecentThings  # noqa: PLC0415 - as above

    try:
        folder = journal_folder()
    except JournalError:
        return
    yield from RecentThings(folder).of_all()


def _contexts() -> tuple[str, ...]:
    """Those in the file of settings. Raises SettingsError where it cannot be meant."""
    from jobs_tui.cli.settings.reading import settings_source  # noqa: PLC0415 - for contexts only

    return settings_source({}, os.environ).contexts
