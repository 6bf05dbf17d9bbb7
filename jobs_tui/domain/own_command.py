"""A command of the user's own, bound to a key in the settings."""

from typing import NamedTuple

MARKER = "JOBS_TUI_JOB"
"""The variable by which a program knows that it runs as such a command."""

VARIABLES = (
    "JOBS_TUI_THING",
    MARKER,
    "JOBS_TUI_EXECUTION_NUMBER",
    "JOBS_TUI_STATUS",
    "JOBS_TUI_VERSION",
    "JOBS_TUI_ENDPOINT",
    "JOBS_TUI_REGION",
    "JOBS_TUI_DOCUMENT_FILE",
)
"""What tells it the row that it is for; credentials are not among them."""


class OwnCommand(NamedTuple):
    """What a key runs over the selected row."""

    name: str
    """What help and palette call it."""
    key: str
    """As in the file: one character, `f5`, or `ctrl+e`."""
    command: str
    """Given to /bin/sh -c as it is; nothing is ever put into it."""
    confirm: bool = True
    """Whether it is asked for first."""
    in_place: bool = False
    """Whether it has the terminal; else it runs in the background."""
    reads: bool = False
    """Whether it changes nothing, so that it may be run where nothing may be changed."""
