"""The endpoint that is asked, and who says so."""

from dataclasses import dataclass
from enum import StrEnum


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
