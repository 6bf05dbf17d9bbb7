"""What is nested beyond measure is told from what is not, in every version of Python."""

import pytest

from jobs_tui.domain.json_levels import LEVELS_MOST, too_deep


def nested(levels: int, innermost: object, kind: type) -> object:
    value = innermost
    for _ in range(levels):
        value = [value] if kind is list else {"a": value}
    return value


@pytest.mark.parametrize("kind", [list, dict])
@pytest.mark.parametrize("innermost", [1, "text"])
def test_as_many_levels_as_are_taken_and_one_more(kind: type, innermost: object) -> None:
    assert not too_deep(nested(LEVELS_MOST, innermost, kind))
    assert too_deep(nested(LEVELS_MOST + 1, innermost, kind))


@pytest.mark.parametrize("empty", [[], {}])
def test_an_empty_one_is_a_level_too(empty: object) -> None:
    assert not too_deep(nested(LEVELS_MOST - 1, empty, list))
    assert too_deep(nested(LEVELS_MOST, empty, list))


def test_the_deepest_part_counts_wherever_it_is() -> None:
    deep = nested(LEVELS_MOST, 1, dict)
    assert too_deep([1, {}, {"a": [deep], "b": 2}, "x"])


@pytest.mark.parametrize("flat", [None, 1, "text", [], {}, [[]] * 100_000])
def test_what_is_flat_is_not_deep_however_long_it_is(flat: object) -> None:
    assert not too_deep(flat)
