"""What the cockpit shows where, at every size."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from jobs_tui.ui.views.arrangement import Box, arrange


def cells(box: Box) -> set[tuple[int, int]]:
    return {
        (x, y) for x in range(box.x, box.x + box.width) for y in range(box.y, box.y + box.height)
    }


@given(
    width=st.integers(40, 200),
    height=st.integers(9, 80),
    things=st.integers(1, 60),
    pinned=st.integers(0, 5),
)
def test_the_parts_share_the_whole_room_and_none_lies_on_another(
    width: int, height: int, things: int, pinned: int
) -> None:
    parts = [cells(box) for box in arrange(width, height, things, pinned) if box is not None]
    assert set().union(*parts) == cells(Box(0, 0, width, height))
    assert not any(one & other for one, other in combinations(parts, 2))


@given(st.integers(40, 200), st.integers(9, 80), st.integers(1, 60))
def test_there_is_a_list_exactly_where_not_all_things_fit_as_panels(
    width: int, height: int, things: int
) -> None:
    shown = arrange(width, height, things, 0)
    room = height - (shown.changes.height if shown.changes else 0)
    assert (shown.fleet is None) == (2 * things <= room)


def test_pinned_things_get_more_room_up_to_a_bound() -> None:
    heights = [arrange(80, 21, 100, pinned).panels.height for pinned in range(6)]
    assert heights == sorted(heights)
    assert heights[0] < heights[1] <= heights[-1] <= 21 * 3 / 5


def test_a_wide_screen_has_the_list_on_the_left_and_the_selected_execution_on_the_right() -> None:
    shown = arrange(160, 45, 1000, 0)
    assert shown.fleet is not None
    assert shown.selection is not None
    assert shown.fleet.x == 0
    assert shown.panels.x == shown.selection.x == shown.fleet.width
    assert shown.panels.y + shown.panels.height == shown.selection.y
