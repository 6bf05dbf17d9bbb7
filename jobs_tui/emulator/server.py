"""The emulator over HTTP, on loopback only."""

import json
import logging
import re
import uuid
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from random import Random
from types import TracebackType
from typing import Self

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from jobs_tui.emulator import control_plane, data_plane, wire
from jobs_tui.emulator.account import Account
from jobs_tui.emulator.call import Call
from jobs_tui.emulator.service_error import (
    ServiceError,
    access_denied,
    invalid_request,
    unknown_operation,
)

Intercept = Callable[[web.Request], Awaitable[web.StreamResponse | None]]
"""A test's hand in the line: called with each request before it is answered.

It returns None to let the request go its way, or the response to send instead; it may raise
ServiceError to refuse, and it may call `EmulatorServer.answer` to have the request done and then
send something else, or cut the connection (`request.transport.abort()`).
"""

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_Plane = Callable[[Account, Call], wire.JsonObject | None]

HOST = "127.0.0.1"
STOP_WITHIN = 1.0
"""Seconds that stopping waits for requests under way, before it drops them."""

_LOG = logging.getLogger(__name__)

_LOOPBACK = r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?"
_LOOPBACK_HOST = re.compile(_LOOPBACK, re.IGNORECASE)
_LOOPBACK_ORIGIN = re.compile("https?://" + _LOOPBACK, re.IGNORECASE)

_BOTH_PLANES: tuple[_Plane, ...] = (data_plane.answer, control_plane.answer)
_PLANES: dict[str | None, tuple[_Plane, ...]] = {
    "iot-jobs-data": (data_plane.answer,),
    "iot": (control_plane.answer,),
}
"""By the service for which a request is signed: two of its paths mean different operations in the
two planes. What is signed for neither, or not at all, is tried on both."""


def _is_our_affair(record: logging.LogRecord) -> bool:
    """Whether to log: aiohttp answers broken HTTP itself, but writes a traceback for it as well."""
    broken = (HttpProcessingError, web.RequestPayloadError)
    return record.exc_info is None or not isinstance(record.exc_info[1], broken)


_LOG.addFilter(_is_our_affair)


class EmulatorServer:
    """Serves one account to SDKs, to the AWS CLI and to device agents.

    Signatures are not checked. A request from a web page is refused, be it by its Origin or, after
    DNS rebinding, by its Host.
    """

    def __init__(
        self, account: Account, port: int = 0, *, intercept: Intercept | None = None
    ) -> None:
        """Make a server; port 0 takes a free one."""
        self.account = account
        self.intercept = intercept
        """May be changed at any time."""
        self.url = ""
        """`http://127.0.0.1:PORT` once started."""
        self._port = port
        self._request_ids = Random(account.random.getrandbits(64))  # noqa: S311 - names, not secrets
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Serve from now on, on the running event loop. Raises OSError if the port is taken."""
        # without any route: the one middleware answers everything, also what no route could match
        application = web.Application(middlewares=[self._handle])
        runner = web.AppRunner(
            application, access_log=None, logger=_LOG, shutdown_timeout=STOP_WITHIN
        )
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, self._port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        self.url = f"http://{HOST}:{runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close the port and every connection."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def answer(self, request: web.Request) -> web.Response:
        """Do what a request asks and make the answer of the service, be it a refusal."""
        try:
            call = Call.parse(
                request.method,
                request.raw_path,
                request.headers.get("Authorization", ""),
                await _body(request),
            )
            return self._respond(200, self._members(call))
        except ServiceError as refusal:
            return self._refuse(refusal)

    @web.middleware
    async def _handle(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        try:
            _check_comes_from_here(request)
            if self.intercept is not None:
                instead = await self.intercept(request)
                if instead is not None:
                    return instead
        except ServiceError as refusal:
            return self._refuse(refusal)
        return await self.answer(request)

    def _members(self, call: Call) -> wire.JsonObject:
        for plane in _PLANES.get(call.signing_name, _BOTH_PLANES):
            members = plane(self.account, call)
            if members is not None:
                return members
        raise unknown_operation(call.method, call.path)

    def _refuse(self, refusal: ServiceError) -> web.Response:
        response = self._respond(refusal.http_status, wire.error(refusal))
        response.headers["x-amzn-ErrorType"] = refusal.code
        return response

    def _respond(self, status: int, members: wire.JsonObject) -> web.Response:
        request_id = uuid.UUID(int=self._request_ids.getrandbits(128), version=4)
        return web.Response(
            status=status,
            body=json.dumps(members).encode("ascii"),
            content_type="application/json",
            headers={
                "Date": formatdate(self.account.clock.now(), usegmt=True),
                "x-amzn-RequestId": str(request_id),
            },
        )


def _check_comes_from_here(request: web.Request) -> None:
    hosts = request.headers.getall("Host", [])
    if len(hosts) != 1 or _LOOPBACK_HOST.fullmatch(hosts[0]) is None:
        raise access_denied("The emulator answers on loopback only: the Host header names another")
    origin = request.headers.get("Origin")
    if origin is not None and _LOOPBACK_ORIGIN.fullmatch(origin) is None:
        raise access_denied("The emulator does not answer web pages of other origins")


async def _body(request: web.Request) -> bytes:
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge as error:
        raise invalid_request("The request body is too large") from error
    except web.RequestPayloadError as error:
        raise invalid_request("The request body cannot be decoded") from error
    except ConnectionError as error:
        # the client is gone: nobody reads this, and it is nothing to log either
        raise invalid_request("The request body broke off") from error
