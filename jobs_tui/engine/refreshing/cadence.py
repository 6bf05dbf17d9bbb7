"""How often one thing is asked. Pure: seconds in, seconds out; chance is a number from 0 to 1."""

LONGEST_WAIT_SECONDS = 60.0
"""The longest that a failing thing is left alone, unless it is refreshed less often anyway."""

QUIET_STEPS = ((120.0, 2.0), (600.0, 4.0), (1800.0, 12.0))
"""After so many seconds without anything pending, a thing's interval is so many times as long."""

QUIET_INTERVAL_AT_MOST = 300.0
"""Seconds beyond which quiet does not stretch an interval."""

STRETCHED_ON_SCREEN_AT_MOST = 2.0
"""How many times as long the interval of a quiet thing is that somebody looks at."""

LATELY_SECONDS = 120.0
"""For how long a thing whose pending list has changed counts as one that changed lately."""

JITTER = 0.1
"""The part of its interval by which a thing's turn comes earlier or later."""

ENDPOINT_INTERVAL_AT_MOST = 5.0
"""Seconds from which the waits for an endpoint that is away grow, however rare refreshes are."""


def wait_after(interval: float, failures: int, jitter: float) -> float:
    """Seconds until a thing is asked again, after so many failures in a row.

    `jitter` is a random number from 0 to 1; it moves a failing thing's turn by up to a quarter.
    """
    if failures == 0:
        return interval
    longest = max(interval, LONGEST_WAIT_SECONDS)
    return min(longest, interval * 2.0 ** min(failures, 16)) * (1 - jitter / 4)


def wait_for_endpoint(interval: float, tries: int, jitter: float) -> float:
    """Seconds until an endpoint that is away is tried again, after so many tries; up to a minute.

    Things that are refreshed less often than that do not make it longer.
    """
    return wait_after(min(interval, ENDPOINT_INTERVAL_AT_MOST), tries, jitter)


def stretched(interval: float, quiet: float, *, on_screen: bool, sparing: bool = False) -> float:
    """Seconds between two refreshes of a thing that had nothing pending for so many seconds.

    Where bytes are spared, what nobody looks at is asked as seldom as what is quiet for longest.
    """
    if sparing and not on_screen:
        return max(interval, QUIET_INTERVAL_AT_MOST)
    factor = 1.0
    for seconds, step in QUIET_STEPS:
        if quiet >= seconds:
            factor = step
    if on_screen:
        factor = min(factor, STRETCHED_ON_SCREEN_AT_MOST)
    return max(interval, min(interval * factor, QUIET_INTERVAL_AT_MOST))


def jittered(interval: float, jitter: float) -> float:
    """Seconds from one refresh to the next: the interval, give or take a tenth."""
    return interval * (1 - JITTER + 2 * JITTER * jitter)


def dispersed(interval: float, jitter: float) -> float:
    """Seconds to the next refresh of a thing that was asked in a row with others.

    From half an interval to a whole one, so that they do not stay in a row, and none is late.
    """
    return interval * (1 + jitter) / 2
