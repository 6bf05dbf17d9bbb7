"""One call of an operation, as far as its failure has to name it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from jobs_tui.domain.outcome import Failure, NotConfirmed, Unreachable
from jobs_tui.service.endpoint import host_of


def no_permission() -> str:
    """What there is to say of permissions where none is wanted."""
    return ""


Meaning = tuple[type[Failure], str]
"""What the service's name of an error means: how the call ended, and the next step."""


class Call(NamedTuple):
    """What was asked, where, and for how long."""

    operation: str
    """The operation's name in the service model."""
    permission: Callable[[], str]
    """Says what has to be done for whoever is not allowed this: which action on which resource."""
    writes: bool
    """Whether it may change something, so that a lost answer leaves a doubt."""
    endpoint: str
    """The URL that is asked."""
    time_limit: float
    """Seconds in all."""
    meanings: Mapping[str, Meaning] = MappingProxyType({})
    """By the service's name of the error, what it means here rather than for any call."""
    by_certificate: bool = False
    """Whether a client certificate says who asks, and no signature."""

    @property
    def host(self) -> str:
        """Host and port of the endpoint, without what else a URL may hold."""
        return host_of(self.endpoint)

    def unanswered(
        self, reason: str, advice: str, *, sent: bool, code: str = "", request_id: str | None = None
    ) -> Failure:
        """How a call ends whose answer is missing or proves nothing."""
        if self.writes and sent:
            return NotConfirmed(reason, advice, code, request_id)
        return Unreachable(reason, advice, code, request_id)
