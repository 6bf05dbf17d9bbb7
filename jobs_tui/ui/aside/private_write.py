"""Writing a text to a file that a user named: for them alone, as a whole, or not at all."""

import os
import stat
from contextlib import suppress
from pathlib import Path


def named_path(text: str) -> Path:
    """The path that was typed, seen from the current folder. Raises OSError in words."""
    if not text.strip():
        raise OSError("type the path of a file")
    try:
        return Path(text.strip()).expanduser().absolute()
    except RuntimeError as error:
        raise OSError("that home folder is not known") from error


def write_private(path: Path, data: bytes, *, replace: bool) -> None:
    """Write a file of mode 0600, so that nobody ever sees a part of it.

    Raises FileExistsError if there is one already and it is not to be replaced, and OSError for all
    else. What is no file, such as a folder or a device, is never replaced.
    """
    with suppress(FileNotFoundError):
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise IsADirectoryError(0, "that is a folder, or no file that could be replaced")
        if not replace:
            raise FileExistsError(0, "there is such a file already")
    beside = path.with_name(f".{path.name[:200]}.{os.urandom(4).hex()}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if not replace:
            _claim(path)
        beside.replace(path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def _claim(path: Path) -> None:
    """Take the name before somebody else does; raises FileExistsError if they have.

    A link of the finished file would do, too, but not every file system has them.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
