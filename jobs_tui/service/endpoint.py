"""The URL of an endpoint: what is wrong with it, and what of it may be shown."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit


class InvalidEndpointError(Exception):
    """The URL of the endpoint cannot be asked."""


class EndpointSource(StrEnum):
    """Who says which endpoint is asked."""

    GIVEN = "given"
    """The user: on the command line, in a settings file, or in the SDK's configuration."""
    DISCOVERED = "discovered"
    """The service: DescribeEndpoint told the account's own."""
    DEFAULT = "default"
    """The SDK's rule for the region: nobody said anything, or DescribeEndpoint is not allowed."""


@dataclass(frozen=True, slots=True)
class ChosenEndpoint:
    """The endpoint to ask."""

    source: EndpointSource
    url: str | None = None
    """None where the SDK makes it up from the region."""


def check_endpoint(url: str) -> None:
    """Raise InvalidEndpointError for a URL without host, with a bad port, or with a password.

    A password in it could neither be sent beside a signature nor be shown as part of the URL.
    """
    try:
        parts = urlsplit(url)
        good = bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        good = False
    if not good or parts.scheme not in {"http", "https"}:
        raise InvalidEndpointError


def host_of(url: str) -> str:
    """Host and port of a URL, without user name and password."""
    return urlsplit(url).netloc.rpartition("@")[2]
