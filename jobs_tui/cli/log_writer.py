"""Writes the log: no longer than it may be, and never in the way of the program.

Several processes may write to one file. Each line is written at once, to the end of it. Whoever
finds it full moves it aside; the others see at their next line that the file is another one.
"""

import fcntl
import logging
import os
import stat
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from jobs_tui.cli.log_file import open_log

LARGEST = 2_000_000
"""Bytes of one file."""

OLDER = 3
"""Files that are kept beside it, each as large: `.1` is the newest of them."""


class LogWriter(logging.Handler):
    """Appends lines to a file; what cannot be written is counted and left out."""

    def __init__(self, path: Path, largest: int = LARGEST) -> None:
        """Open the file; raises OSError if it cannot be written, see `open_log`."""
        super().__init__()
        self._path = path
        self._largest = largest
        self._descriptor = open_log(path)
        self._place = _place_of(path, self._descriptor)
        self._lost = 0
        self._problem: str | None = None
        """Why a line could not be written, the first time."""
        self._tell: Callable[[str], object] | None = None
        self._within = threading.local()

    def tell_problem(self, tell: Callable[[str], object]) -> None:
        """Have this told once, from whatever thread: why a line cannot be written, or could not."""
        self._tell = tell
        if self._problem is not None:
            tell(self._problem)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; raises nothing, and writes to no screen."""
        if getattr(self._within, "writing", False):
            # what is logged by what writes the log would go round and round
            return
        self._within.writing = True
        try:
            self._write(f"{self.format(record)}\n".encode(errors="replace"))
        except Exception as error:  # noqa: BLE001 - a log is never worth the program
            self._lost += 1
            self._note(error)
        finally:
            self._within.writing = False

    def close(self) -> None:
        """Close the file."""
        self.acquire()
        try:
            descriptor, self._descriptor = self._descriptor, -1
            if descriptor >= 0:
                os.close(descriptor)
        finally:
            self.release()
        super().close()

    def _write(self, line: bytes) -> None:
        if self._place is not None:
            self._make_room(self._place, len(line))
        if self._lost:
            line = self._lines_lost() + line
        # one call for all of a line, so that no other process writes in the middle of it
        written = os.write(self._descriptor, line)
        if written < len(line):
            # what there was room for is half a line: the next one must not go on with it
            with suppress(OSError):
                os.write(self._descriptor, b"\n")
            raise OSError(None, "there was no room for all of a line")
        self._lost = 0

    def _lines_lost(self) -> bytes:
        told = f"{self._lost} lines before this one could not be written"
        members = {"name": "log", "levelname": logging.getLevelName(logging.WARNING), "msg": told}
        return f"{self.format(logging.makeLogRecord(members))}\n".encode(errors="replace")

    def _make_room(self, place: Path, length: int) -> None:
        if not _is_open_at(place, self._descriptor):
            self._open_anew()
        size = os.fstat(self._descriptor).st_size
        if size and size + length > self._largest and self._begin_another(place):
            self._open_anew()

    def _begin_another(self, place: Path) -> bool:
        """Move the full file aside; tells whether another one is to be opened in its place."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # another process is about it: this line still goes to the end of the full file
            return False
        except OSError:
            # a file system without locks: two that do so at once lose lines, but spoil none
            pass
        if _is_open_at(place, self._descriptor):
            try:
                for number in range(OLDER, 0, -1):
                    with suppress(FileNotFoundError):
                        _older(place, number - 1).replace(_older(place, number))
            except OSError:
                # where nothing can be moved, room goes before what was logged long ago
                os.ftruncate(self._descriptor, 0)
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)
                return False
        return True

    def _open_anew(self) -> None:
        descriptor = open_log(self._path)
        os.close(self._descriptor)
        self._descriptor = descriptor
        self._place = _place_of(self._path, descriptor)

    def _note(self, error: Exception) -> None:
        if self._problem is not None:
            return
        self._problem = getattr(error, "strerror", None) or type(error).__name__
        if self._tell is not None:
            with suppress(Exception):
                self._tell(self._problem)


def _place_of(path: Path, descriptor: int) -> Path | None:
    """Where the file itself lies, links followed; None for what must not be moved aside.

    That is what is no file, and a stream of this process: what it leads to is somebody else's.
    """
    of_process = path.absolute().is_relative_to("/dev") or path.absolute().is_relative_to("/proc")
    if of_process or not stat.S_ISREG(os.fstat(descriptor).st_mode):
        return None
    return Path(os.path.realpath(path))


def _is_open_at(place: Path, descriptor: int) -> bool:
    try:
        found = place.stat()
    except FileNotFoundError:
        return False
    return os.path.samestat(found, os.fstat(descriptor))


def _older(place: Path, number: int) -> Path:
    return place.with_name(f"{place.name}.{number}") if number else place
