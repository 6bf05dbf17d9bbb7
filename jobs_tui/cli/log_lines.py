"""What a line of the log looks like: the same columns in each, for grep and awk.

    2026-11-26T08:41:07.123Z DEBUG answered pid=4711 thing=gw-1 job=fw-7 request=0f5c... ms=41

That is the moment in UTC, the level, what has happened or which library speaks, the process, what
it is about, and then what belongs to the event. A value with more than a plain word in it stands in
quotes, with a backslash before each quote and backslash. A line that begins with two blanks, as of
a traceback, belongs to the one above it.
"""

import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from functools import lru_cache

from jobs_tui.cli.log_masking import secrets_in, without_secrets
from jobs_tui.domain.logged import FIELDS
from jobs_tui.ui.terminal.safe_text import safe_line

ALWAYS = ("thing", "job", "request")
"""The fields that every line has, in this order."""

NONE = "-"
"""Stands for what a line is not about."""

LONGEST_VALUE = 2_000
"""Characters of one value of an event."""

SHORT = 64
"""Characters of a value that may come again and again."""

REMEMBERED = 500
"""So many of those are not reckoned anew."""

_PLAIN_WORD = re.compile(r'[^\s"\\=]+')


class LogLines(logging.Formatter):
    """Writes records that no terminal obeys when the file is looked at, and that none can forge.

    What looks like a secret is masked, such as in the message of an exception. Only the first line
    of a record begins at the margin, whatever line ends its words hold.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        """`environment` holds secrets, and tells by its names which of its values are."""
        super().__init__("%(message)s")
        self._secrets = secrets_in(environment)
        # the same names, words and numbers are in line after line
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._value)

    def format(self, record: logging.LogRecord) -> str:
        """The record, with its traceback where there is one, without the line end."""
        fields: dict[str, object] | None = getattr(record, FIELDS, None)
        if fields is not None:
            told = {
                name: self._shown(_text(value))
                for name, value in fields.items()
                if value is not None
            }
            return _line(record, record.getMessage(), told)
        said, *rest = without_secrets(super().format(record), self._secrets).split("\n")
        first = _line(record, record.name, {"said": _quoted(said)})
        return "\n  ".join((first, *map(safe_line, rest)))

    def _shown(self, text: str) -> str:
        return self._remembered(text) if len(text) <= SHORT else self._value(text)

    def _value(self, text: str) -> str:
        return _quoted(without_secrets(text, self._secrets)[:LONGEST_VALUE])


def _line(record: logging.LogRecord, what: str, fields: dict[str, str]) -> str:
    """The columns, and after them the other fields, whose values are as they are shown."""
    moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    columns = [f"{moment[:-6]}Z", record.levelname, _word(what), f"pid={record.process}"]
    columns += [f"{name}={fields.pop(name, NONE)}" for name in ALWAYS]
    return " ".join((*columns, *(f"{name}={value}" for name, value in fields.items())))


def _text(value: object) -> str:
    match value:
        case str():
            return value.value if isinstance(value, Enum) else value
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ",".join(map(str, value))
    return f"{value}"


def _word(text: str) -> str:
    """For a column that has no name."""
    return "_".join(safe_line(text).split()) or NONE


def _quoted(text: str) -> str:
    text = safe_line(text)
    if _PLAIN_WORD.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
