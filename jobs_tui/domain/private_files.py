"""Files and folders of this user's alone, also where another one may write beside them.

Whoever may write in the folder above ours can put a folder or a symbolic link of their own in the
place of ours: it would be written, read and believed. So both are looked at before they are used.
"""

import errno
import os
import stat
from pathlib import Path

OTHERS = 0o077
"""What nobody but the owner of a file has to be allowed."""


def refuse_foreign(path: Path) -> None:
    """Raise PermissionError where it is another user who leads there, or owns what is there.

    A symbolic link of this user's, or of the system's, is followed: many keep their settings so.
    """
    path = path.absolute()
    for part in (path, *path.parents):
        try:
            found = part.lstat()
        except FileNotFoundError:
            continue
        if stat.S_ISLNK(found.st_mode) and is_foreign(found):
            raise _refusal("another user has put a symbolic link there", part)
    try:
        found = path.stat()
    except FileNotFoundError:
        return
    if is_foreign(found):
        raise _refusal("it belongs to another user", path)


def is_foreign(found: os.stat_result) -> bool:
    """Whether something belongs to neither this user nor the system."""
    return found.st_uid not in {0, os.geteuid()}


def make_private_folder(folder: Path) -> None:
    """Make a folder, with those above it, or take from others what they may do in it.

    Raises OSError, also for one of another user's.
    """
    refuse_foreign(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    take_from_others(folder)


def take_from_others(path: Path) -> None:
    """Take from others what they may do with a file or a folder, where it is this user's.

    File systems without such rights are left as they are. Raises OSError if nothing is there.
    """
    found = path.stat()
    if found.st_mode & OTHERS and found.st_uid == os.geteuid():
        try:
            path.chmod(found.st_mode & ~OTHERS & 0o777)
        except PermissionError:
            return


def _refusal(words: str, path: Path) -> PermissionError:
    return PermissionError(errno.EPERM, words, str(path))
