"""Opens the file for warnings: whoever may write beside it can neither read nor direct it."""

import os
import stat
from pathlib import Path

from jobs_tui.domain.private_files import OTHERS, refuse_foreign


def open_log(path: Path) -> int:
    """Open the file to append to it; returns its descriptor.

    It is made for its owner alone, and made so if others may read it. A symbolic link is followed
    where this user or the system has made it, as `/dev/stderr` and links in `/var/log` are; one
    that another user has put there, as anybody can in `/tmp`, would lead what is logged elsewhere.
    Raises OSError for that, for another user's file, and for a pipe that nobody reads.
    """
    refuse_foreign(path)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NONBLOCK
    descriptor = os.open(path, flags, 0o600)
    os.set_blocking(descriptor, True)
    found = os.fstat(descriptor)
    if stat.S_ISREG(found.st_mode) and found.st_mode & OTHERS and found.st_uid == os.geteuid():
        os.fchmod(descriptor, found.st_mode & ~OTHERS & 0o777)
    return descriptor
