"""What the parsers of all commands have in common."""

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from jobs_tui import __version__
from jobs_tui.cli.settings.flags import add_options
from jobs_tui.cli.settings.setting import Setting
from jobs_tui.ui.terminal.safe_text import safe_line

ON_ONE_EXECUTION = ("describe", "start", "update")
"""The commands for which a thing and mostly a job are named."""


class WrongUsage(Exception):  # noqa: N818 - it is what the exit status is called
    """The command line cannot be meant; its text is for the user."""


class Parser(argparse.ArgumentParser):
    """A parser that leaves it to its user to end the program."""

    def error(self, message: str) -> NoReturn:
        """Raise WrongUsage."""
        raise WrongUsage(f"{safe_line(message)}; try '{self.prog} --help'")


def common_options(
    *, in_demo: bool = False, without: Sequence[Setting[Any]] = ()
) -> argparse.ArgumentParser:
    """A parser of what nearly every command takes, to be the parent of another."""
    common = Parser(prog="jobs-tui", add_help=False, allow_abbrev=False)
    common.add_argument("--version", action="version", version=f"jobs-tui {__version__}")
    add_options(common, in_demo=in_demo, without=without)
    return common
