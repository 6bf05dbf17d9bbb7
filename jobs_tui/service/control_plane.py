"""What the rest of the program may ask of the control plane: which things there are, and where."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from jobs_tui.domain.outcome import Outcome

if TYPE_CHECKING:
    # most name their things
    from jobs_tui.domain.thing_selection import ThingSelection


@dataclass(frozen=True, slots=True)
class ThingPage:
    """Some of the things that are looked for."""

    names: tuple[str, ...]
    """Good names, in the order of the service."""
    next_token: str | None
    """Asks for the page that follows; None if there is none."""


class ControlPlane(Protocol):
    """Three ways to list things, and one to find endpoints.

    No call raises, every call ends within its time limit, and none changes anything.
    """

    @property
    def endpoint(self) -> str:
        """The URL that is asked."""
        ...

    async def page_of_things(
        self, selection: "ThingSelection", token: str | None
    ) -> Outcome[ThingPage]:
        """Ask once: for the first page, or for the one that a page before it told the token of.

        Of a name prefix the page has every thing, whatever its name: the service cannot look for
        names. Whoever asks leaves out the others. A page may be empty and yet not the last one.
        """
        ...

    async def describe_endpoint(self, endpoint_type: str) -> Outcome[str]:
        """The account's own host, perhaps with a port, of a type such as `iot:Data-ATS`."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...
