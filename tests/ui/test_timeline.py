"""The timeline, to scale, at any width and for any span."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs_tui.ui.terminal.lines import Line
from jobs_tui.ui.terminal.plain_cells import plain_row
from jobs_tui.ui.terminal.renditions import Rendition
from jobs_tui.ui.views.timeline import Mark, timeline_lines

NOW = 1_800_000_000.0
DAY = 86_400.0


def shown(marks: list[Mark], width: int = 78, now: float = NOW, *, sparing: bool = False) -> str:
    return "\n".join(map(text, timeline_lines(marks, now, width, sparing=sparing)))


def text(source: Line) -> str:
    return "".join(piece.text for piece in source.pieces)


def bar(marks: list[Mark], width: int = 78, now: float = NOW, *, sparing: bool = False) -> str:
    return shown(marks, width, now, sparing=sparing).splitlines()[1][2:]


@pytest.mark.parametrize("width", [80, 40])
def test_marks_stand_to_scale(width) -> None:
    drawn = bar(
        [
            Mark(NOW - 600, "Q", "queued"),
            Mark(NOW - 300, "S", "started"),
            Mark(NOW + 600, "D", "d"),
        ],
        width,
    )
    last = width - 3
    assert len(drawn) == width - 2
    assert [drawn.index(sign) for sign in "QSND"] == [0, round(last / 4), round(last / 2), last]


def test_what_is_past_and_what_is_to_come_look_different_without_colour() -> None:
    drawn = bar([Mark(NOW - 600, "Q", "queued"), Mark(NOW + 600, "D", "deadline")])
    before, after = drawn.split("N")
    assert set(before[1:]) == {"─"}
    assert set(after[:-1]) == {"."}


def test_the_legend_tells_each_letter_and_when() -> None:
    told = shown([Mark(NOW - 7200, "Q", "queued"), Mark(NOW + 480, "D", "deadline")])
    for words in ("Q queued 2 h ago", "N now", "D deadline in 8 min"):
        assert words in told
    assert "D deadline in 8 min" in shown([Mark(NOW + 509, "D", "deadline")], now=NOW + 29)


def test_marks_in_one_column_are_told_and_shown_closer_to_scale() -> None:
    told = shown(
        [
            Mark(NOW - 3 * DAY, "Q", "queued"),
            Mark(NOW - 600, "S", "started"),
            Mark(NOW - 300, "u", "update"),
            Mark(NOW - 240, "u", "update"),
        ]
    ).splitlines()
    assert "*" in told[1]
    assert "* S 2u N in one column" in "\n".join(told)
    assert "u 2 updates, the last 4 min ago" in "\n".join(told)
    closer = told[next(at for at, line in enumerate(told) if "closer" in line) + 1]
    assert closer.count("u") == 2
    assert closer.index("N") > closer.index("u") > closer.index("S")


def test_two_heaps_are_told_apart() -> None:
    heap = [Mark(NOW - 3 * DAY, "Q", "queued"), Mark(NOW - 3 * DAY + 60, "S", "started")]
    assert "1. * Q S in one column   2. * u N in one column" in shown(
        [*heap, Mark(NOW, "u", "update")]
    )


def test_the_scale_holds_still_and_the_mark_for_now_moves_seldom() -> None:
    marks = [Mark(NOW - 900, "Q", "queued"), Mark(NOW - 700, "S", "started")]
    drawn = [bar(marks, now=NOW + second) for second in range(60)]
    assert {line.index("S") for line in drawn} == {drawn[0].index("S")}
    assert len(set(drawn)) <= 3
    assert len({bar(marks, now=NOW + second, sparing=True) for second in range(60)}) <= 2


def test_it_is_read_without_utf_8() -> None:
    row = plain_row("ascii", colors=False)
    assert row is not None
    drawn = bar([Mark(NOW - 600, "Q", "queued"), Mark(NOW + 600, "D", "deadline")])
    plain = "".join(cell for cell, _ in row([(sign, Rendition()) for sign in drawn]))
    assert plain == drawn.replace("─", "-")


def test_without_any_moment_there_is_no_timeline() -> None:
    assert timeline_lines([], NOW, 80) == []


@given(
    st.lists(
        st.tuples(
            st.floats(-1e9, 4e9, allow_nan=False), st.sampled_from("QSuUTDE"), st.just("update")
        ),
        max_size=60,
    ),
    st.integers(1, 300),
)
def test_no_moment_breaks_it(marks, width) -> None:
    lines = timeline_lines([Mark(*mark) for mark in marks], NOW, width)
    assert all(line.pieces for line in lines)
    if lines:
        assert len(text(lines[1])) == max(width, 12)
