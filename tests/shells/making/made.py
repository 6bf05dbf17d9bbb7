"""What belongs into the files for shells and `man`, and whether it stands there."""

from collections.abc import Mapping

from jobs_tui.cli.completion import FILES, MANUAL
from jobs_tui.cli.completion_arguments import FILE_OF_SHELL
from making.completions import completion
from making.man_page import man_page


def made() -> Mapping[str, str]:
    """What belongs into the files, by their names."""
    return {name: completion(shell) for shell, name in FILE_OF_SHELL.items()} | {MANUAL: man_page()}


def out_of_date() -> list[str]:
    """The names of the files that hold something else."""
    found = {path.name: path.read_text("ascii") for path in FILES.iterdir()}
    wanted = made()
    return sorted(name for name in {*wanted, *found} if wanted.get(name) != found.get(name))
