"""What DescribeEndpoint said, kept in a file: an account's endpoint hardly ever changes.

A file that cannot be read or written is as good as none: the question is asked again.
"""

import contextlib
import json
import os
import re
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

FILE_NAME = "endpoints.json"

FRESH_SECONDS = 7 * 86400.0
"""How long an endpoint is taken without asking again."""

REFUSED_SECONDS = 86400.0
"""How long it is remembered that DescribeEndpoint is not allowed."""

_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:\d{1,5})?")


class CachedEndpoint(NamedTuple):
    """What was said of one account in one region."""

    host: str | None
    """None where DescribeEndpoint was not allowed."""
    fresh: bool
    """Whether it need not be asked again."""


class EndpointCache:
    """The endpoints of accounts, by what tells them apart."""

    def __init__(self, folder: Path | None) -> None:
        """Keep them in a file of this folder, which is made when needed; None keeps nothing."""
        self._folder = folder

    def find(self, account: str, region: str, now: float) -> CachedEndpoint | None:
        """What was last said, at `now` in seconds since the epoch; blocks for a short read."""
        entry = self._entries().get(_key(account, region))
        if not isinstance(entry, dict):
            return None
        host, said_at = entry.get("host"), entry.get("at")
        if not isinstance(said_at, int | float) or not (host is None or is_host(host)):
            return None
        age = now - said_at
        return CachedEndpoint(host, 0 <= age < (REFUSED_SECONDS if host is None else FRESH_SECONDS))

    def keep(self, account: str, region: str, host: str | None, now: float) -> None:
        """Remember what was said; blocks for a short write."""
        if self._folder is None:
            return
        entries = self._entries() | {_key(account, region): {"host": host, "at": now}}
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _replace(self._folder / FILE_NAME, json.dumps(entries, indent=1))

    def _entries(self) -> dict[str, Any]:
        if self._folder is None:
            return {}
        try:
            entries = json.loads((self._folder / FILE_NAME).read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return entries if isinstance(entries, dict) else {}


def is_host(text: object) -> bool:
    """Whether this is nothing but a host name, perhaps with a port."""
    return isinstance(text, str) and _HOST.fullmatch(text) is not None


def _key(account: str, region: str) -> str:
    return f"{region} {account}"


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
