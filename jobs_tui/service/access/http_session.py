"""How requests leave: aiobotocore's HTTP session, bounded where it trusts the other side."""

import ssl
from typing import Any, NamedTuple

import aiohttp
from aiobotocore.httpsession import AIOHTTPSession

from jobs_tui.service.answers.bad_reply import BadReply

NOT_ASKED_FOR = ("Accept",)
"""Headers that aiohttp adds and the SDK does without."""

LARGEST_BODY = 1 << 20
"""Bytes of an answer that are read; the longest that the service gives is a tenth of it."""


class BoundedHTTPSession(AIOHTTPSession):  # type: ignore[misc]
    """Follows no redirect, reads no body without end, and asks nobody for a pass phrase.

    A redirect would take the request with its session token to wherever a portal likes, and an
    update a second time.
    """

    largest_body = LARGEST_BODY
    """Bytes of an answer that are read."""

    async def _get_session(self, proxy_url: str | None) -> "_BoundedRequests":
        return _BoundedRequests(await super()._get_session(proxy_url), self.largest_body)

    def _get_ssl_context(self) -> ssl.SSLContext:
        context: Any = super()._get_ssl_context()
        # some versions of aiobotocore leave it as urllib3 wants it, which looks at the name itself
        context.check_hostname = True
        load = context.load_cert_chain

        def load_cert_chain(certfile: str, keyfile: str | None = None) -> None:
            from jobs_tui.service.access.device_certificate import (  # noqa: PLC0415 - few have one
                load_without_asking,
            )

            load_without_asking(load, certfile, keyfile)

        context.load_cert_chain = load_cert_chain
        return context  # type: ignore[no-any-return]


class SendOnceHTTPSession(BoundedHTTPSession):
    """Also sends each request once: aiohttp repeats a PUT when the connection breaks."""

    async def _get_session(self, proxy_url: str | None) -> "_BoundedRequests":
        bounded = await super()._get_session(proxy_url)
        bounded.session._retry_connection = False  # noqa: SLF001 - there is no public switch
        return bounded


class _Answer(NamedTuple):
    """As much of an aiohttp response as aiobotocore looks at, its body read."""

    url: str
    status: int
    raw_headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    async def read(self) -> bytes:
        return self.body


class _BoundedRequests:
    """Stands before an aiohttp session, whose limits are not those that aiobotocore sets."""

    def __init__(self, session: aiohttp.ClientSession, largest_body: int) -> None:
        self.session = session
        self._largest_body = largest_body

    async def request(self, method: str, **options: Any) -> _Answer:
        async with self.session.request(
            method, allow_redirects=False, skip_auto_headers=NOT_ASKED_FOR, **options
        ) as response:
            body = bytearray()
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > self._largest_body:
                    raise BadReply(f"the body has more than {self._largest_body >> 20} MiB")
            return _Answer(str(response.url), response.status, response.raw_headers, bytes(body))
