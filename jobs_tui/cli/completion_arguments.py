"""What may follow `jobs-tui completion`, and which file serves each shell."""

import argparse

FILE_OF_SHELL = {"bash": "jobs-tui.bash", "zsh": "_jobs-tui", "fish": "jobs-tui.fish"}
"""Called as the shells want them, beside `shell/make.py`'s manual page."""

THINGS, CONTEXTS = "things", "contexts"
"""What the files themselves ask for, when the key is pressed; no person is told."""

DESCRIPTION = (
    "Print what makes a shell complete the commands, options and values of jobs-tui, to be kept "
    "where the shell looks for it. When the key is pressed, the things that were watched last and "
    "the contexts in the settings are offered, too; nothing is asked of the service."
)

WHERE = (
    "bash: ~/.local/share/bash-completion/completions/jobs-tui; zsh: a file _jobs-tui in a folder "
    "of $fpath; fish: ~/.config/fish/completions/jobs-tui.fish"
)


def add_completion_options(parser: argparse.ArgumentParser) -> None:
    """Give a parser the shell to serve, as `offered`."""
    parser.description, parser.epilog = DESCRIPTION, WHERE
    parser.add_argument(
        "offered",
        type=_shell,
        metavar="SHELL",
        help=_shells(),
    )


def _shells() -> str:
    *names, last = FILE_OF_SHELL
    return f"{', '.join(names)} or {last}"


def _shell(text: str) -> str:
    if text not in {*FILE_OF_SHELL, THINGS, CONTEXTS}:
        raise argparse.ArgumentTypeError(f"must be {_shells()}, not '{text}'")
    return text
