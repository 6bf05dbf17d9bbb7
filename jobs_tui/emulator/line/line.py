"""The line between clients and the account: who may ask, how often, and what goes wrong."""

from collections.abc import Mapping
from random import Random

from aiohttp import web

from jobs_tui.domain.clock import Clock, SystemClock
from jobs_tui.emulator.line.faults import Fault, FaultPlan
from jobs_tui.emulator.line.signatures import SignedRequest, check_signature
from jobs_tui.emulator.line.throttle import Rates, Throttle
from jobs_tui.emulator.line.tls import has_client_certificate
from jobs_tui.emulator.rules.service_error import certificate_invalid
from jobs_tui.emulator.wire.handlers import HANDLERS, Asked
from jobs_tui.emulator.wire.operations import DATA_PLANE


class Line:
    """What each request meets, in this order: certificate or signature, throttle, fault."""

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        secrets: Mapping[str, str] | None = None,
        wants_certificate: bool = False,
        rates: Rates | None = None,
        faults: FaultPlan | None = None,
    ) -> None:
        """Make a line on which nothing stands in the way but what is named.

        Args:
            clock: the machine's time: what signatures, rates and delays go by.
            secrets: the secret key of each access key id; None to check no signature.
            wants_certificate: whether a request needs a client certificate, or a signature.
            rates: how many requests per second the data plane takes.
            faults: what goes wrong.
        """
        self.clock: Clock = clock or SystemClock()
        self.faults = faults or FaultPlan((), Random(0))  # noqa: S311 - never drawn from
        """May be changed at any time."""
        self._secrets = secrets
        self._wants_certificate = wants_certificate
        self._throttle = None if rates is None else Throttle(rates, self.clock)

    def authenticate(self, request: web.Request, body: bytes) -> None:
        """Raise ServiceError for a request by somebody who may not ask.

        A device with a certificate does not sign.
        """
        if self._wants_certificate:
            if has_client_certificate(request.transport):
                return
            if "Authorization" not in request.headers:
                raise certificate_invalid()
        if self._secrets is not None:
            signed = SignedRequest(
                request.method, request.raw_path, tuple(request.headers.items()), body
            )
            check_signature(signed, self._secrets, HANDLERS, self.clock.now())

    def admit(self, asked: Asked) -> None:
        """Raise ServiceError for one request too many."""
        if self._throttle is not None and asked.plane == DATA_PLANE:
            self._throttle.check(asked.operation)

    def fault(self, asked: Asked) -> Fault | None:
        """What goes wrong with this request, or None."""
        return self.faults.draw(asked.plane, asked.operation)
