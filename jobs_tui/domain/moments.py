"""Moments and durations in words. Pure."""

from datetime import UTC, datetime

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def moment(seconds: float) -> str:
    """A moment to the minute, from seconds since the epoch; what no calendar holds, as it is."""
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError, OSError):
        return f"{seconds:.0f} s"


def timestamp(seconds: float) -> str:
    """A moment to the second, for programs; what no calendar holds, as it is."""
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (ValueError, OverflowError, OSError):
        return f"{seconds:.0f} s"


def duration(seconds: float) -> str:
    """How long something lasts, in the largest unit that says enough."""
    for unit, length in (("days", DAY), ("hours", HOUR), ("minutes", MINUTE)):
        if seconds >= 2 * length:
            return f"{int(seconds // length)} {unit}"
    return f"{seconds:.0f} seconds"
