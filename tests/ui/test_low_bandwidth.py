"""The screen over a thin line: which styles it has, when it is drawn, and how one comes to it."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from rich.color import ColorType
from rich.segment import Segment

from jobs_tui.engine.context import Context, Contexts
from jobs_tui.engine.engine import Engine
from jobs_tui.engine.store import Connecting
from jobs_tui.engine.thing_state import ThingState
from jobs_tui.ui.app import CockpitApp
from jobs_tui.ui.terminal.plain_looks import head_of
from jobs_tui.ui.views.bars import waiting_words
from jobs_tui.ui.views.panel import Freshness, freshness_words

THINGS = ("gw-1", "gw-2", "gw-3")
JOBS = tuple(f"job-{number:02}" for number in range(10))


@pytest.fixture
def full(account):
    """More rows than there is room for, and one that is in progress on each thing."""
    for name in THINGS:
        account.create_thing(name)
    for job_id in JOBS:
        account.create_job(job_id, THINGS, '{"version": "1.0", "steps": [1, "two"]}')
    for name in THINGS:
        account.update_job_execution(name, JOBS[0], "IN_PROGRESS")
    return account


def frame(screen) -> list[list[Segment]]:
    """What is sent in full, line by line."""
    app = screen.app
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    return [[segment for strip in line for segment in strip] for line in update.strips]


def styled(screen) -> Iterator[Segment]:
    """The segments of the screen that have a style."""
    return (segment for line in frame(screen) for segment in line if segment.style)


def reverse_text(screen) -> list[str]:
    """What stands out in reverse video."""
    return [segment.text.strip() for segment in styled(screen) if segment.style.reverse]


def check_that_nothing_is_sent_that_does_not_show(screen) -> None:
    for segment in styled(screen):
        for color in (segment.style.color, segment.style.bgcolor):
            assert color is None or color.type is ColorType.STANDARD, segment
    for line in frame(screen):
        ends = [each for each in line if each.text][-1:]
        blank = [each for each in ends if each.text.isspace()]
        assert not any(each.style and not each.style.reverse for each in blank), line


@pytest.mark.slow
async def test_every_screen_has_the_terminals_own_colours_and_lines_that_can_be_erased(
    full, cockpit
) -> None:
    async with cockpit(*THINGS, low_bandwidth=True) as screen:
        await screen.see("job-03")
        check_that_nothing_is_sent_that_does_not_show(screen)
        for key, wanted in (
            ("o", '"two"'),
            ("s", "the change is based on it"),
            ("n", "already in progress"),
            ("question_mark", "Keys"),
            ("colon", "Open the execution"),
            ("J", "No change was asked for"),
            ("L", "notices"),
            ("P", "calls/s"),
        ):
            await screen.press(key)
            await screen.see(wanted)
            check_that_nothing_is_sent_that_does_not_show(screen)
            await screen.press("escape")
            await screen.see("gw-3")
        await screen.press("space")
        for key, wanted in (("s", "just read; each change is based on"), ("i", "1 request goes")):
            await screen.press(key)
            await screen.see(wanted)
            check_that_nothing_is_sent_that_does_not_show(screen)
        await screen.press("enter")
        await screen.see("1 sent \u00b7 1 confirmed")
        check_that_nothing_is_sent_that_does_not_show(screen)


async def test_things_are_chosen_on_a_plain_screen_too(read_screen) -> None:
    def watch(_things: tuple[str, ...]) -> Engine:
        raise AssertionError("nothing was chosen")

    app = CockpitApp(Contexts(Context("test", watch, low_bandwidth=True)))
    async with app.run_test(size=(80, 24)):
        assert "name of a thing, or a search" in read_screen(app)
        check_that_nothing_is_sent_that_does_not_show(SimpleNamespace(app=app))


async def test_the_usual_look_has_other_colours(full, cockpit) -> None:
    async with cockpit(*THINGS) as screen:
        await screen.see("job-03")
        with pytest.raises(AssertionError):
            check_that_nothing_is_sent_that_does_not_show(screen)


async def test_thing_and_row_with_the_focus_stand_out(full, cockpit) -> None:
    async with cockpit(*THINGS, low_bandwidth=True) as screen:
        await screen.see("job-03")
        assert "".join(reverse_text(screen)) == "\u25begw-1\u25b6 job-00"
        await screen.press("down")
        assert "".join(reverse_text(screen)) == "\u25begw-1\u25b6 job-01"


@pytest.mark.slow
async def test_where_no_colour_is_wanted_there_is_none(full, cockpit, monkeypatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with cockpit(*THINGS, low_bandwidth=True) as screen:
        await screen.see("job-03")
        await screen.press("s")
        await screen.see("the change is based on it")
        assert not any(each.style.color or each.style.bgcolor for each in styled(screen))
        await screen.press("escape", "B")
        await screen.see("bandwidth is saved no more")
        await screen.press("down")
        assert "job-01" in screen.line_with("\u25b6")


async def test_one_key_leads_to_the_plain_screen_and_back(full, cockpit) -> None:
    async with cockpit(*THINGS) as screen:
        await screen.see(lambda: screen.text.count("live") == len(THINGS))
        usual = frame(screen)[1:-2]
        await screen.press("B")
        await screen.see("bandwidth is saved")
        await screen.see("kB/min")
        assert screen.app.low_bandwidth
        assert screen.engine.low_bandwidth
        check_that_nothing_is_sent_that_does_not_show(screen)
        await screen.press("B")
        await screen.see("bandwidth is saved no more")
        assert not screen.app.low_bandwidth
        assert not screen.engine.low_bandwidth
        assert frame(screen)[1:-2] == usual


@pytest.mark.slow
async def test_rows_stay_in_their_place_until_the_cursor_is_moved_among_them(full, cockpit) -> None:
    def lines_without_titles() -> list[str]:
        return [line[2:] for line in screen.text.splitlines()[1:-2]]

    async with cockpit(*THINGS, low_bandwidth=True) as screen:
        await screen.see(lambda: screen.text.count("live") == len(THINGS))
        await screen.press("down", "down")
        before = lines_without_titles()
        await screen.press("tab")
        assert screen.line_with("\u25be").startswith("\u25be gw-2")
        assert lines_without_titles() == before
        assert screen.text.count("job-05") == 1
        await screen.press("down")
        lines = screen.text.splitlines()
        at = next(index for index, line in enumerate(lines) if "gw-2" in line)
        assert "job-05" in lines[at + 6]
        assert "\u25b6 job-01" in lines[at + 2]


async def test_a_change_waits_to_be_drawn_and_a_key_shows_it_at_once(
    full, cockpit, monkeypatch
) -> None:
    monkeypatch.setattr("jobs_tui.ui.screens.cockpit.CALM_SECONDS", 60.0)
    async with cockpit(*THINGS, low_bandwidth=True) as screen:

        def known() -> bool:
            pending = screen.engine.store.thing("gw-1").pending
            return pending is not None and len(pending.in_progress) == 2

        full.update_job_execution("gw-1", "job-02", "IN_PROGRESS")
        await screen.see(known)
        await screen.press("R")
        await screen.see("refreshing all things")
        assert "job-02" not in screen.text
        await screen.press("down")
        assert "IN_PROGRESS" in screen.line_with("job-02")


async def test_a_slow_line_is_told_of_once_with_the_key_that_helps(full, cockpit) -> None:
    async with cockpit(*THINGS) as screen:
        await screen.see("job-03")
        screen.app.offer_low_bandwidth()
        await screen.see("the line is slow: B saves bandwidth")
        await screen.press("ctrl+c")
        await screen.see("q leaves the program")
        screen.app.offer_low_bandwidth()
        await screen.pilot.pause()
        assert "the line is slow" not in screen.text


@pytest.mark.slow
async def test_nothing_is_offered_to_who_saves_bandwidth_already(full, cockpit) -> None:
    async with cockpit(*THINGS, low_bandwidth=True) as screen:
        await screen.see("job-03")
        screen.app.offer_low_bandwidth()
        await screen.pilot.pause()
        assert "the line is slow" not in screen.text


async def test_an_escape_may_take_longer_over_a_thin_line(full, cockpit) -> None:
    async with cockpit(*THINGS) as screen:
        await screen.see("job-03")
        await screen.press("B")
        await screen.see("bandwidth is saved")
        assert screen.app.escape_delay_seconds == 0.5
        await screen.press("B")
        await screen.see("bandwidth is saved no more")
        assert screen.app.escape_delay_seconds == 0.1


@pytest.mark.parametrize(
    ("line", "head"),
    [
        ("\u25be gw-1  3 queued      live ", "\u25be gw-1"),
        ("\u25b6   gw-1     1  2 ", "\u25b6   gw-1"),
        (" (\u2022) f FAILED       not done", " (\u2022) f FAILED"),
        ("gw-1   ", "gw-1"),
        ("   ", ""),
    ],
)
def test_the_look_of_a_line_reaches_to_the_first_gap(line: str, head: str) -> None:
    assert line[: head_of(line)] == head


@pytest.mark.parametrize(
    ("age", "usual", "coarse"),
    [(3, "live", "live"), (42, "40 s old", "<1 min old"), (100, "1 min old", "1 min old")],
)
def test_ages_are_told_in_minutes_at_the_least(age: float, usual: str, coarse: str) -> None:
    state = ThingState("gw-1", answered_at=1000.0)
    seen = Freshness(1000.0 + age, paused=False, live_for=10.0)
    assert freshness_words(state, seen)[0] == usual
    assert freshness_words(state, seen._replace(coarse=True))[0] == coarse


@pytest.mark.parametrize(
    ("waited", "usual", "coarse"),
    [(1, "credentials", "credentials"), (30, "credentials, 30 s", "credentials")],
)
def test_waiting_does_not_tick(waited: float, usual: str, coarse: str) -> None:
    link = Connecting("credentials", 100.0)
    assert waiting_words(link, 100.0 + waited) == usual
    assert waiting_words(link, 100.0 + waited, in_minutes=True) == coarse
