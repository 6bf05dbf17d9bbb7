"""Makes what shells and `man` read: `.venv/bin/python -m shell.make`, from the project's folder.

With --check it writes nothing, and its status tells whether something is out of date.
"""

import sys
from collections.abc import Mapping

from jobs_tui.cli.completion import FILES, MANUAL
from jobs_tui.cli.completion_arguments import FILE_OF_SHELL
from shell.completions import completion
from shell.man_page import man_page


def made() -> Mapping[str, str]:
    """What belongs into the files, by their names."""
    return {name: completion(shell) for shell, name in FILE_OF_SHELL.items()} | {MANUAL: man_page()}


def out_of_date() -> list[str]:
    """The names of the files that hold something else."""
    found = {path.name: path.read_text("ascii") for path in FILES.iterdir()}
    wanted = made()
    return sorted(name for name in {*wanted, *found} if wanted.get(name) != found.get(name))


def main() -> int:
    """Write the files, or look whether that is needed; returns the exit status."""
    if sys.argv[1:] == ["--check"]:
        names = out_of_date()
        sys.stderr.writelines(f"out of date: {FILES / name}\n" for name in names)
        return 1 if names else 0
    FILES.mkdir(exist_ok=True)
    for name, text in made().items():
        FILES.joinpath(name).write_text(text, "ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
