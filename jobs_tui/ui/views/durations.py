"""Ages and countdowns in coarse words, so that they seldom change on the screen."""

from datetime import UTC, datetime

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def coarse(seconds: float) -> str:
    """A duration in one unit: `<1 min`, `12 min`, `2 h`, `3 d`."""
    if seconds < MINUTE:
        return "<1 min"
    if seconds < 2 * HOUR:
        return f"{int(seconds // MINUTE)} min"
    if seconds < 2 * DAY:
        return f"{int(seconds // HOUR)} h"
    return f"{int(seconds // DAY)} d"


def short(seconds: float) -> str:
    """A duration that may be seconds: in steps of 10 below a minute, coarse above."""
    if seconds < MINUTE:
        return f"{int(seconds // 10) * 10} s" if seconds >= 10 else "<10 s"
    return coarse(seconds)


def exact(seconds: float) -> str:
    """A duration in two units: `42 s`, `12 min 3 s`, `2 h 5 min`, `3 d 4 h`."""
    whole = int(seconds)
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE} s"
    if whole < DAY:
        return f"{whole // HOUR} h {whole % HOUR // MINUTE} min"
    return f"{whole // DAY} d {whole % DAY // HOUR} h"


def moment(seconds: float) -> str:
    """A moment as date and time of day in UTC; what no calendar holds, as its number."""
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError, OSError):
        return f"{seconds:.0f} s"
