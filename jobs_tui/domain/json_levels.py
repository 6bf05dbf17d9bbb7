"""How deeply JSON may be nested: the same in every version of Python.

Up to 3.13 the parser refuses what is nested beyond measure; from 3.14 on it takes as much as the
stack of the thread holds, which is tens of thousands of levels.
"""

from collections.abc import Iterable, Iterator

LEVELS_MOST = 500
"""Levels that are taken; what the service says and is told has less than ten."""


def too_deep(value: object) -> bool:
    """Whether what was parsed has more than `LEVELS_MOST` lists and objects within each other."""
    level = list(_containers([value]))
    for _ in range(LEVELS_MOST):
        if not level:
            return False
        level = [
            part
            for whole in level
            for part in _containers(whole.values() if isinstance(whole, dict) else whole)
        ]
    return bool(level)


def _containers(
    values: Iterable[object],
) -> Iterator[dict[str, object] | list[object]]:
    return (value for value in values if isinstance(value, dict | list))
