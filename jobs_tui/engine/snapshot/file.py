"""The file of a snapshot: read whole, and replaced in one step; only its owner may read it."""

import fcntl
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from jobs_tui.domain.private_files import is_foreign, make_private_folder
from jobs_tui.engine.snapshot.format import (
    UnreadableSnapshotError,
    header_of,
    label_of,
    owner_in,
)

NAMES_BEGIN = "things-"
"""How the names of all snapshots begin."""

LOCK_NAME = "things.lock"

BYTES_MOST = 64 * 2**20
"""A file that is larger is none of this program's."""

THINGS_MOST = 20_000
"""Lines that are kept at most: those of things that are not watched any more go first."""

KEPT_SECONDS = 30 * 86400.0
"""How long the line of a thing that is not watched any more is kept, and a file that is unused."""

AHEAD_SECONDS = 86400.0
"""A line from later than this after now was written by a clock that was wrong."""

_BUFFER = 64 * 1024


class Content(NamedTuple):
    """What a file holds."""

    owner: str
    """Whose things it is about."""
    lines: BytesIO
    """One for each thing."""
    whole: bool
    """Whether these are all of its lines."""


class SnapshotFile:
    """One file in the folder for caches; every method blocks, and raises OSError."""

    def __init__(self, path: Path) -> None:
        """Its name begins with `NAMES_BEGIN`; its folder is made when needed."""
        self.path = path

    def read(self, at_most: int = BYTES_MOST) -> Content:
        """The beginning of the file, in whole lines.

        No symbolic link is followed, and nothing is waited for that is no file. Raises
        UnreadableSnapshotError, which is an OSError, for what this program cannot read.
        """
        with open(self.path, "rb", buffering=0, opener=_open_to_read) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise UnreadableSnapshotError("it is no file")
            if is_foreign(found):
                raise UnreadableSnapshotError("it belongs to another user")
            if found.st_size > BYTES_MOST:
                raise UnreadableSnapshotError("it is larger than any snapshot")
            data = file.read(min(at_most, found.st_size + 1)) or b""
        whole = len(data) >= found.st_size
        lines = BytesIO(data if whole else data[: data.rfind(b"\n") + 1])
        return Content(owner_in(lines.readline()), lines, whole)

    def merge(self, owner: str, lines: Mapping[str, bytes], now: float) -> bool:
        """Put these lines, by the names of their things, in the place of those that are there.

        Lines of other things stay, unless the file is about somebody else's things, or they are
        too old at service time `now`, or too many. Tells whether there was a file to be added to.
        If it fails the file is as it was. Raises BlockingIOError while another process is at it.
        """
        folder = self.path.parent
        make_private_folder(folder)
        new = self.path.with_name(f"{self.path.name}.new")
        with _alone(folder / LOCK_NAME):
            kept = self._lines_of(owner)
            new.unlink(missing_ok=True)
            try:
                with open(new, "xb", buffering=_BUFFER, opener=_open_private) as file:
                    file.write(header_of(owner))
                    # the latest first: what is looked for first is found soon, what is last is old
                    file.writelines(lines.values())
                    file.writelines(_others(kept or BytesIO(), lines, now))
                new.replace(self.path)
            except OSError:
                new.unlink(missing_ok=True)
                raise
        return kept is not None

    def tidy(self, now: float) -> None:
        """Remove other snapshots that nobody has written for long, by this machine's clock."""
        with os.scandir(self.path.parent) as entries:
            for entry in entries:
                if entry.name == self.path.name or not entry.name.startswith(NAMES_BEGIN):
                    continue
                found = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(found.st_mode) and now - found.st_mtime > KEPT_SECONDS:
                    Path(entry.path).unlink(missing_ok=True)

    def _lines_of(self, owner: str) -> BytesIO | None:
        """The lines of somebody's things, where the file can be read and is about these."""
        with suppress(OSError):
            content = self.read()
            if content.owner == owner:
                return content.lines
        return None


def lines_of(lines: Iterable[bytes], names: Collection[str]) -> tuple[dict[str, bytes], int]:
    """The lines of these things, by name, and how many lines are damaged at their beginning."""
    found: dict[str, bytes] = {}
    damaged = 0
    for line in lines:
        label = label_of(line)
        if label is None:
            damaged += 1
        elif label.thing_name in names:
            found.setdefault(label.thing_name, line)
    return found, damaged


def _others(lines: Iterable[bytes], written: Collection[str], now: float) -> Iterator[bytes]:
    room = THINGS_MOST - len(written)
    seen = set(written)
    for line in lines:
        if room <= 0:
            return
        label = label_of(line)
        if label is None or label.thing_name in seen:
            continue
        if -AHEAD_SECONDS <= now - label.answered_at <= KEPT_SECONDS:
            seen.add(label.thing_name)
            room -= 1
            yield line


def _open_to_read(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(lock, flags, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)
