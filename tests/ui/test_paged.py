"""What shows of a text that is longer than its place, and what is told of the rest."""

import pytest

from jobs_tui.ui.terminal.lines import line
from jobs_tui.ui.views.paged import paged

ROWS = [line(f"{number}") for number in range(10)]


@pytest.mark.parametrize(
    ("first", "shown", "told"),
    [
        (0, "012", "7 more lines, pgdn"),
        (3, "345", "4 more lines, pgdn \u00b7 3 above, pgup"),
        (6, "678", "1 more line, pgdn \u00b7 6 above, pgup"),
        (9, "789", "7 above, pgup"),
        (-3, "012", "7 more lines, pgdn"),
    ],
)
def test_the_last_line_tells_what_is_missing(first: int, shown: str, told: str) -> None:
    lines, _ = paged(ROWS, first, 4)
    words = [each.pieces[0].text for each in lines]
    assert ("".join(words[:-1]), words[-1]) == (shown, told)


def test_what_fits_is_shown_whole_and_from_the_top() -> None:
    assert paged(ROWS, 5, 10) == (ROWS, 0)
