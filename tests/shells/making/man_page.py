"""The manual page, by argparse-manpage, and what it is told beside the parsers."""

import argparse
import re
import textwrap
from collections.abc import Iterable

from argparse_manpage.manpage import Manpage

from jobs_tui import __version__
from jobs_tui.cli.settings.setting import Heading
from making.facts import ENVIRONMENT, EXAMPLES, EXIT_STATUS, FAULTS, FILES, LONGER
from making.whole_parser import arguments_of, first_sentence, whole_parser

LONGEST_LINE = 78


def man_page() -> str:
    """The page. It holds no date: it changes when the program does."""
    whole, commands = whole_parser(lambda text: escaped(first_sentence(text)))
    in_name = first_sentence(f"{whole.description}").removeprefix("The ").rstrip(".")
    whole.description = f"{whole.description} {LONGER} {whole.epilog}"
    whole.epilog = commands["watch"].epilog = None
    synopsis = "\n".join((".nf", *(escaped(_usage(*each)) for each in commands.items()), ".fi"))
    common = [each for each in arguments_of(whole) if each.option_strings]
    for parser in commands.values():
        _say_once(parser, common)
    about = {"project_name": "jobs-tui", "version": __version__, "description": in_name}
    page = Manpage(
        whole,
        {**about, "date": "none", "manual_title": "User Commands"},
        format="single-commands-section",
    )
    page.date = ""
    page.add_section("synopsis", "=", synopsis)
    page.add_section("faults of the emulator", "=", _items(FAULTS))
    page.add_section("exit status", "=", _items(EXIT_STATUS))
    page.add_section("environment", "=", _items(ENVIRONMENT))
    page.add_section("files", "=", _items(FILES))
    page.add_section("examples", "=", _items(EXAMPLES))
    return _tidy(f"{page}")


def escaped(text: str) -> str:
    """Text that stands on the page as it is, also where it begins a line."""
    safe = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{safe}" if safe.startswith((".", "'")) else safe


def _say_once(parser: argparse.ArgumentParser, common: Iterable[argparse.Action]) -> None:
    """Tell of the options of all commands by name, since the page has explained them before."""
    known = {(each.dest, *each.option_strings): each for each in common}
    here = []
    for argument in arguments_of(parser):
        key = (argument.dest, *argument.option_strings)
        if key in known:
            here.append(known.pop(key))
            argument.help = argparse.SUPPRESS
    rest = " ".join(f"{parser.description}".split()).removeprefix(
        first_sentence(f"{parser.description}")
    )
    parser.description = " ".join(
        part.strip()
        for part in (rest, parser.epilog or "", _taken(here, list(known.values())))
        if part
    )


def _taken(here: list[argparse.Action], others: list[argparse.Action]) -> str:
    """Which of the options above go with a command, in the shorter words."""
    names, missing = (
        ", ".join(each.option_strings[-1] for each in some if "--help" not in each.option_strings)
        for some in (here, others)
    )
    if not names:
        return ""
    if not missing:
        return "The options above go with it."
    if len(missing) < len(names):
        return f"The options above go with it, but for {missing}."
    return f"Of the options above go with it: {names}."


def _usage(command: str, parser: argparse.ArgumentParser) -> str:
    """How a command is called, in one line."""
    words = ["jobs-tui", "[watch]" if command == "watch" else command]
    options = False
    for each in arguments_of(parser):
        options |= bool(each.option_strings) and "--help" not in each.option_strings
        if not each.option_strings:
            words.append(
                {"*": "[{} ...]", "?": "[{}]"}.get(f"{each.nargs}", "{}").format(each.metavar)
            )
    return " ".join([*words, "[options]"] if options else words)


def _items(items: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f".TP\n\\fB{escaped(name)}\\fR\n{escaped(told)}" for name, told in items)


def _tidy(page: str) -> str:
    """The page with sub-headings where they belong, and with lines of a length to look at."""
    page = page.replace(".SH\nCOMMANDS\n", ".SH COMMANDS\n")
    for heading in Heading:
        page = page.replace(f".SH {heading.upper()}\n", f".SS {heading.capitalize()}\n")
    page = re.sub(r"^usage: (.*)$", r"\1", page, flags=re.MULTILINE)
    page = re.sub(r"\n{3,}", "\n\n", page)
    return "".join(f"{line}\n" for each in page.splitlines() for line in _broken(each))


def _broken(line: str) -> list[str]:
    if len(line) <= LONGEST_LINE or line.startswith("."):
        return [line]
    broken = textwrap.wrap(line, LONGEST_LINE, break_long_words=False, break_on_hyphens=False)
    return [f"\\&{each}" if each.startswith((".", "'")) else each for each in broken]
