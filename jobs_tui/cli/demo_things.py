"""The names of the demo's things: those of its gateway, and as many more as are wanted."""

from collections import Counter

from jobs_tui.cli.demo import DEMO_THINGS

SITES = ("lyon", "lille", "nantes", "brest", "metz", "dijon", "reims", "tours", "rennes", "nice")

KINDS = (
    *("meter", "door", "meter", "boiler", "meter", "pump", "meter", "door", "meter", "gw"),
    *("meter", "boiler", "meter", "door", "meter", "meter", "pump", "boiler", "meter", "door"),
)
"""In the order in which a site gets one after the other."""


def demo_things(number: int) -> tuple[str, ...]:
    """So many names: the same ones first, however many there are."""
    numbers: Counter[tuple[str, str]] = Counter()
    names = list(DEMO_THINGS[:number])
    for index in range(number - len(names)):
        round_of_sites, site = divmod(index, len(SITES))
        place = (SITES[site], KINDS[round_of_sites % len(KINDS)])
        numbers[place] += 1
        names.append(f"{place[0]}-{place[1]}-{numbers[place]:04d}")
    return tuple(names)
