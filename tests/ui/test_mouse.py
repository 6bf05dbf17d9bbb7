"""What the keys reach can be reached by the mouse as well: rows, footers, lists, texts."""

import pytest
from textual import events

from jobs_tui.ui.screens.add_thing import AddThing
from jobs_tui.ui.screens.clicking import key_at, steps_to
from jobs_tui.ui.terminal.lines import line
from jobs_tui.ui.views.bars import footer_line, rule
from jobs_tui.ui.widgets.cursor_view import CursorView

THINGS = ("gw-1", "gw-2")
MANY = tuple(f"gw-{number:02}" for number in range(30))
DOWN, UP = events.MouseScrollDown, events.MouseScrollUp


@pytest.fixture
def fleet(account) -> None:
    """Two things with two jobs each."""
    for thing in THINGS:
        account.create_thing(thing)
    for job in ("fw-1", "fw-2"):
        account.create_job(job, list(THINGS), '{"a": {"b": 1}, "c": [1, 2]}')


def where(screen, words: str) -> tuple[int, int]:
    """Where on the screen some words stand, from the last line that has them."""
    lines = list(enumerate(screen.text.splitlines()))
    return next((text.index(words), y) for y, text in reversed(lines) if words in text)


async def click(screen, words: str, *, times: int = 1) -> None:
    """Click on some words."""
    await screen.pilot.click(offset=where(screen, words), times=times)


async def turn(screen, words: str, kind: type[events.MouseEvent], times: int = 1) -> None:
    """Turn the wheel over some words, as the terminal reports it."""
    x, y = where(screen, words)
    for _ in range(times):
        turned = kind(None, x, y, 0, 0, 0, shift=False, meta=False, ctrl=False)
        screen.app.post_message(turned)
    await screen.pilot.pause()


def cursor_at(screen) -> str:
    return screen.line_with("\u25b6")


async def test_a_click_selects_a_row_and_a_double_click_opens_it(fleet, cockpit) -> None:
    async with cockpit(*THINGS) as screen:
        await screen.see(lambda: screen.text.count("fw-2") == 2)
        await click(screen, "fw-2")
        await screen.see(lambda: "\u25be gw-2" in screen.text and "fw-2" in cursor_at(screen))
        await click(screen, "fw-1", times=2)
        await screen.see("gw-2 / fw-1  execution")
        await click(screen, "back")
        await screen.see(lambda: "execution" not in screen.line_with("gw-2"))
        await click(screen, "gw-1", times=2)
        await screen.see("\u25be gw-1")
        assert "execution" not in screen.text


@pytest.mark.slow
async def test_a_click_on_a_key_of_the_footer_does_what_the_key_does(fleet, cockpit) -> None:
    async with cockpit(*THINGS, size=(100, 24)) as screen:
        await screen.see("fw-2")
        await click(screen, "? help")
        await screen.see("closes this")
        await screen.pilot.click(offset=(1, 1))
        await screen.see(lambda: "closes this" not in screen.text)
        await click(screen, "next panel")
        await screen.see("\u25be gw-2")
        await click(screen, "document")
        await screen.see("gw-2 / fw-1  job document")


@pytest.mark.slow
async def test_a_key_of_the_footer_that_cannot_be_used_says_why(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1", size=(100, 24)) as screen:
        await screen.see("No pending jobs")
        await click(screen, "document")
        await screen.see("Open the job document: not now")


async def test_the_wheel_moves_the_cursor_among_the_rows_of_all_panels(fleet, cockpit) -> None:
    async with cockpit(*THINGS) as screen:
        await screen.see(lambda: screen.text.count("fw-2") == 2)
        await turn(screen, "fw-2", DOWN, times=3)
        await screen.see(lambda: "\u25be gw-2" in screen.text and "fw-2" in cursor_at(screen))
        await turn(screen, "fw-2", UP)
        await screen.see(lambda: "\u25be gw-2" in screen.text and "fw-1" in cursor_at(screen))


@pytest.mark.slow
async def test_a_double_click_in_the_list_of_things_opens_the_panel(account, cockpit) -> None:
    for thing in MANY:
        account.create_thing(thing)
    async with cockpit(*MANY) as screen:
        await screen.see("gw-07")
        await click(screen, "gw-07", times=2)
        await screen.see("\u25be gw-07")


@pytest.mark.slow
async def test_statuses_and_buttons_of_a_dialog_are_clicked(fleet, cockpit, account) -> None:
    async with cockpit(*THINGS) as screen:
        await screen.open_status_dialog("fw-1")
        await click(screen, "FAILED")
        await screen.see("(\u2022) f FAILED")
        await click(screen, "Cancel")
        await screen.see(lambda: "Change status" not in screen.text)
        await screen.open_status_dialog("fw-1")
        await click(screen, "IN_PROGRESS")
        await screen.see("Sends")
        await click(screen, "Apply")
        await screen.see("1 in progress")


@pytest.mark.slow
async def test_changes_in_the_journal_are_clicked_and_opened(fleet, cockpit) -> None:
    async with cockpit(*THINGS) as screen:
        for _ in range(2):
            await screen.open_status_dialog("fw-1")
            await screen.press("i", "enter")
            await screen.see(lambda: "Change status" not in screen.text)
        await screen.press("J")
        await screen.see("newest first")
        await screen.see(lambda: screen.text.count("fw-1") == 2)
        assert where(screen, "\u25b6") == (0, 1)
        await turn(screen, "fw-1", DOWN)
        await screen.see(lambda: where(screen, "\u25b6") == (0, 2))
        await turn(screen, "fw-1", UP)
        await screen.see(lambda: where(screen, "\u25b6") == (0, 1))
        await click(screen, "fw-1", times=2)
        await screen.see("Change #1")


@pytest.mark.slow
async def test_notices_are_clicked(fleet, cockpit) -> None:
    async with cockpit(*THINGS) as screen:
        await screen.see("fw-2")
        await screen.press("p", "r", "L")
        await screen.see("refreshing gw-1")
        assert "refreshing gw-1" in cursor_at(screen)
        await click(screen, "automatic refresh paused")
        await screen.see(lambda: "automatic refresh paused" in cursor_at(screen))


@pytest.mark.slow
async def test_a_fold_of_a_document_is_closed_by_a_double_click(fleet, cockpit) -> None:
    async with cockpit(*THINGS) as screen:
        await screen.see("fw-2")
        await screen.press("o")
        await screen.see('"b"')
        await click(screen, '"a"', times=2)
        await screen.see(lambda: '"b"' not in screen.text)
        assert screen.app.screen.query_one(CursorView).line > 0


@pytest.mark.slow
async def test_things_to_choose_from_are_clicked(account, cockpit) -> None:
    for thing in (*THINGS, "gw-3"):
        account.create_thing(thing)
    async with cockpit(used_last=(*THINGS, "gw-3")) as screen:
        await screen.see("used last")
        await click(screen, "gw-2")
        await screen.see(lambda: "gw-2" in cursor_at(screen))
        await turn(screen, "gw-2", DOWN)
        await screen.see(lambda: "gw-3" in cursor_at(screen))
        await click(screen, "gw-2", times=2)
        await screen.see("\u25be gw-1")


@pytest.mark.slow
async def test_a_thing_to_add_is_clicked(account, cockpit) -> None:
    for thing in (*THINGS, "gw-3"):
        account.create_thing(thing)
    async with cockpit("gw-1", used_last=(*THINGS, "gw-3")) as screen:
        await screen.see("No pending")
        await screen.press("a")
        await screen.see("gw-3")
        await click(screen, "gw-3")
        await screen.see(lambda: "gw-3" in cursor_at(screen))
        await click(screen, "gw-2", times=2)
        await screen.see(lambda: not isinstance(screen.app.screen, AddThing))
        await screen.see("gw-2 is watched as well")


@pytest.mark.slow
async def test_a_column_to_sort_by_is_clicked(fleet, cockpit) -> None:
    async with cockpit(*THINGS) as screen:
        await screen.see("fw-2")
        await screen.press("comma")
        await screen.see("sort rows")
        await click(screen, "job id", times=2)
        await screen.see(lambda: "sort rows" not in screen.text)
        await screen.press("comma")
        await screen.see(lambda: "in force" in screen.line_with("\u25b6 job id"))


@pytest.mark.slow
async def test_a_command_of_the_palette_is_clicked(fleet, cockpit) -> None:
    async with cockpit(*THINGS) as screen:
        await screen.see("fw-2")
        await screen.press("colon")
        await screen.see("Open the job document")
        await click(screen, "Open the job document")
        await screen.see("gw-1 / fw-1  job document")


def test_a_place_in_the_footer_is_that_of_a_key() -> None:
    footer = footer_line({"enter": "open", "tab": "next panel", "?": "help"}, 80)
    text = "".join(piece.text for piece in footer.pieces)
    assert key_at(footer, text.index("open")) == "enter"
    assert key_at(footer, text.index("panel")) == "tab"
    assert key_at(footer, text.index("?")) == "?"
    assert key_at(footer, len(text) + 3) == ""


def test_headings_of_a_list_are_no_entries() -> None:
    lines = [rule("used last", 20), line("\u25b6 gw-1"), rule("found 2", 20), line("  gw-2")]
    assert [steps_to(lines, y) for y in range(5)] == [None, 0, None, 1, None]
