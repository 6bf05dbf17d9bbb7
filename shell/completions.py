"""Completion for each shell, by shtab, and what it is told about the values beside the options."""

import argparse
import re
from pathlib import Path

import shtab

from jobs_tui.cli.completion_arguments import CONTEXTS, FILE_OF_SHELL, THINGS
from jobs_tui.cli.settings.declared import CONTEXT, SETTINGS, WHICH
from jobs_tui.cli.settings.kinds import FilePath, OneOf
from jobs_tui.domain.status import SETTABLE
from shell.whole_parser import arguments_of, first_sentence, whole_parser

_SETTINGS = {setting.name: setting for setting in (*WHICH, *SETTINGS)}

COMPLETE = "complete"
"""The attribute by which the library is told of values; argparse knows none of this name."""

CHOICES = {
    ("update", "status"): tuple(f"{status}" for status in SETTABLE),
    ("completion", "offered"): tuple(FILE_OF_SHELL),
}
"""Values that are checked by a function, so that argparse does not know them."""

HERE = Path(__file__).parent

NAMES = {shell: HERE.joinpath(f"names.{shell}").read_text("ascii") for shell in ("bash", "zsh")}
"""How a shell asks the program for names; fish needs no more than the question."""

BETTER = {
    "zsh": {
        # any number of things, where only the first was offered
        r'"\(\*\)::': '"*:',
        # --option=value, too
        r'^(  "\*?--[\w-]+)(\[.*\]:)': r"\1=\2",
    },
    # its own way to offer files knows ~ and names that have to be quoted
    "fish": {r'-xka "\(__fish_complete_path [^"]*"': "-rF"},
}
"""What is put in the place of what the library makes."""

AFTER = {"bash": HERE.joinpath("broken_words.bash").read_text("ascii")}
"""What a shell needs beside what the library makes."""


def completion(shell: str) -> str:
    """The file that makes a shell complete."""
    whole, commands = whole_parser()
    for command, parser in {"": whole, **commands}.items():
        # shells show it beside the command
        parser.description = first_sentence(parser.description or "")
        for argument in arguments_of(parser):
            _say_values(argument, command)
    made = shtab.complete(whole, shell).rstrip()
    for pattern, better in BETTER.get(shell, {}).items():
        made, times = re.subn(pattern, better, made, flags=re.MULTILINE)
        if not times:
            raise ValueError(f"what shtab makes for {shell} is other than it was: no {pattern}")
    return f"{made}\n{AFTER.get(shell, '')}"


def _say_values(argument: argparse.Action, command: str) -> None:
    setting = _SETTINGS.get(argument.dest)
    if (command, argument.dest) in CHOICES:
        argument.choices = CHOICES[command, argument.dest]
    elif setting is not None and isinstance(setting.kind, OneOf):
        argument.choices = setting.kind.allowed
    elif argument.type is Path or (setting is not None and isinstance(setting.kind, FilePath)):
        setattr(argument, COMPLETE, shtab.FILE)
    elif setting is CONTEXT:
        setattr(argument, COMPLETE, _names(CONTEXTS))
    elif argument.metavar == "THING":
        setattr(argument, COMPLETE, _names(THINGS))


def _names(kind: str) -> dict[str, object]:
    """What asks the program for names, in the words of each shell."""
    function = f"_jobs_tui_{kind}"
    return {
        **dict.fromkeys(NAMES, function),
        "fish": f"(command jobs-tui completion {kind} 2>/dev/null </dev/null)",
        "preamble": NAMES,
    }
