"""Sockets that count what goes through them, and notice where the other side is gone.

Counted is every byte that is handed to TCP or comes from it: requests and answers with their
headers, TLS records and hand-shakes, what a proxy is told. Not counted are the headers of TCP and
IP (40 to 60 bytes a packet), acknowledgements, what is sent twice, probes, name look-ups, and what
the SDK asks of others to get credentials: token services, SSO, metadata services.
"""

import socket
from collections.abc import Callable
from typing import Any

from jobs_tui.domain.traffic import Traffic

AddressInfo = tuple[Any, ...]
"""What `getaddrinfo` tells: family, kind, protocol, name, address."""

RECEIVED_AT_ONCE = 32 * 1024
"""Bytes that are taken at most before others have their turn: what is made of them, when they are
thousands of answers before the answer, takes its time. Most answers are smaller.
"""

PROBE_AFTER_SECONDS = 45
"""Silence before a connection is probed: what forgets it on the way has 60 s at the shortest."""

PROBE_EVERY_SECONDS = 15
PROBES = 3
"""So many without an answer, and the connection is gone: two minutes after its last call."""

_PROBING = {
    # the same on Linux, on macOS, and on both
    "TCP_KEEPIDLE": PROBE_AFTER_SECONDS,
    "TCP_KEEPALIVE": PROBE_AFTER_SECONDS,
    "TCP_KEEPINTVL": PROBE_EVERY_SECONDS,
    "TCP_KEEPCNT": PROBES,
}


class CountedSocket(socket.socket):
    """A socket; asyncio calls no other methods than these on one with a connection."""

    __slots__ = ("_traffic",)

    def __init__(self, traffic: Traffic, family: int, kind: int, protocol: int) -> None:
        super().__init__(family, kind, protocol)
        self._traffic = traffic

    def send(self, data: Any, flags: int = 0) -> int:
        """Send what fits, and count it."""
        sent = super().send(data, flags)
        self._traffic.sent += sent
        return sent

    def sendmsg(self, buffers: Any, *options: Any) -> int:
        """The same, from several buffers."""
        sent = super().sendmsg(buffers, *options)
        self._traffic.sent += sent
        return sent

    def recv(self, size: int, flags: int = 0) -> bytes:
        """Receive what is there, and count it."""
        data = super().recv(min(size, RECEIVED_AT_ONCE), flags)
        self._traffic.received += len(data)
        return data

    def recv_into(self, buffer: Any, size: int = 0, flags: int = 0) -> int:
        """The same, into a buffer."""
        room = min(size or len(buffer), RECEIVED_AT_ONCE)
        received = super().recv_into(buffer, room, flags)
        self._traffic.received += received
        return received


def counted_sockets(traffic: Traffic) -> Callable[[AddressInfo], socket.socket]:
    """Makes the sockets of a connector, which are closed where the other side is silent for long.

    Without that, a connection that was forgotten on the way is noticed only when a read over it is
    out of time.
    """

    def new_socket(address: AddressInfo) -> socket.socket:
        family, kind, protocol, *_ = address
        made = CountedSocket(traffic, family, kind, protocol)
        if family in (socket.AF_INET, socket.AF_INET6):
            made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            for name, value in _PROBING.items():
                if hasattr(socket, name):
                    made.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
        return made

    return new_socket
