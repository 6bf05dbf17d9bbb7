"""Which addresses the endpoint's name has."""

import asyncio
import socket
from ipaddress import ip_address
from typing import NamedTuple

from jobs_tui.domain.finding import Finding
from jobs_tui.domain.outcome import Unreachable
from jobs_tui.service.answers.transport_errors import CHECK_PROXY, name_not_found
from jobs_tui.service.doctor.route import Route
from jobs_tui.service.doctor.steps import Facts, Found, Step, failed_by, ok

TIME_LIMIT = 5.0
"""Seconds that the name server has."""

_MOST_SHOWN = 4


class Address(NamedTuple):
    """One address of a host."""

    family: int
    text: str


async def find_addresses(route: Route) -> Found[tuple[Address, ...]]:
    """Look up the name of the host to which connections are made."""
    host = route.first_host
    try:
        async with asyncio.timeout(TIME_LIMIT):
            found = await asyncio.get_running_loop().getaddrinfo(
                host, route.first_port, type=socket.SOCK_STREAM
            )
    except TimeoutError:
        silent = Unreachable(
            f"the name {host} is not found within {TIME_LIMIT:g} s",
            "the name server does not answer: check the network and its address",
        )
        return Found(failed_by(Step.DNS, silent))
    except (OSError, UnicodeError):
        failure = name_not_found(host)
        if route.proxy is not None:
            failure = Unreachable(failure.reason, CHECK_PROXY)
        return Found(failed_by(Step.DNS, failure))
    addresses = tuple(dict.fromkeys(Address(each[0], str(each[4][0])) for each in found))
    return Found(names_finding(route, [each.text for each in addresses]), addresses)


def names_finding(route: Route, addresses: list[str]) -> Finding:
    """What is to be said of addresses that were found; there is at least one."""
    host = route.first_host
    facts: Facts = {"host": host, "addresses": tuple(addresses)}
    told = ", ".join(addresses[:_MOST_SHOWN])
    if len(addresses) > _MOST_SHOWN:
        told += f" and {len(addresses) - _MOST_SHOWN} more"
    told = f"{host} is " + ("an address already" if _is_address(host) else told)
    if route.proxy is not None:
        told = f"the proxy looks up {route.host}; {told}"
    return ok(Step.DNS, told, facts=facts)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
