"""What one source says must go together: one thing to watch, and one whole way in."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from jobs_tui.cli.settings.declared import (
    CERT,
    CREDENTIALS_ENDPOINT,
    CREDENTIALS_THING,
    KEY,
    PROFILE,
    ROLE_ALIAS,
    WAY_IN,
    WHAT,
)
from jobs_tui.cli.settings.setting import Setting
from jobs_tui.cli.settings.source import Level

NEEDS: dict[Setting[Any], tuple[Setting[Any], ...]] = {
    ROLE_ALIAS: (CERT, KEY, CREDENTIALS_ENDPOINT),
    CREDENTIALS_ENDPOINT: (ROLE_ALIAS,),
    CREDENTIALS_THING: (ROLE_ALIAS,),
    CERT: (KEY,),
    KEY: (CERT,),
}
"""What makes no sense without what; the first that lacks something tells it for all."""


class Clash(NamedTuple):
    """Settings of one source that cannot be meant together."""

    setting: str
    """The name of the one to point at."""
    message: str


def clashes(level: Level, spelled: Callable[[Setting[Any]], str]) -> Iterator[Clash]:
    """What of one source does not go together; `spelled` names a setting as its user knows it."""
    # a switch that is off, and a list without names, say that nothing is to be watched
    what = [each for each in WHAT if each.name in level and level[each.name].value]
    if len(what) > 1:
        names = _joined([spelled(each) for each in what])
        yield Clash(what[-1].name, f"{names} each say what to watch; keep one of them")
    ways = [each for each in WAY_IN if each.name in level]
    if PROFILE in ways and len(ways) > 1:
        other = next(each for each in ways if each != PROFILE)
        both = f"{spelled(PROFILE)} and {spelled(other)}"
        yield Clash(other.name, f"{both} are two ways in; keep one of them")
        return
    for setting, needed in NEEDS.items():
        missing = [each for each in needed if each not in ways]
        if setting in ways and missing:
            names = _joined([spelled(each) for each in missing])
            yield Clash(setting.name, f"{spelled(setting)} needs {names} beside it")
            return


def _joined(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
