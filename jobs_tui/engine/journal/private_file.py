"""Files that only their owner may read, and a file that one process at a time makes."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jobs_tui.domain.private_files import refuse_foreign, take_from_others

_BESIDE = ("", "-wal", "-shm")
"""What SQLite puts after a file's name for what belongs to it."""


def make_private(path: Path) -> None:
    """Make an empty file before SQLite does, which would let others read it.

    One that is there already is left alone. Raises OSError if it cannot be made.
    """
    with suppress(FileExistsError):
        # never opened without need: closing it would take away the locks that SQLite has on it
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def keep_private(path: Path) -> None:
    """Take from others what an earlier program or a copy has let them do with a file of SQLite.

    That goes for what SQLite keeps beside it, too. Raises PermissionError where one of these is
    another user's, or a symbolic link that another user has made.
    """
    for beside in _BESIDE:
        part = path.with_name(path.name + beside)
        refuse_foreign(part)
        with suppress(FileNotFoundError):
            take_from_others(part)


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Wait until no other process is within this; raises OSError if the lock cannot be made.

    SQLite refuses at once, rather than to wait, where two make the same file ready.
    """
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
