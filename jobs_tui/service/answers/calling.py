"""One call by the SDK: a time limit around it, every end an outcome."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from aiobotocore.session import AioSession

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Done, Outcome
from jobs_tui.service.answers import errors
from jobs_tui.service.answers.answer_body import MEMBERS, take_body
from jobs_tui.service.answers.bad_reply import BadReply
from jobs_tui.service.answers.call import Call
from jobs_tui.service.answers.replies import JsonObject

T = TypeVar("T")


@dataclass(slots=True)
class _Sending:
    """Whether the request of one call was handed to the network."""

    begun: bool = False


_SENDING: ContextVar[_Sending] = ContextVar("sending")


def _note_sending(**_: object) -> None:
    """Handle `before-send`."""
    _SENDING.get().begun = True


def watch_calls(session: AioSession, service: str) -> None:
    """Make the clients of a session such that `outcome_of` can call their operations.

    `service` is its name in the names of the SDK's events, which may not be the one of its client.
    """
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
        return errors.failure(error, call, sent=sending.begun, now=clock.now())
