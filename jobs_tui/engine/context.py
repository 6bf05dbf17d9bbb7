"""What is watched, where and how: one set of settings, as the screen gets it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from jobs_tui.engine.engine import Engine

if TYPE_CHECKING:
    # searches are loaded where one is wanted, which is after the first frame
    from jobs_tui.domain.own_command import OwnCommand
    from jobs_tui.domain.thing_selection import ThingSelection
    from jobs_tui.engine.pulse import Pulse
    from jobs_tui.engine.thing_search import ThingSearch

Things = tuple[str, ...]

MOST_THINGS = 10_000
"""Things that are watched at most."""


def _none() -> Things:
    return ()


def _forget(_things: Things) -> None:
    """Keep nothing."""


class Context(NamedTuple):
    """A named set of settings, or the nameless one of the command line."""

    caption: str
    """What tells it from others on the screen."""
    watch: Callable[[Things], Engine]
    """Makes an engine for things; each is run once."""
    things: Things = ()
    """Those that are given; where there are none they are looked for, or chosen by the user."""
    selection: "ThingSelection | None" = None
    """Which things to look for."""
    search: "Callable[[ThingSelection, int], ThingSearch] | None" = None
    """Makes a search for at most so many things; None where there is nothing to ask."""
    used_last: Callable[[], Things] = _none
    """The things that were watched last; reads a file."""
    remember: Callable[[Things], None] = _forget
    """Keeps what is watched now, to be offered next time; writes a file, and raises nothing."""
    problems: tuple[str, ...] = ()
    """What was wrong with the list of things; told once, may hold foreign text."""
    low_bandwidth: bool = False
    """Whether bytes are spared from the start."""
    call_by: str = "off"
    """What calls somebody who does not look: `off`, `bell` or `desktop`."""
    pulses: "Mapping[str, Pulse]" = MappingProxyType({})
    """How the calls of its searches went, by the URL of the endpoint."""
    commands: "tuple[OwnCommand, ...]" = ()
    """The user's own."""
    theme: str = "auto"
    """The name of what gives the screen its colours."""


class Contexts(NamedTuple):
    """The context to begin with, and those that there are besides."""

    first: Context
    names: tuple[str, ...] = ()
    open: Callable[[str], Context] | None = None
    """The context of a name; it was checked when the settings were read."""
    demo: Callable[[], Context] | None = None
    """Makes a context that needs no account, for who has not chosen anything yet."""
    keys: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """The keys that the user has given to commands, in all contexts: by the ids of the commands."""
