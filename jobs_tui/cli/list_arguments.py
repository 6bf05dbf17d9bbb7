"""The options that `jobs-tui list` has beside those of the cockpit, and what its status means."""

import argparse
from enum import StrEnum
from typing import NamedTuple

DESCRIPTION = (
    "Print the pending executions of some things, once, or with --watch what happens to them until "
    "it is ended. Without a thing named it takes what the settings say, as the cockpit does."
)

EPILOG = (
    "The status is 0 where all could be asked, 1 where something could not, and 2 for wrong usage. "
    "With --fail-on it is 3 where such an execution was found; 1 counts more, since nobody knows "
    "what was not seen, and with --fail-on stuck a deadline that could not be read counts, too. "
    "--watch ends with 0 once nobody reads it, and by a signal with 128 and its number."
)

FOUND = 3
"""The exit status where there is what was to be told; 1 and 2 mean the same in every command."""


class FailOn(StrEnum):
    """What `list` is to tell by its status, beside whether all could be asked."""

    PENDING = "pending"
    """Anything that is queued or in progress."""
    STUCK = "stuck"
    """What needs a person: stuck, about to time out, or past its deadline."""


class Listing(NamedTuple):
    """How `list` is to go about it."""

    as_json: bool = False
    fail_on: FailOn | None = None
    watch: bool = False


def add_list_options(parser: argparse.ArgumentParser) -> None:
    """Give a parser the options; `listing_of` reads what it found."""
    parser.epilog = EPILOG
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--fail-on",
        choices=[f"{each}" for each in FailOn],
        help="tell by status 3 that something is pending, or that something is stuck, about to "
        "time out or past its deadline",
    )
    how.add_argument(
        "--watch",
        action="store_true",
        help="print what happens, a line each, until ended: plain sentences, also for a screen "
        "reader, or lines of JSON",
    )


def listing_of(found: argparse.Namespace) -> Listing:
    """What was asked for."""
    fail_on = None if found.fail_on is None else FailOn(found.fail_on)
    return Listing(found.json, fail_on, found.watch)
