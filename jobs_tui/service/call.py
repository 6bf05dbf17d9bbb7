"""One call of an operation, as far as its failure has to name it."""

from dataclasses import dataclass

from jobs_tui.domain.outcome import Failure, NotConfirmed, Unreachable
from jobs_tui.service.endpoint import host_of


@dataclass(frozen=True, slots=True)
class Call:
    """What was asked, where, and for how long."""

    operation: str
    """The operation's name in the service model."""
    thing_name: str
    writes: bool
    """Whether it may change something, so that a lost answer leaves a doubt."""
    endpoint: str
    """The URL that is asked."""
    region: str
    partition: str
    """The first part of ARNs: `aws`, `aws-cn`, `aws-us-gov`."""
    time_limit: float
    """Seconds in all."""

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
