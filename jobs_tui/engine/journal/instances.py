"""Which instances of the program are running, told by locks that end with their process.

A lock of the operating system is gone with the process that held it, however that ended; neither a
process id, which is given out again, nor a time of last life could say as much.

Whoever makes a place or asks about another's holds the journal's own write lock meanwhile: else one
who asks could be taken for the one asked about, and a place could be tidied away while it is made.
"""

import fcntl
import os
import re
from contextlib import suppress
from pathlib import Path

from jobs_tui.domain.private_files import make_private_folder

_NAME = re.compile(r"[0-9a-zA-Z-]+")


class Instance:
    """This process's place among the instances, until it is closed or the process ends."""

    def __init__(self, folder: Path, name: str) -> None:
        """Take the place, and tidy away what instances left that do not run any more.

        Raises OSError if the folder cannot be written.
        """
        self.name = name
        self._folder = folder
        make_private_folder(folder)
        self._descriptor = os.open(self._path(name), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for path in folder.glob("*.lock"):
                self.runs(path.stem)
        except OSError:
            os.close(self._descriptor)
            raise

    def runs(self, name: str) -> bool:
        """Whether another instance still runs; what it left behind is tidied away if not."""
        if name == self.name:
            return True
        if _NAME.fullmatch(name) is None:
            return False
        path = self._path(name)
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
        except FileNotFoundError:
            return False
        except OSError:
            # of another user, as after sudo: not known, so it may well be at work
            return True
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        else:
            path.unlink(missing_ok=True)
            return False
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Give the place up."""
        with suppress(OSError):
            # a folder that cannot be written any more; the lock is what counts
            self._path(self.name).unlink(missing_ok=True)
        os.close(self._descriptor)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.lock"
