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

from jobs_tui.cli.log_masking import secrets_in, without_secrets
from jobs_tui.domain.logged import FIELDS
from jobs_tui.ui.terminal.safe_text import safe_line

ALWAYS = ("thing", "job", "request")
"""The fields that every line has, in this order."""

NONE = "-"
"""Stands for what a line is not about."""

LONGEST_VALUE = 2_000
"""Characters of one value of an event."""

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

    def format(self, record: logging.LogRecord) -> str:
        """The record, with its traceback where there is one, without the line end."""
        fields: dict[str, object] | None = getattr(record, FIELDS, None)
        if fields is not None:
            told = {
                name: without_secrets(_text(value), self._secrets)[:LONGEST_VALUE]
                for name, value in fields.items()
                if value is not None
            }
            return _line(record, record.getMessage(), told)
        said, *rest = without_secrets(super().format(record), self._secrets).split("\n")
        return "\n  ".join((_line(record, record.name, {"said": said}), *map(safe_line, rest)))


def _line(record: logging.LogRecord, what: str, fields: dict[str, str]) -> str:
    moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    named = (f"{name}={_value(fields.pop(name, NONE))}" for name in ALWAYS)
    head = f"{moment[:-6]}Z {record.levelname} {_word(what)} pid={record.process} {' '.join(named)}"
    return " ".join((head, *(f"{name}={_value(text)}" for name, text in fields.items())))


def _text(value: object) -> str:
    match value:
        case Enum():
            return f"{value.value}"
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.4g}"
        case tuple() | list():
            return ",".join(map(str, value))
    return f"{value}"


def _word(text: str) -> str:
    """For a column that has no name."""
    return re.sub(r"\s", "_", safe_line(text)) or NONE


def _value(text: str) -> str:
    text = safe_line(text)
    if _PLAIN_WORD.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
