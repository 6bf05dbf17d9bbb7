"""The options of `jobs-tui journal`."""

import argparse
import re
from datetime import UTC, datetime
from typing import NamedTuple

from jobs_tui.cli.argument_type import argument_type
from jobs_tui.cli.settings.kinds import thing_name

DESCRIPTION = "Print every change that was asked for on this machine, and what became of it."

_AGO = re.compile(r"(?P<count>[0-9]{1,6})(?P<unit>[mhd])")
_SECONDS = {"m": 60.0, "h": 3600.0, "d": 86400.0}


class Since(NamedTuple):
    """From when on: so many seconds ago, or a moment in seconds since the epoch."""

    ago: float | None = None
    moment: float = 0.0

    def at(self, now: float) -> float:
        """Seconds since the epoch."""
        return self.moment if self.ago is None else now - self.ago


class JournalSelection(NamedTuple):
    """What of the journal to print, and how."""

    form: str = "table"
    """Or json or csv."""
    thing_name: str | None = None
    since: Since = Since()


def add_journal_options(parser: argparse.ArgumentParser) -> None:
    """Give a parser the options; `selection_of` reads what it found."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", dest="form", action="store_const", const="json", help="JSON")
    form.add_argument("--csv", dest="form", action="store_const", const="csv", help="CSV")
    parser.add_argument(
        "--thing",
        type=argument_type(thing_name),
        metavar="THING",
        help="only changes of this thing",
    )
    parser.add_argument(
        "--since",
        type=_since,
        default=Since(),
        metavar="WHEN",
        help="only changes from then on: 30m, 2h, 7d, 2026-11-25, 2026-11-25T10:00 (UTC)",
    )


def selection_of(found: argparse.Namespace) -> JournalSelection:
    """What was asked for."""
    return JournalSelection(found.form or "table", found.thing, found.since)


def _since(text: str) -> Since:
    ago = _AGO.fullmatch(text)
    if ago is not None:
        return Since(ago=int(ago["count"]) * _SECONDS[ago["unit"]])
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"'{text}' is no time such as 30m, 2h, 7d, 2026-11-25 or 2026-11-25T10:00"
        ) from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return Since(moment=moment.timestamp())
