"""What changed between two texts, line by line."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

MOST_COMPARED = 1_000
"""Lines, behind those that begin alike and before those that end alike; more takes seconds."""

AROUND = 2
"""Lines told before and after what changed."""

_MADE_AT_EACH_FETCH = re.compile(
    r"((?:X-Amz-Date|[?&]Expires)(?:=|%3D))[0-9TZ]+", re.ASCII | re.IGNORECASE
)


class ChangedLine(NamedTuple):
    """A line of the one text, or of the other, or of both."""

    sign: str
    """`-` where only the text before had it, `+` where only the text now has it, else blank; `~`
    where lines are left out, which the text then says."""
    text: str


def same_lines(before: Sequence[str], now: Sequence[str]) -> bool:
    """Whether two texts, their secrets masked, differ by no more than when they were fetched.

    A presigned URL is made anew at each fetch: its moment differs, and its signature.
    """
    return len(before) == len(now) and all(map(_same, before, now))


def changed_lines(before: Sequence[str], now: Sequence[str]) -> list[ChangedLine]:
    """What changed, with a few lines around; empty for the same lines.

    Where too much changed to be compared in reasonable time, one line says so.
    """
    shorter = min(len(before), len(now))
    start = next((i for i in range(shorter) if not _same(before[i], now[i])), shorter)
    if start == len(before) == len(now):
        return []
    end = 0
    while end < shorter - start and _same(before[-1 - end], now[-1 - end]):
        end += 1
    if max(len(before), len(now)) - start - end > MOST_COMPARED:
        words = f"{len(before)} lines then, {len(now)} now: too many differ to be compared"
        return [ChangedLine("~", words)]
    low, high = max(0, start - AROUND), max(0, end - AROUND)
    changes = list(_changes(before[low : len(before) - high], now[low : len(now) - high]))
    return [*_left_out(low), *changes, *_left_out(high)]


def _changes(before: Sequence[str], now: Sequence[str]) -> Iterator[ChangedLine]:
    from difflib import SequenceMatcher  # noqa: PLC0415 - few compare

    matcher = SequenceMatcher(None, [*map(_lasting, before)], [*map(_lasting, now)])
    reached = 0
    for group in matcher.get_grouped_opcodes(AROUND):
        yield from _left_out(group[0][3] - reached)
        for kind, old_start, old_end, new_start, new_end in group:
            if kind == "equal":
                yield from (ChangedLine(" ", text) for text in now[new_start:new_end])
                continue
            yield from (ChangedLine("-", text) for text in before[old_start:old_end])
            yield from (ChangedLine("+", text) for text in now[new_start:new_end])
        reached = group[-1][4]
    yield from _left_out(len(now) - reached)


def _left_out(count: int) -> Iterator[ChangedLine]:
    if count > 0:
        yield ChangedLine(
            "~", "1 line is the same" if count == 1 else f"{count} lines are the same"
        )


def _same(before: str, now: str) -> bool:
    return before == now or _lasting(before) == _lasting(now)


def _lasting(text: str) -> str:
    return _MADE_AT_EACH_FETCH.sub(r"\1", text)
