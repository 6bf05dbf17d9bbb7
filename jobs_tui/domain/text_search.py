"""Finds a text in lines."""

import re
from collections.abc import Sequence
from typing import NamedTuple

MOST_FOUND = 9_999
"""Places beyond which nobody counts on; a megabyte may hold a million."""


class Found(NamedTuple):
    """A place in the lines."""

    line: int
    start: int
    end: int


def places(lines: Sequence[str], wanted: str) -> list[Found]:
    """Where a text stands, in whatever letter case; at most `MOST_FOUND` places, in order."""
    found: list[Found] = []
    if not wanted:
        return found
    pattern = re.compile(re.escape(wanted), re.IGNORECASE)
    for index, text in enumerate(lines):
        for match in pattern.finditer(text):
            found.append(Found(index, *match.span()))
            if len(found) == MOST_FOUND:
                return found
    return found
