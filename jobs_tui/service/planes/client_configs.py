"""How the SDK's two clients are set up, so that no call surprises.

Reads are repeated once by the SDK when the connection breaks or the service is in trouble; writes
never, because the SDK cannot tell a lost request from a lost answer. Each has connections of its
own, so that a change never queues behind refreshes.
"""

from typing import Any

import botocore
from aiobotocore.config import AioConfig

from jobs_tui import __version__
from jobs_tui.service.access.counted_sockets import counted_sockets
from jobs_tui.service.access.http_session import BoundedHTTPSession, SendOnceHTTPSession
from jobs_tui.service.settings import DeviceCertificate, ServiceSettings, StaticCredentials

WRITES_AT_ONCE = 4
"""Changes under way at once; also the size of their connection pool."""

KEEPALIVE_SECONDS = 360
"""Longer than the longest refresh interval: a new TLS connection costs five times the CPU of a call
and ten times its bytes. Where the other side closes one that is not in use, a new one is made."""

USER_AGENT = f"jobs-tui/{__version__}"
"""Said once and for all: the SDK, which adds only its own name to it, would otherwise put together
four times as much anew for each call."""


def client_configs(settings: ServiceSettings) -> list[AioConfig]:
    """For the client that reads and, unless nothing may be changed, the one that writes."""
    reading = _reading(settings)
    return [reading] if settings.read_only else [reading, _writing(settings)]


def by_credentials(settings: ServiceSettings) -> dict[str, Any]:
    """What of a client's configuration goes with the way in."""
    match settings.credentials:
        case StaticCredentials():
            # what keeps the environment out where the program itself gave the keys
            return {"proxies": {}, "ignore_configured_endpoint_urls": True}
        case DeviceCertificate(certificate, private_key):
            return {
                "signature_version": botocore.UNSIGNED,
                "client_cert": (str(certificate), str(private_key)),
            }
    return {}


def trusted(settings: ServiceSettings, url: str | None) -> bool | str | None:
    """Who vouches for the host of an endpoint: a file, nobody, or None for what the SDK says."""
    if (url or "").startswith("http://"):
        # loading CA certificates costs more than the first call
        return False
    if settings.authorities is not None:
        return str(settings.authorities)
    return True if isinstance(settings.credentials, StaticCredentials) else None


def _reading(settings: ServiceSettings) -> AioConfig:
    return AioConfig(
        user_agent=USER_AGENT,
        retries={"mode": "standard", "total_max_attempts": 2},
        connect_timeout=settings.read_time_limit,
        read_timeout=settings.read_time_limit,
        # less would make a call wait for a connection that it could have
        max_pool_connections=settings.concurrency,
        connector_args={
            "keepalive_timeout": KEEPALIVE_SECONDS,
            "socket_factory": counted_sockets(settings.traffic),
        },
        http_session_cls=BoundedHTTPSession,
        **by_credentials(settings),
    )


def _writing(settings: ServiceSettings) -> AioConfig:
    return AioConfig(
        user_agent=USER_AGENT,
        retries={"mode": "standard", "total_max_attempts": 1},
        # ends before the call does, to tell: without a connection nothing was sent
        connect_timeout=settings.write_time_limit * 2 / 3,
        read_timeout=settings.write_time_limit,
        max_pool_connections=WRITES_AT_ONCE,
        # a connection that was kept may be dead, which would look like a lost answer
        connector_args={
            "force_close": True,
            "keepalive_timeout": None,
            "socket_factory": counted_sockets(settings.traffic),
        },
        http_session_cls=SendOnceHTTPSession,
        **by_credentials(settings),
    )
