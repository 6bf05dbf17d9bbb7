"""The lines of the list of all things, their totals and their bar, without a screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs_tui.domain.outcome import NotAllowed, NotConfirmed, Refused, Throttled, Unreachable
from jobs_tui.engine.fleet.fleet_filter import FleetFilter
from jobs_tui.engine.fleet.standing import Need, Standing
from jobs_tui.engine.fleet.totals import Totals
from jobs_tui.engine.refreshing.forecast import Round
from jobs_tui.ui.forms.typed_line import TypedLine
from jobs_tui.ui.terminal.lines import Line, cells, width_of
from jobs_tui.ui.terminal.safe_text import safe_line
from jobs_tui.ui.views.fleet import (
    MARKER,
    PIN,
    THUMB,
    Marks,
    Recency,
    columns,
    heading_line,
    nothing_line,
    thing_line,
)
from jobs_tui.ui.views.fleet_filter import filter_line
from jobs_tui.ui.views.fleet_totals import PARTS, bar_line, cells_of, totals_line

NOW = 1_800_000_000.0
HOUR = 3600.0
LIVE = Recency(NOW - 5, live_for=13.0)
WIDTHS = [40, 60, 70, 80, 160]
NO_MARKS = Marks()

STUCK = Standing(
    "gw-lyon-01",
    Need.STUCK,
    in_progress=1,
    queued=3,
    stuck=1,
    oldest=NOW - 12 * 60,
    longest_silence=NOW - 2 * HOUR,
)
AWAY = Unreachable("no route to host")


def text(source: Line) -> str:
    return "".join(safe_line(piece.text) for piece in source.pieces)


def shown(
    standing: Standing,
    width: int = 80,
    *,
    recency: Recency = LIVE,
    marks: Marks = NO_MARKS,
    usual_name: int = 12,
) -> str:
    return text(thing_line(standing, recency, NOW, columns(width, usual_name), marks))


def totals_of(*standings: Standing) -> Totals:
    totals = Totals()
    for standing in standings:
        totals.add(standing)
    return totals


def test_a_line_says_name_counts_age_and_what_it_needs() -> None:
    words = " ".join(shown(STUCK).split())
    assert words == "gw-lyon-01 1 3 12 min ! 1 stuck, 2 h without update"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["gw-1", "g" * 128, "\u4e2d" * 60, "[/]\x1b[31m\u202e\ud800"])
@pytest.mark.parametrize("marks", [NO_MARKS, Marks(selected=True, pinned=True, thumb=True)])
def test_a_line_is_exactly_as_wide_as_the_list(width, name, marks) -> None:
    standing = STUCK._replace(thing_name=name, queued=9, capped=True, failure=AWAY)
    for longest_name in (4, 128):
        line = thing_line(standing, LIVE, NOW, columns(width, longest_name), marks)
        assert width_of(line.pieces) == width
        assert width_of(heading_line(columns(width, longest_name)).pieces) <= width


@pytest.mark.parametrize("width", [1, 5, 20, 33])
def test_a_list_too_narrow_to_be_read_is_still_drawn(width) -> None:
    assert shown(STUCK, width)
    assert text(heading_line(columns(width, 12)))


def test_no_control_character_of_a_name_reaches_the_terminal() -> None:
    line = shown(STUCK._replace(thing_name="a\x1b]0;t\x07\u202e\u200b\n"))
    assert safe_line(line) == line
    assert "a\u241b]0;t\u2407<U+202E>" in shown(
        STUCK._replace(thing_name="a\x1b]0;t\x07\u202e"), 160, usual_name=40
    )


def test_names_that_differ_at_the_end_can_be_told_apart_where_they_are_cut() -> None:
    names = [f"site-north-building-4-floor-2-gateway-{number:04d}" for number in range(3)]
    lines = [shown(STUCK._replace(thing_name=name), 40, usual_name=41) for name in names]
    assert [line.split()[0] for line in lines] == [
        "site-no\u2026y-0000",
        "site-no\u2026y-0001",
        "site-no\u2026y-0002",
    ]


def test_a_wider_list_gives_its_room_to_names() -> None:
    name = "site-north-building-4-floor-2-gateway-0017"
    assert name not in shown(STUCK._replace(thing_name=name), 80, usual_name=128)
    assert name in shown(STUCK._replace(thing_name=name), 160, usual_name=128)
    wide, narrow = columns(160, 128), columns(80, 128)
    assert (wide.queued, wide.oldest) == (narrow.queued, narrow.oldest)


def test_a_few_long_names_take_room_only_where_there_is_enough_for_all() -> None:
    assert columns(80, 12, 70).name == columns(80, 12).name == 14
    assert columns(160, 12, 70).name == 70


def test_the_usual_name_decides_where_the_figures_stand() -> None:
    assert shown(STUCK, 160, usual_name=12).index("12 min") < 40


def test_at_40_columns_the_name_the_counts_and_the_need_are_there() -> None:
    assert " ".join(shown(STUCK, 40).split()) == "gw-lyon-01 1 3 ! 1 stuck 2 h"
    assert "in progress" not in text(heading_line(columns(40, 12)))
    assert "progress/queued" in text(heading_line(columns(40, 12)))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_heading_stands_over_its_figures(width) -> None:
    heading, line = text(heading_line(columns(width, 12))), shown(STUCK._replace(queued=7), width)
    assert heading.rindex("queued") < line.index("7") < heading.rindex("queued") + len("queued")
    assert heading.index("needs") == line.index("!")
    assert heading.index("thing") == line.index("gw-")


def test_a_capped_list_has_a_plus_beside_its_count() -> None:
    full = STUCK._replace(queued=9, capped=True)
    assert " 9+ " in shown(full)
    assert shown(full).index("9+") == shown(STUCK._replace(queued=3)).index("3 ")


def test_a_thing_that_was_never_asked_has_no_figures() -> None:
    line = shown(Standing("gw-1"), recency=Recency(None, 13.0))
    assert " ".join(line.split()) == "gw-1 not asked yet"


def test_what_is_live_and_quiet_says_no_more_than_its_name_and_zeros() -> None:
    assert shown(Standing("gw-1", Need.QUIET)).split() == ["gw-1", "0", "0"]


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing("x", Need.CONFLICT, conflicts=1), "! conflict"),
        (Standing("x", Need.CONFLICT, conflicts=2), "! 2 conflicts"),
        (
            Standing("x", Need.OVERDUE, stuck=1, overdue=1, deadline=NOW - 300),
            "! overdue, by 5 min",
        ),
        (
            Standing("x", Need.OVERDUE, stuck=2, overdue=2, deadline=NOW - 300),
            "! 2 overdue, by 5 min",
        ),
        (Standing("x", Need.DUE, deadline=NOW + 200), "! times out in 3 min"),
        (Standing("x", Need.ERROR, failure=AWAY), "! unreachable"),
        (Standing("x", Need.ERROR, failure=Throttled("")), "! throttled"),
        (Standing("x", Need.ERROR, failure=NotAllowed("")), "! not allowed"),
        (Standing("x", Need.ERROR, failure=NotConfirmed("")), "! no valid answer"),
        (Standing("x", Need.ERROR, failure=Refused("")), "! refused"),
    ],
)
def test_each_need_has_its_words_and_an_exclamation_mark(standing, words) -> None:
    assert words in shown(standing, 160)


def test_several_needs_are_all_told_where_there_is_room() -> None:
    both = STUCK._replace(conflicts=1, need=Need.CONFLICT, failure=AWAY)
    words = "! conflict \u00b7 1 stuck, 2 h without update \u00b7 unreachable \u00b7 stale <1 min"
    assert words in shown(both, 160)
    assert "! conflict \u00b7 1 stuck\u2026" in shown(both, 70, usual_name=20)


@pytest.mark.parametrize(
    ("recency", "failure", "words"),
    [
        (LIVE, None, ""),
        (Recency(NOW - 200, 13.0), None, "3 min old"),
        (Recency(NOW - 5, 13.0, paused=True), None, "paused"),
        (Recency(NOW - 200, 13.0, paused=True), None, "paused, 3 min old"),
        (Recency(NOW - 3 * HOUR, 13.0, earlier_run=True), None, "stale 3 h"),
        (Recency(NOW - 5, 123.0, interval=60.0), None, "every 60 s"),
        (Recency(NOW - 5, 123.0, interval=600.0), None, "every 10 min"),
        (Recency(NOW - 3 * HOUR, 13.0), AWAY, "! unreachable \u00b7 stale 3 h"),
        (Recency(None, 13.0), AWAY, "! unreachable"),
        (Recency(NOW + 60, 13.0), None, ""),
    ],
)
def test_how_old_the_data_is_shows_where_it_is_not_live(recency, failure, words) -> None:
    need = Need.ERROR if failure else Need.QUIET
    line = shown(Standing("gw-1", need, failure=failure), recency=recency)
    assert line[line.index("gw-1") :].split()[-len(words.split()) :] == words.split() or not words
    if not words:
        assert line.split() == ["gw-1", "0", "0"]


def test_what_an_earlier_run_saw_needs_what_it_needed_then() -> None:
    yesterday = Recency(NOW - HOUR, 13.0, earlier_run=True)
    words = "! 1 stuck, 60 min without update \u00b7 stale 60 min"
    assert words in shown(STUCK, 160, recency=yesterday)


def test_without_colours_cursor_pin_and_what_is_in_sight_are_marked() -> None:
    plain = shown(STUCK)
    assert not set(plain) & {MARKER, PIN, THUMB}
    marked = shown(STUCK, marks=Marks(selected=True, pinned=True, thumb=True))
    assert marked.startswith(f"{MARKER} {PIN} gw-lyon-01")
    assert marked.endswith(THUMB)


@pytest.mark.parametrize("width", [30, 80])
def test_the_sign_of_marked_executions_stands_right_before_the_name(width) -> None:
    marks = Marks(selected=True, pinned=True, marked=True)
    assert shown(STUCK, width, marks=marks).replace(" ", "").startswith("\u25b6\u2022*gw-lyon-01")
    assert shown(STUCK, width, marks=Marks(marked=True)).lstrip().startswith("*gw-lyon-01")


def test_the_cursor_looks_different_where_the_keys_go_elsewhere() -> None:
    looks = {
        thing_line(STUCK, LIVE, NOW, columns(80, 12), Marks(*marks)).look
        for marks in ((True, True), (True, False), (False, True))
    }
    assert len(looks) == 3


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (FleetFilter("xyz"), "nothing matches xyz: esc shows all things"),
        (FleetFilter(urgent=True), "nothing needs attention: ! shows all things, esc too"),
        (FleetFilter("a", urgent=True), "nothing that needs attention matches a: esc shows all"),
    ],
)
def test_an_empty_list_says_why_and_how_to_leave_the_filter(wanted, words) -> None:
    assert words in text(nothing_line(wanted, 1000, 80))
    assert "no thing to watch" in text(nothing_line(wanted, 0, 80))


def test_an_empty_list_shows_a_hostile_filter_safely() -> None:
    line = text(nothing_line(FleetFilter("[/]\x1b[31m" * 50), 5, 80))
    assert safe_line(line) == line
    assert cells(line) <= 80


SOME = totals_of(
    STUCK,
    Standing("c", Need.CONFLICT, in_progress=1, conflicts=1),
    Standing("e", Need.ERROR, failure=AWAY),
    Standing("q", Need.QUEUED, queued=10, capped=True),
    *(Standing(f"quiet-{number}", Need.QUIET) for number in range(996)),
)


def test_totals_name_what_is_urgent_first_and_leave_out_what_is_not_there() -> None:
    assert text(totals_line(SOME, None, None, 80)) == (
        " 1,000 things   1 conflict \u00b7 1 stuck \u00b7 1 error"
        " \u00b7 2 in progress \u00b7 13+ queued"
    )


def test_wide_totals_tell_the_signs_of_the_bar() -> None:
    line = text(totals_line(SOME, None, None, 160))
    for need, words in ((Need.STUCK, "1 stuck"), (Need.QUIET, "996 quiet")):
        assert f"{PARTS[need].sign} {words}" in line


def test_that_nothing_needs_attention_is_said_once_it_is_known() -> None:
    good = totals_of(Standing("q", Need.QUEUED, queued=1))
    assert "nothing needs attention" in text(totals_line(good, None, None, 80))
    assert "nothing needs" not in text(totals_line(SOME, None, None, 80))
    unknown = totals_of(Standing("u"))
    assert "nothing needs" not in text(totals_line(unknown, None, None, 80))
    under_way = totals_line(good, Round(1, 2, 1.0), None, 80)
    assert "nothing needs" not in text(under_way)


@pytest.mark.parametrize(
    ("first_round", "words"),
    [
        (Round(340, 1000, 66.2), "340 of 1,000 asked, 66 s left"),
        (Round(340, 1000, 660.0), "340 of 1,000 asked, 11 min left"),
    ],
)
def test_the_first_round_tells_how_far_it_is(first_round, words) -> None:
    assert words in text(totals_line(SOME, first_round, None, 80))


def test_a_filter_tells_how_many_it_lets_through() -> None:
    assert "12 of 1,000 things" in text(totals_line(SOME, None, 12, 80))


@pytest.mark.parametrize("width", range(1, 80))
def test_totals_never_cut_a_figure(width) -> None:
    line = text(totals_line(SOME, None, None, width))
    assert cells(line) <= width
    figures = line.split("   ")[1:]
    assert all(figure in text(totals_line(SOME, None, None, 80)) for figure in figures)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_bar_fills_the_line_and_leaves_nothing_out(width) -> None:
    by_need = dict.fromkeys(Need, 1) | {Need.QUIET: 10_000}
    bar = text(bar_line(by_need, width))
    assert len(bar) == width
    assert set(bar) == {part.sign for part in PARTS.values()}


def test_the_parts_of_the_bar_can_be_told_apart_without_colours() -> None:
    assert set(PARTS) == set(Need)
    assert len({part.sign for part in PARTS.values()}) == len(Need)
    assert all(cells(part.sign) == 1 for part in PARTS.values())


def test_the_bar_is_to_scale_with_the_most_urgent_on_the_left() -> None:
    bar = text(bar_line({Need.QUIET: 50, Need.IN_PROGRESS: 25, Need.STUCK: 25}, 80))
    stuck, busy, quiet = (PARTS[need].sign for need in (Need.STUCK, Need.IN_PROGRESS, Need.QUIET))
    assert bar == stuck * 20 + busy * 20 + quiet * 40
    assert text(bar_line({}, 80)) == ""


@given(st.lists(st.integers(0, 10_000) | st.integers(0, 3), max_size=9), st.integers(0, 200))
def test_shares_sum_to_the_width_and_each_has_a_cell(numbers, width) -> None:
    shares = cells_of(numbers, width)
    there = [share for share, number in zip(shares, numbers, strict=True) if number]
    assert len(shares) == len(numbers)
    assert sum(shares) == (width if there else 0)
    assert sum(shares) == sum(there)
    if width >= len(there):
        assert all(share >= 1 for share in there)
    else:
        assert sum(there) == width
    wide = [(number, share) for number, share in zip(numbers, shares, strict=True) if share > 1]
    for number, share in wide:
        assert abs(share - number * width / sum(numbers)) <= len(numbers)


def test_the_filter_shows_what_is_typed_with_the_cursor_in_it() -> None:
    line = filter_line(FleetFilter(), TypedLine("lyon", 2), 80)
    assert text(line).startswith(" / lyon")
    assert ("o", "title-focused") in line.pieces
    assert "enter keeps, esc clears" in text(line)


@pytest.mark.parametrize(
    ("width", "words"),
    [(40, "a name or a state"), (80, "such as stuck"), (160, "!word leaves out")],
)
def test_an_empty_filter_says_what_can_be_typed_in_as_many_words_as_fit(width, words) -> None:
    assert words in text(filter_line(FleetFilter(), TypedLine(), width))
    assert all(cells(text(filter_line(FleetFilter(), TypedLine(), w))) <= w for w in range(10, 160))


@pytest.mark.parametrize("width", [20, 40, 80, 160])
@pytest.mark.parametrize("at", [0, 50, 100])
def test_the_cursor_stays_in_sight_in_a_long_filter(width, at) -> None:
    line = filter_line(FleetFilter(urgent=True), TypedLine("abcdefghij" * 10, at), width)
    under = next(piece for piece in line.pieces if piece.look == "title-focused")
    before = width_of(line.pieces[: line.pieces.index(under)])
    assert before < width
    assert width_of(line.pieces) <= width


@pytest.mark.parametrize("width", [40, 80])
def test_a_filter_that_was_kept_says_how_to_leave_it(width) -> None:
    words = text(filter_line(FleetFilter("lyon", urgent=True), None, width))
    assert " ! / lyon" in words
    assert ("esc clears" in words) == (width == 80)
    only = text(filter_line(FleetFilter(urgent=True), None, width))
    assert "! only what needs attention" in only


@pytest.mark.parametrize(
    ("keys", "text", "at"),
    [
        (("left",), "gw stuck", 7),
        (("left", "right", "right"), "gw stuck", 8),
        (("home", "left"), "gw stuck", 0),
        (("home", "end"), "gw stuck", 8),
        (("backspace",), "gw stuc", 7),
        (("home", "backspace"), "gw stuck", 0),
        (("home", "delete"), "w stuck", 0),
        (("delete",), "gw stuck", 8),
        (("ctrl+w",), "gw ", 3),
        (("ctrl+w", "ctrl+w", "ctrl+w"), "", 0),
        (("left", "ctrl+u"), "k", 0),
    ],
)
def test_the_keys_of_a_field_edit_what_was_typed(keys, text, at) -> None:
    typed = TypedLine("gw stuck", 8)
    for key in keys:
        typed = typed.edit(key)
    assert typed == (text, at)


def test_other_keys_are_for_others() -> None:
    assert TypedLine("x", 1).edit("down") is None


@pytest.mark.parametrize(
    ("pasted", "text"),
    [("ly", "gw-ly-1"), ("ly\nrm -rf", "gw-ly-1"), ("\n", "gw--1"), ("", "gw--1")],
)
def test_a_paste_goes_where_the_cursor_is(pasted, text) -> None:
    assert TypedLine("gw--1", 3).insert(pasted).text == text


def test_a_paste_of_a_megabyte_is_cut_to_what_a_name_could_be() -> None:
    typed = TypedLine("gw-", 0).insert("x" * 1_000_000)
    assert typed == ("x" * 253 + "gw-", 253)
    assert typed.insert("y") == typed


def test_a_paste_holds_no_control_characters() -> None:
    typed = TypedLine().insert("a\x1b[31m\u202e\ud800\tb")
    assert typed == ("a\ufffd[31m\ufffd\ufffd\ufffdb", 10)
