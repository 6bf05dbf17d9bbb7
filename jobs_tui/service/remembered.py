"""A few facts kept in a file between runs, of which the loss does no harm.

A file that cannot be read or written is as good as none.
"""

import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any


class Remembered:
    """JSON values by name, in one file that its owner alone may read; every call blocks shortly."""

    def __init__(self, file: Path | None) -> None:
        """Keep them in this file, whose folder is made when needed; None keeps nothing."""
        self._file = file

    def get(self, name: str) -> Any:
        """What is kept by this name; None without it. Anything may have written the file."""
        return self._all().get(name)

    def put(self, name: str, value: Any) -> None:
        """Keep a value; raises nothing."""
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _replace(self._file, json.dumps(self._all() | {name: value}, indent=1))

    def _all(self) -> dict[str, Any]:
        if self._file is None:
            return {}
        try:
            found = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


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
