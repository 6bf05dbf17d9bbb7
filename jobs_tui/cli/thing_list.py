"""The names of things in a file, one a line, read so that no file takes long or much memory.

What cannot be used is left out and told; the rest is shown.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from jobs_tui.cli.settings.problems import SettingsError
from jobs_tui.domain.names import THING_NAME_MAX, thing_name_problem
from jobs_tui.engine.context import MOST_THINGS

MOST_LINES = 1_000_000
MOST_BYTES = 128 * 1024 * 1024
"""How far a file is read; so many names of full length are longer than any list worth watching."""

BLOCK = 64 * 1024
"""Bytes that are read at once."""

LONGEST_KEPT = 4 * THING_NAME_MAX
"""Bytes that are kept of a line: more than a name has, so that what is longer cannot be one."""

LINES_TOLD = 3
"""Lines of which the numbers are told."""

LONGEST_FILE_NAME = 30

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class ThingList(NamedTuple):
    """What a file of names says."""

    names: tuple[str, ...]
    """Each once, in the order of the file."""
    problems: tuple[str, ...] = ()
    """What was left out, in one sentence or two; may hold foreign text."""


def read_thing_list(path: Path) -> ThingList:
    """The things that a file names.

    Raises SettingsError, in one line, for a file that cannot be read or that names no thing.
    """
    try:
        with _opened(path) as file:
            gathered = gather(iter(partial(file.read, BLOCK), b""))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SettingsError(f"{path}: there is no such file") from error
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
    file_name = path.name
    if len(file_name) > LONGEST_FILE_NAME:
        file_name = f"{file_name[: LONGEST_FILE_NAME - 1]}\u2026"
    problems = tuple(f"{file_name}: {told}" for told in gathered.told)
    if gathered.names:
        return ThingList(tuple(gathered.names), problems)
    if gathered.utf_16:
        raise SettingsError(f"{path}: is UTF-16, and names of things are read as UTF-8")
    why = "".join(f"; {told}" for told in gathered.told)
    raise SettingsError(f"{path}: no thing is named in it{why}")


class Gathered:
    """The names that were found, and what was left out."""

    def __init__(self) -> None:
        self.names: dict[str, None] = {}
        self.cannot_exist = 0
        self.first_bad: list[int] = []
        """The lines of the first names that cannot exist."""
        self.repeated = 0
        self.full_at: int | None = None
        """The line with the first thing that is too many; nothing after it is read."""
        self.unread_from: int | None = None
        """The line from which on the file is too long to be read."""
        self.cut_off = False
        """Whether the end of a line was not seen, for it lies too far behind."""
        self.utf_16 = False

    @property
    def told(self) -> tuple[str, ...]:
        """What was left out; nothing if that is nothing."""
        parts = []
        if count := self.cannot_exist:
            names, lines = ("1 name", "line") if count == 1 else (f"{count:,} names", "lines")
            first = ", ".join(f"{line:,}" for line in self.first_bad)
            more = ", \u2026" if count > LINES_TOLD else ""
            parts.append(f"{names} cannot exist ({lines} {first}{more})")
        if count := self.repeated:
            are = "is" if count == 1 else "are"
            parts.append(f"{count:,} {are} there twice")
        sentences = [", ".join(parts)] if parts else []
        if self.full_at is not None:
            sentences.append(
                f"{MOST_THINGS:,} things are the most, the rest from line {self.full_at:,} is "
                "left out"
            )
        elif self.unread_from is not None:
            sentences.append(f"too long, the rest from line {self.unread_from:,} is not read")
        return tuple(sentences)


def gather(blocks: Iterable[bytes]) -> Gathered:
    """The names in a text of UTF-8 that comes in pieces of any length; raises nothing.

    Blank lines and those that begin with # are skipped, white space around a name is ignored.
    """
    found = Gathered()
    names = found.names
    number = 0
    for lines in _lines(blocks, found):
        for line in lines:
            if number == MOST_LINES:
                found.unread_from = number + 1
                return found
            number += 1
            name = line.strip()
            if not name or name[0] == "#":
                continue
            if name in names:
                found.repeated += 1
            elif thing_name_problem(name) is not None:
                found.cannot_exist += 1
                if found.cannot_exist <= LINES_TOLD:
                    found.first_bad.append(number)
            elif len(names) == MOST_THINGS:
                found.full_at = number
                return found
            else:
                names[name] = None
    if found.cut_off:
        found.unread_from = number + 1
    return found


def _lines(blocks: Iterable[bytes], found: Gathered) -> Iterator[list[str]]:
    """The lines, many at a time; what cannot be decoded leaves a sign that no name may hold."""
    left_bytes = MOST_BYTES
    begun = b""
    mark = _BYTE_ORDER_MARK
    for block in blocks:
        if mark:
            found.utf_16 = block.startswith(_UTF_16)
        left_bytes -= len(block)
        whole, newline, rest = block.removeprefix(mark).rpartition(b"\n")
        mark = b""
        if newline:
            yield (begun + whole).decode(errors="replace").split("\n")
            begun = b""
        begun = _squeezed(begun + rest)
        if left_bytes < 0:
            found.cut_off = True
            return
    if begun:
        yield [begun.decode(errors="replace")]


def _squeezed(line: bytes) -> bytes:
    """Enough of the begin of a line to know later whether it was blank, a comment or a name."""
    if len(line) <= LONGEST_KEPT:
        return line
    begun = line.lstrip()
    word = begun.rstrip()
    if len(word) > LONGEST_KEPT:
        return word[:LONGEST_KEPT]
    return word if len(word) == len(begun) else word + b" "


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """A file, or a pipe as the shell makes one; one that nobody writes to is empty.

    Raises OSError, or SettingsError for a device, which may have no end.
    """
    with open(path, "rb", opener=_without_waiting) as file:
        mode = os.fstat(file.fileno()).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise SettingsError(f"{path}: is neither a file nor a pipe")
        os.set_blocking(file.fileno(), True)
        yield file


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)
