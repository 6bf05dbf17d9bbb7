"""Lines from records, without a screen."""

import time
from dataclasses import replace

import pytest

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import ExecutionKey, JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import Unreachable
from jobs_tui.domain.status import Status
from jobs_tui.engine.store import Connecting
from jobs_tui.engine.thing_state import ThingState, with_answer, with_description
from jobs_tui.ui.terminal.lines import Line, cells, line, spread, wrapped
from jobs_tui.ui.views.allotment import allot
from jobs_tui.ui.views.bars import waiting_words
from jobs_tui.ui.views.durations import coarse, exact, moment, short
from jobs_tui.ui.views.panel import Freshness
from jobs_tui.ui.views.panel import panel as panel_of
from jobs_tui.ui.views.rows import Row, rows_of

NOW = 1_800_000_000.0
LIMITS = AttentionLimits()
LIVE = Freshness(NOW, paused=False, live_for=10.0)


def summary(job_id: str, status: Status, age: float, version: int = 1) -> JobExecutionSummary:
    started = NOW - age if status is Status.IN_PROGRESS else None
    return JobExecutionSummary(job_id, status, NOW - age, started, NOW - age, version, 1)


def thing(*summaries: JobExecutionSummary, at: float = NOW) -> ThingState:
    pending = PendingJobExecutions(
        tuple(entry for entry in summaries if entry.status is Status.IN_PROGRESS),
        tuple(entry for entry in summaries if entry.status is Status.QUEUED),
    )
    return with_answer(ThingState("gw"), pending, now=at, keep_left=20.0)


def rows(state: ThingState, now: float = NOW) -> tuple[Row, ...]:
    return rows_of(state, lambda key: None, now, LIMITS)


def text(source: Line) -> str:
    return "".join(piece.text for piece in source.pieces)


def panel(state: ThingState, *, height: int = 12, selected: int | None = 0, width: int = 80) -> str:
    focused = selected is not None
    shown = panel_of(state, rows(state), selected, LIVE, width, focused=focused).lines(height)
    assert len(shown.lines) == height
    return "\n".join(text(entry) for entry in shown.lines)


def test_in_progress_stands_first_then_queued_by_creation() -> None:
    state = thing(
        summary("young", Status.QUEUED, 60),
        summary("old", Status.QUEUED, 600),
        summary("busy", Status.IN_PROGRESS, 30),
    )
    assert [row.key.job_id for row in rows(state)] == ["busy", "old", "young"]


def test_what_was_queued_in_the_same_second_stays_in_the_order_of_the_service() -> None:
    state = thing(summary("second", Status.QUEUED, 60), summary("first", Status.QUEUED, 60))
    assert [row.key.job_id for row in rows(state)] == ["second", "first"]


def test_a_row_says_status_version_and_age() -> None:
    shown = panel(thing(summary("fw", Status.IN_PROGRESS, 720, version=4)))
    for words in ("fw", "IN_PROGRESS", "v4", "12 min", "1 in progress", "0 queued", "live"):
        assert words in shown


def test_a_job_in_progress_without_update_is_stuck() -> None:
    (row,) = rows(thing(summary("fw", Status.IN_PROGRESS, 3600)))
    assert (row.flag, row.remark) == ("stuck", "no update for 60 min")


@pytest.mark.parametrize(
    ("left", "flag", "remark"),
    [(1200, "", "times out in 20 min"), (180, "due", "times out in 3 min"), (0, "overdue", "past")],
)
def test_a_deadline_is_told_where_it_is_known(left: int, flag: str, remark: str) -> None:
    listed = summary("fw", Status.IN_PROGRESS, 10)
    told = JobExecution(
        "fw",
        "gw",
        Status.IN_PROGRESS,
        approximate_seconds_before_timed_out=left,
        version_number=1,
        execution_number=1,
    )
    (row,) = rows(with_description(thing(listed), told, now=NOW))
    assert row.flag == flag
    assert remark in row.remark


def test_a_deadline_of_an_older_version_is_not_shown() -> None:
    told = JobExecution(
        "fw",
        "gw",
        Status.IN_PROGRESS,
        {},
        None,
        None,
        None,
        60,
        version_number=1,
        execution_number=1,
    )
    state = with_description(thing(summary("fw", Status.IN_PROGRESS, 10, version=2)), told, now=NOW)
    assert rows(state)[0].remark == ""


def test_a_row_that_left_stays_in_its_place_for_a_while() -> None:
    before = thing(summary("a", Status.QUEUED, 90), summary("b", Status.QUEUED, 60))
    after = with_answer(
        before,
        PendingJobExecutions((), (summary("b", Status.QUEUED, 60),)),
        now=NOW + 5,
        keep_left=20.0,
    )
    assert [(row.key.job_id, row.status) for row in rows(after, NOW + 5)] == [
        ("a", "gone"),
        ("b", "QUEUED"),
    ]
    assert [row.key.job_id for row in rows(after, NOW + 26)] == ["b"]


def test_an_empty_panel_says_so_and_an_unanswered_one_does_not() -> None:
    assert "No pending jobs" in panel(thing())
    assert "No pending jobs" not in panel(ThingState("gw"))


def test_a_full_list_says_that_there_may_be_more() -> None:
    assert "10 listed, there may be more" in panel(
        thing(*(summary(f"job-{n}", Status.QUEUED, n) for n in range(10)))
    )
    nine = panel(thing(*(summary(f"job-{n}", Status.QUEUED, n) for n in range(9))))
    assert "there may be more" not in nine


def test_an_error_stands_in_the_panel_with_its_next_step_and_blanks_nothing() -> None:
    state = replace(
        thing(summary("fw", Status.QUEUED, 60), at=NOW - 41),
        failure=Unreachable("connection refused", "is the endpoint right?"),
    )
    shown = panel(state)
    for words in ("connection refused", "is the endpoint right?", "stale 40 s: unreachable", "fw"):
        assert words in shown


def test_a_short_panel_shows_the_selected_row_and_how_many_are_hidden() -> None:
    state = thing(*(summary(f"job-{n:02}", Status.QUEUED, 900 - n) for n in range(9)))
    shown = panel(state, height=4, selected=7)
    assert "job-07" in shown
    assert "7 more" in shown


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_no_line_of_a_panel_is_wider_than_the_panel(width: int) -> None:
    state = replace(
        thing(summary("j" * 64, Status.IN_PROGRESS, 7200), summary("日" * 30, Status.QUEUED, 60)),
        failure=Unreachable("r" * 300, "a" * 300),
    )
    shown = panel_of(state, rows(state), 0, LIVE, width, focused=True).lines(8)
    assert all(cells(text(entry)) <= width for entry in shown.lines)


@pytest.mark.parametrize(
    ("needed", "focused", "height", "allotted"),
    [
        ([4, 3, 2], 0, 20, [4, 3, 2]),
        ([8, 8, 8], 1, 14, [4, 8, 2]),
        ([8, 8, 8], 0, 6, [2, 2, 2]),
        ([8, 8, 8], 0, 3, [2, 2, 2]),
        ([], 0, 10, []),
    ],
)
def test_the_focused_panel_gets_room_first(
    needed: list[int], focused: int, height: int, allotted: list[int]
) -> None:
    assert allot(needed, focused, height) == allotted


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "<1 min"),
        (59, "<1 min"),
        (60, "1 min"),
        (7199, "119 min"),
        (7200, "2 h"),
        (172800, "2 d"),
    ],
)
def test_ages_are_coarse(seconds: float, words: str) -> None:
    assert coarse(seconds) == words


def test_shorter_durations_keep_some_seconds() -> None:
    assert [short(9), short(41), short(61)] == ["<10 s", "40 s", "1 min"]
    assert [exact(42), exact(723), exact(7500), exact(273600)] == [
        "42 s",
        "12 min 3 s",
        "2 h 5 min",
        "3 d 4 h",
    ]


def test_a_moment_that_no_calendar_holds_is_still_told() -> None:
    assert moment(0) == "1970-01-01 00:00:00 UTC"
    assert moment(1e18) == "1000000000000000000 s"


def test_the_left_part_of_a_line_gives_way_to_the_right() -> None:
    assert text(spread(line("a" * 50).pieces, line("right").pieces, 20)) == "aaaaaaaaaaaaa… right"


def test_wrapping_loses_nothing() -> None:
    source = line("日本語" * 20, "abc" * 30)
    parts = list(wrapped(source, 17))
    assert "".join(text(part) for part in parts) == text(source)
    assert all(cells(text(part)) <= 17 for part in parts)


@pytest.mark.parametrize("sign", ["x", "\u202e", "日", "é"])
def test_a_line_of_a_million_characters_is_wrapped_soon(sign: str) -> None:
    begun = time.process_time()
    rows_of_it = sum(1 for _ in wrapped(line(sign * 1_000_000), 78))
    assert time.process_time() - begun < 3
    assert rows_of_it >= 1_000_000 // 78


def test_a_character_that_is_wider_than_the_room_does_not_wrap_for_ever() -> None:
    assert [text(part) for part in wrapped(line("日本"), 1)] == ["日", "本"]


def test_rows_are_known_by_job_and_execution_number() -> None:
    (row,) = rows(thing(summary("fw", Status.QUEUED, 1)))
    assert row.key == ExecutionKey("gw", "fw", 1)


def test_a_panel_says_who_names_the_endpoint_where_there_is_room() -> None:
    state = thing(summary("fw", Status.IN_PROGRESS, 720))
    freshness = LIVE._replace(endpoint="discovered")
    for width, told in ((80, True), (56, False)):
        title = text(
            panel_of(state, rows(state), 0, freshness, width, focused=True).lines(4).lines[0]
        )
        assert ("discovered endpoint \u00b7 live" in title) is told
        assert title.rstrip().endswith("live")
        assert len(title) == width


def test_a_panel_without_data_says_what_the_link_waits_for() -> None:
    freshness = LIVE._replace(waits_for="looking for credentials, 4 s")
    title = text(panel_of(ThingState("gw"), (), 0, freshness, 80, focused=True).lines(4).lines[0])
    assert title.rstrip().endswith("looking for credentials, 4 s")


def test_it_is_told_for_how_long_something_is_waited_for() -> None:
    link = Connecting("looking for credentials", 100.0)
    assert waiting_words(link, 101.0) == "looking for credentials"
    assert waiting_words(link, 104.5) == "looking for credentials, 4 s"
    assert waiting_words(Unreachable("no"), 104.5) == ""
