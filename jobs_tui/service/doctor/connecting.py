"""Whether anybody answers where the endpoint should be."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Failure, Unreachable
from jobs_tui.service.answers.transport_errors import CHECK_NETWORK, CHECK_PROXY, not_connected
from jobs_tui.service.doctor.names import Address
from jobs_tui.service.doctor.route import Route
from jobs_tui.service.doctor.steps import Facts, Found, Step, failed_by, ok

TIME_LIMIT = 5.0
"""Seconds for a connection to come about."""


async def connect(route: Route, addresses: Sequence[Address], clock: Clock) -> Found[bool]:
    """Make a connection, and close it without a word; the first address of each family is tried."""
    name = f"{route.first_host}:{route.first_port}"
    begun = clock.monotonic()
    try:
        async with asyncio.timeout(TIME_LIMIT):
            address = await _first_that_answers(_one_of_each_family(addresses), route.first_port)
    except TimeoutError:
        failure: Failure = Unreachable(f"{name} does not answer to connect", CHECK_NETWORK)
    except OSError as error:
        failure = not_connected(error, name)
    else:
        milliseconds = round((clock.monotonic() - begun) * 1000)
        told = f"{'the proxy ' if route.proxy else ''}{name} answers in {milliseconds} ms"
        facts: Facts = {"address": address, "milliseconds": milliseconds}
        return Found(ok(Step.CONNECTION, told, facts=facts), value=True)
    if route.proxy is not None:
        failure = replace(failure, reason=f"the proxy {failure.reason}", advice=CHECK_PROXY)
    return Found(failed_by(Step.CONNECTION, failure))


async def _first_that_answers(addresses: Sequence[str], port: int) -> str:
    """The address. Raises the OSError of one of them if none answers."""
    trying = [asyncio.create_task(_try(address, port)) for address in addresses]
    try:
        for each in asyncio.as_completed(trying):
            try:
                return await each
            except OSError as problem:
                error = problem
        raise error
    finally:
        for task in trying:
            task.cancel()
        await asyncio.gather(*trying, return_exceptions=True)


async def _try(address: str, port: int) -> str:
    _, writer = await asyncio.open_connection(address, port)
    writer.close()
    return address


def _one_of_each_family(addresses: Sequence[Address]) -> list[str]:
    first: dict[int, str] = {}
    for each in addresses:
        first.setdefault(each.family, each.text)
    return list(first.values())
