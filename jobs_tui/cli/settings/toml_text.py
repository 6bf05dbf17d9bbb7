"""The file as TOML, or on which line it is none."""

import re
import tomllib
from pathlib import Path

from jobs_tui.cli.settings.problems import SettingsError

_AT = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)\Z")


def text_of(data: bytes, path: Path) -> str:
    """The text of a file; raises SettingsError with the line on which it is not UTF-8."""
    try:
        # editors on some platforms put a mark in front that TOML does not know
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{path}:{line}: is not UTF-8") from error


def parsed(text: str, path: Path) -> dict[str, object]:
    """The document; raises SettingsError with the line and column where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(f"{error}")
        last = text.count("\n") + 1
        where = f"{last}" if at is None or at["line"] is None else f"{at['line']}:{at['column']}"
        raise SettingsError(f"{path}:{where}: {_AT.sub('', f'{error}')}") from error
    except (ValueError, RecursionError) as error:
        # what tomllib leaves to Python: numbers of thousands of digits, thousands of brackets
        raise SettingsError(f"{path}: holds a value that is too long or too deep") from error
