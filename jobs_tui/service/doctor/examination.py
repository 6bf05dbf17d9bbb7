"""Goes through the steps on the way to the service, one after the other.

A step that fails does not end the examination: only those that depend on it are skipped.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping
from types import MappingProxyType

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.finding import Finding
from jobs_tui.service.doctor.known import Known
from jobs_tui.service.doctor.looking_in import (
    look_at_certificate,
    look_at_credentials,
    look_at_endpoint,
    look_at_profile,
    look_at_region,
)
from jobs_tui.service.doctor.looking_out import (
    look_at_clock,
    look_at_connection,
    look_at_names,
    look_at_tls,
)
from jobs_tui.service.doctor.operations import RandomBits
from jobs_tui.service.doctor.steps import Step, failed
from jobs_tui.service.doctor.trying_operations import (
    tell_of_start_next,
    try_describe,
    try_get_pending,
    try_update,
)
from jobs_tui.service.settings import ServiceSettings

TellStep = Callable[[str], None]
"""Told the name of a step when it begins; called in the event loop."""

_NOBODY: Mapping[str, str] = MappingProxyType({})

_OVERALL = 3
"""A step may take so many times what opening the link may: each bounds itself, this bounds all."""

_Look = Callable[[Known], Awaitable[Finding]]

_LOOKS: Mapping[Step, _Look] = {
    Step.PROFILE: look_at_profile,
    Step.REGION: look_at_region,
    Step.CERTIFICATE: look_at_certificate,
    Step.CREDENTIALS: look_at_credentials,
    Step.ENDPOINT: look_at_endpoint,
    Step.DNS: look_at_names,
    Step.CONNECTION: look_at_connection,
    Step.TLS: look_at_tls,
    Step.CLOCK: look_at_clock,
    Step.GET_PENDING: try_get_pending,
    Step.DESCRIBE_NEXT: try_describe,
    Step.UPDATE: try_update,
    Step.START_NEXT: tell_of_start_next,
}


async def examine(
    settings: ServiceSettings,
    thing_name: str | None,
    clock: Clock,
    random_bits: RandomBits,
    *,
    said_by: Mapping[str, str] = _NOBODY,
    tell: TellStep = lambda _: None,
) -> AsyncGenerator[Finding, None]:
    """Look at each step and give its finding as soon as it is known; raises and asks nothing.

    Args:
        settings: those that the cockpit would have.
        thing_name: on which the operations are tried; None to skip them.
        clock: this machine's.
        random_bits: makes the id of a job that cannot exist.
        said_by: who gave each of the settings, by its name in ServiceSettings.
        tell: told when a step begins.
    """
    known = Known(settings, thing_name, clock, random_bits, said_by)
    limit = settings.open_time_limit * _OVERALL
    try:
        for step, look in _steps(known):
            tell(step)
            yield await _settled(step, look(known), limit)
    finally:
        if known.link is not None:
            await known.link.close()


def _steps(known: Known) -> Iterator[tuple[Step, _Look]]:
    for step, look in _LOOKS.items():
        if step is not Step.CERTIFICATE or known.certificate is not None:
            yield step, look


async def _settled(step: Step, looking: Awaitable[Finding], limit: float) -> Finding:
    try:
        async with asyncio.timeout(limit):
            return await looking
    except TimeoutError:
        return failed(step, f"not known after {limit:g} s", "try again")
    except Exception as error:  # noqa: BLE001 - an examination goes on, whatever it finds
        told = f"this could not be looked at ({type(error).__name__})"
        return failed(step, told, "try again; if it stays, please report it")
