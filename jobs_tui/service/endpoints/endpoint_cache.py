"""What DescribeEndpoint said, kept in a file: an account's endpoint hardly ever changes."""

from pathlib import Path
from typing import NamedTuple

from jobs_tui.service.endpoint import is_host
from jobs_tui.service.remembered import Remembered

FILE_NAME = "endpoints.json"

FRESH_SECONDS = 7 * 86400.0
"""How long an endpoint is taken without asking again."""

REFUSED_SECONDS = 86400.0
"""How long it is remembered that DescribeEndpoint is not allowed."""


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
        self._remembered = Remembered(None if folder is None else folder / FILE_NAME)

    def find(self, account: str, region: str, now: float) -> CachedEndpoint | None:
        """What was last said, at `now` in seconds since the epoch; blocks for a short read."""
        entry = self._remembered.get(_name(account, region))
        if not isinstance(entry, dict):
            return None
        host, said_at = entry.get("host"), entry.get("at")
        if not isinstance(said_at, int | float) or not (host is None or is_host(host)):
            return None
        age = now - said_at
        return CachedEndpoint(host, 0 <= age < (REFUSED_SECONDS if host is None else FRESH_SECONDS))

    def keep(self, account: str, region: str, host: str | None, now: float) -> None:
        """Remember what was said; blocks for a short write."""
        self._remembered.put(_name(account, region), {"host": host, "at": now})


def _name(account: str, region: str) -> str:
    return f"{region} {account}"
