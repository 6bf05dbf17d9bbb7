"""A few facts kept in a file between runs, of which the loss does no harm.

A file that cannot be read or written is as good as none.
"""

import contextlib
import errno
import json
import os
import stat
import tempfile
from pathlib import Path
from typing import Any

from jobs_tui.domain.json_levels import too_deep
from jobs_tui.domain.private_files import is_foreign, make_private_folder

BYTES_MOST = 1 << 20
"""A file that is larger is none of this program's."""


class Remembered:
    """JSON values by name, in one file that its owner alone may read; every call blocks shortly."""

    def __init__(self, file: Path | None) -> None:
        """Keep them in this file, whose folder is made when needed; None keeps nothing."""
        self._file = file

    def get(self, name: str) -> Any:
        """What is kept by this name; None without it. Anything may have written the file."""
        return self._all().get(name)

    def values(self) -> tuple[Any, ...]:
        """All that is kept, by whatever name."""
        return tuple(self._all().values())

    def put(self, name: str, value: Any) -> None:
        """Keep a value; raises nothing."""
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            make_private_folder(self._file.parent)
            _replace(self._file, json.dumps(self._all() | {name: value}, indent=1))

    def _all(self) -> dict[str, Any]:
        if self._file is None:
            return {}
        try:
            found = json.loads(_read(self._file))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) and not too_deep(found) else {}


def _read(path: Path) -> bytes:
    """The file, where it is one, of this user's and not too large; raises OSError if not.

    What it says is believed: another user's could lead requests to another endpoint.
    """
    with open(path, "rb", opener=_open_to_read) as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or is_foreign(found) or found.st_size > BYTES_MOST:
            raise PermissionError(errno.EPERM, "it is none of this program's", str(path))
        return file.read(BYTES_MOST)


def _open_to_read(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _replace(path: Path, text: str) -> None:
    """Write the file in one step, so that who reads meanwhile sees the old one or the new one."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
