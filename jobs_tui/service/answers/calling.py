"""One call by the SDK: a time limit around it, every end an outcome."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from aiobotocore.session import AioSession

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.logged import is_kept
from jobs_tui.domain.outcome import Done, Outcome
from jobs_tui.service.answers import errors
from jobs_tui.service.answers.answer_body import MEMBERS, take_body
from jobs_tui.service.answers.bad_reply import BadReply
from jobs_tui.service.answers.call import Call
from jobs_tui.service.answers.replies import JsonObject

T = TypeVar("T")


@dataclass(slots=True)
class _Sending:
    """How far one call has come."""

    sends: int = 0
    """How often its request was handed to the network."""
    status: int | None = None
    """The HTTP status of the latest answer."""
    size: int | None = None
    """Bytes in the body of that."""


_SENDING: ContextVar[_Sending] = ContextVar("sending")


def _note_sending(**_: object) -> None:
    """Handle `before-send`."""
    _SENDING.get().sends += 1


def _note_answer(response_dict: Mapping[str, Any], **_: object) -> None:
    """Handle `before-parse`."""
    sending = _SENDING.get()
    sending.status, sending.size = response_dict["status_code"], len(response_dict["body"])


def watch_calls(session: AioSession, service: str) -> None:
    """Make the clients of a session such that `outcome_of` can call their operations.

    `service` is its name in the names of the SDK's events, which may not be the one of its client.
    """
    if is_kept():
        # before `take_body`, which leaves nothing of it
        session.register(f"before-parse.{service}", _note_answer, f"jobs-tui answer {service}")
    for event, handler in (("before-send", _note_sending), ("before-parse", take_body)):
        # once, also for a session with several clients: the second would find the body taken
        session.register(f"{event}.{service}", handler, unique_id=f"jobs-tui {event} {service}")


async def outcome_of(
    call: Call,
    operation: Callable[..., Awaitable[Any]],
    parameters: Mapping[str, Any],
    read: Callable[[JsonObject], T],
    *,
    turns: asyncio.Semaphore,
    clock: Clock,
) -> Outcome[T]:
    """Call an operation of a client and tell how it ended; raises nothing.

    Args:
        call: what is asked, for how long, and what its errors mean.
        operation: the method of the client.
        parameters: what it takes.
        read: reads the body of a good answer; raises BadReply if it is none.
        turns: as many as the client's pool has connections, so that who waits has not sent.
        clock: this machine's, by which that of the service is judged.
    """
    sending = _Sending()
    _SENDING.set(sending)
    if not is_kept():
        return await _outcome_of(call, operation, parameters, read, sending, turns, clock)
    from jobs_tui.service.answers.logged_call import LoggedCall  # noqa: PLC0415 - where debugging

    log = LoggedCall(call.operation, parameters, clock)
    try:
        outcome = await _outcome_of(call, operation, parameters, read, sending, turns, clock)
    except asyncio.CancelledError:
        log.given_up()
        raise
    log.ended(outcome, sends=sending.sends, status=sending.status, size=sending.size)
    return outcome


async def _outcome_of(
    call: Call,
    operation: Callable[..., Awaitable[Any]],
    parameters: Mapping[str, Any],
    read: Callable[[JsonObject], T],
    sending: _Sending,
    turns: asyncio.Semaphore,
    clock: Clock,
) -> Outcome[T]:
    try:
        async with asyncio.timeout(call.time_limit), turns:
            answer = await operation(**parameters)
        headers = answer["ResponseMetadata"]["HTTPHeaders"]
        request_id = errors.request_id(headers)
        try:
            value = read(answer[MEMBERS])
        except BadReply as reply:
            return errors.bad_reply(reply, call, request_id)
        return Done(value, errors.service_time(headers), request_id)
    except Exception as error:  # noqa: BLE001 - the boundary: whatever happens becomes an outcome
        return errors.failure(error, call, sent=sending.sends > 0, now=clock.now())
