"""Plays a fault on a request: over the connection itself where it is one of the line."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from jobs_tui.domain.clock import Clock
from jobs_tui.emulator.line.faults import Fault, FaultKind
from jobs_tui.emulator.rules.service_error import (
    ServiceError,
    access_denied,
    invalid_request,
    service_unavailable,
    throttled,
)

_REFUSALS: dict[FaultKind, Callable[[], ServiceError]] = {
    FaultKind.BAD_REQUEST: lambda: invalid_request("A fault that was asked for"),
    FaultKind.ACCESS_DENIED: lambda: access_denied("A fault that was asked for"),
    FaultKind.THROTTLED: throttled,
    FaultKind.INTERNAL: lambda: ServiceError(
        500, "InternalFailureException", "A fault that was asked for"
    ),
    FaultKind.UNAVAILABLE: service_unavailable,
    FaultKind.EXPIRED: lambda: ServiceError(
        403, "ExpiredTokenException", "The security token included in the request is expired"
    ),
    FaultKind.WRONG_ENDPOINT: lambda: ServiceError(
        403,
        "ForbiddenException",
        "Invalid endpoint. Use describe-endpoint API to get valid endpoint",
    ),
}
_CUT = frozenset({FaultKind.CUT_BEFORE, FaultKind.CUT_AFTER})
_HANG = frozenset({FaultKind.HANG_BEFORE, FaultKind.HANG_AFTER})
_DONE = frozenset(
    {
        FaultKind.CUT_AFTER,
        FaultKind.CUT_WITHIN,
        FaultKind.HANG_AFTER,
        FaultKind.DELAY,
        FaultKind.EMPTY,
        FaultKind.TRUNCATED,
    }
)
_PAGE = (
    "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Accept our terms</body></html>"
)
_OUTPUT = (
    '{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"}'
)

LOOK_EVERY = 1.0
"""Seconds from one look to the next at whether a client still waits."""

Do = Callable[[], Awaitable[web.Response]]
"""Does what was asked, and makes the answer of the service."""


async def play(fault: Fault, request: web.Request, do: Do, clock: Clock) -> web.StreamResponse:
    """Answer a request as the fault says; raises ServiceError for one that is a refusal.

    `clock` is waited on for a delay.
    """
    if fault.kind in _REFUSALS:
        refusal = _REFUSALS[fault.kind]()
        raise refusal
    if fault.kind is FaultKind.DELAY:
        await clock.sleep(fault.delay)
    answer = await do() if fault.kind in _DONE else web.Response()
    if fault.kind in _CUT:
        _cut(request)
    elif fault.kind in _HANG:
        await _until_the_client_leaves(request)
    elif fault.kind is FaultKind.CUT_WITHIN:
        await _send_half(request, answer)
    return _lie(fault.kind, answer)


def _lie(kind: FaultKind, answer: web.Response) -> web.Response:
    """What is sent in the place of an answer, or the answer where it is true."""
    match kind:
        case FaultKind.EMPTY:
            answer.body = b"{}"
        case FaultKind.TRUNCATED:
            answer.body = _half(answer)
        case FaultKind.OUTPUT:
            return web.Response(text=_OUTPUT, content_type="application/json")
        case FaultKind.HTML:
            return web.Response(text=_PAGE, content_type="text/html")
        case FaultKind.REDIRECT:
            return web.Response(status=302, headers={"Location": "/sign-in"})
    return answer


def _half(answer: web.Response) -> bytes:
    body = answer.body if isinstance(answer.body, bytes) else b""
    return body[: len(body) // 2]


async def _send_half(request: web.Request, answer: web.Response) -> None:
    """Announce the whole answer, send half of it, and cut."""
    begun = web.StreamResponse(status=answer.status, headers=answer.headers)
    begun.content_length = len(answer.body) if isinstance(answer.body, bytes) else 0
    await begun.prepare(request)
    await begun.write(_half(answer))
    _cut(request)


async def _until_the_client_leaves(request: web.Request) -> None:
    # nothing tells that a transport closes
    while request.transport is not None and not request.transport.is_closing():  # noqa: ASYNC110
        await asyncio.sleep(LOOK_EVERY)


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
