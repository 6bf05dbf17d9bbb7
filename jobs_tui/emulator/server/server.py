"""The emulator over HTTP, on loopback only."""

import json
import logging
import ssl
import uuid
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from random import Random
from types import TracebackType
from typing import Self

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.line.line import Line
from jobs_tui.emulator.line.loopback import check_comes_from_here
from jobs_tui.emulator.rules.service_error import (
    ServiceError,
    invalid_request,
    service_unavailable,
)
from jobs_tui.emulator.server import fault_player
from jobs_tui.emulator.state.state_file import StateFileError
from jobs_tui.emulator.wire import answers
from jobs_tui.emulator.wire.call import Call
from jobs_tui.emulator.wire.handlers import Asked, asked_for

Intercept = Callable[[web.Request], Awaitable[web.StreamResponse | None]]
"""A test's hand in the line: called with each request before it is answered.

It returns None to let the request go its way, or the response to send instead; it may raise
ServiceError to refuse, and it may call `EmulatorServer.answer` to have the request done and then
send something else, or cut the connection (`request.transport.abort()`).
"""

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HOST = "127.0.0.1"
STOP_WITHIN = 1.0
"""Seconds that stopping waits for requests under way, before it drops them."""

_LOG = logging.getLogger(__name__)


def _is_our_affair(record: logging.LogRecord) -> bool:
    """Whether to log: aiohttp answers broken HTTP itself, but writes a traceback for it as well."""
    broken = (HttpProcessingError, web.RequestPayloadError)
    return record.exc_info is None or not isinstance(record.exc_info[1], broken)


_LOG.addFilter(_is_our_affair)


class EmulatorServer:
    """Serves one account to SDKs, to the AWS CLI and to device agents."""

    def __init__(
        self,
        account: Account,
        port: int = 0,
        *,
        intercept: Intercept | None = None,
        line: Line | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Make a server; port 0 takes a free one, and without a `line` nothing is in the way."""
        self.account = account
        self.intercept = intercept
        """May be changed at any time."""
        self.line = line or Line()
        """May be changed at any time."""
        self.url = ""
        """`http://127.0.0.1:PORT` once started, or https."""
        self._port = port
        self._tls = tls
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
            await web.TCPSite(runner, HOST, self._port, ssl_context=self._tls).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        scheme = "http" if self._tls is None else "https"
        self.url = f"{scheme}://{HOST}:{runner.addresses[0][1]}"

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

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Do what a request asks and make the answer of the service, be it a refusal or a fault."""
        try:
            body = await _body(request)
            self.line.authenticate(request, body)
            call = Call.parse(request.method, request.raw_path, request.headers, body)
            asked = asked_for(call)
            self.line.admit(asked)
            fault = self.line.fault(asked)
            if fault is None:
                return self._do(asked)

            async def do() -> web.Response:
                return self._do(asked)

            return await fault_player.play(fault, request, do, self.line.clock)
        except ServiceError as refusal:
            return self._refuse(refusal)

    @web.middleware
    async def _handle(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        try:
            check_comes_from_here(request.headers.getall("Host", []), request.headers.get("Origin"))
            if self.intercept is not None:
                instead = await self.intercept(request)
                if instead is not None:
                    return instead
        except ServiceError as refusal:
            return self._refuse(refusal)
        return await self.answer(request)

    def _do(self, asked: Asked) -> web.Response:
        """What is answered has been kept; a refusal has changed nothing but timers that ran out."""
        try:
            try:
                members = asked.handler(self.account, asked.inputs)
            finally:
                self.account.commit()
        except ServiceError as refusal:
            return self._refuse(refusal)
        except StateFileError as error:
            return self._refuse(service_unavailable(f"{error}"))
        return self._respond(200, members)

    def _refuse(self, refusal: ServiceError) -> web.Response:
        response = self._respond(refusal.http_status, answers.error(refusal))
        response.headers["x-amzn-ErrorType"] = refusal.code
        return response

    def _respond(self, status: int, members: answers.JsonObject) -> web.Response:
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
