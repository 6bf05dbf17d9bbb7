"""Where the service leaves room, or its sources differ: the ways in which an account can behave."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """How an account behaves; the defaults are what captures of the live service show."""

    version_mismatch_status: Literal[400, 409] = 400
    """400 as the live service answers a stale expectedVersion, or 409 as imitations do that were
    written from the guide."""
    unknown_thing_status: Literal[200, 404] = 200
    """200 to treat a thing that was never created as one without jobs, as captures show, or 404 as
    the service model allows."""
    timer_lateness: float = 0.0
    """Seconds after its deadline at which a timer fires; the guide allows 60."""
    status_details_limit: int | None = None
    """How many status details there may be, or None for any number; the guide says both."""
    fleet_indexing: Literal["on", "building", "off"] = "on"
    """Whether things can be searched by SearchIndex, not yet, or not at all. AWS has it off until
    somebody turns it on."""
