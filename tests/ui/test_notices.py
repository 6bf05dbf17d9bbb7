"""The notices on the screen, by keys."""

import asyncio
import re
from pathlib import Path

import pytest

from jobs_tui.engine.notices import Notice
from jobs_tui.ui.views.notices import notices_lines

NOW = 1_800_000_000.0
DAY = 86400.0


def words(lines) -> list[str]:
    return ["".join(piece.text for piece in line.pieces).rstrip() for line in lines]


def told_on(text: str) -> list[str]:
    return re.findall(r"notice \d\d", text)


async def test_all_that_the_status_line_told_can_be_read_again(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1", refresh=9.0) as screen:
        await screen.see("live")
        await screen.press("L")
        await screen.see("Nothing was told yet")
        await screen.press("question_mark")
        await screen.see("Go to the oldest notice")
        await screen.press("escape", "escape", "p", "p", "minus")
        await screen.press("L")
        await screen.see("notices")
        lines = screen.text.splitlines()
        assert "2027-01-15 UTC" in lines[1]
        assert [line[:10].strip() for line in lines[2:5]] == ["08:00:00"] * 3
        assert "every 10 s" in lines[2]
        assert "automatic refresh resumed" in lines[3]
        assert "automatic refresh paused" in lines[4]
        # while it is open, what is told meanwhile comes on top
        screen.engine.notices.tell("something else", "warning")
        await screen.see("! something else")
        assert "something else" in screen.text.splitlines()[2]
        for key in ("escape", "q", "L"):
            await screen.press(key)
            await screen.see("open  o document")
            assert "something else" in screen.text.splitlines()[-2]
            await screen.press("L")
            await screen.see("esc back")


async def test_a_notice_that_comes_while_they_are_left_harms_nothing(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1", refresh=9.0) as screen:
        await screen.see("live")
        await screen.press("L")
        await screen.see("Nothing was told yet")
        screen.app.screen.back()
        for number in range(200):
            # what it is made of goes some turns before the screen does
            screen.engine.notices.tell(f"notice {number}")
            await asyncio.sleep(0)
        await screen.see("notice 199")


async def test_what_was_left_out_of_the_things_is_told_when_the_screen_begins(
    account, cockpit
) -> None:
    problems = ("2 names are there twice", "1 name cannot exist: a\x1b[31m/b " + "very long " * 20)
    async with cockpit("gw-1", problems=problems) as screen:
        await screen.see("1 name cannot exist")
        await screen.press("L")
        await screen.see("! 2 names are there twice")
        assert screen.text.count("very") == 20
        assert "\x1b" not in screen.text


@pytest.mark.slow
async def test_what_one_reads_stays_in_its_place_while_more_is_told(account, cockpit) -> None:
    async with cockpit("gw-1") as screen:
        await screen.see("live")
        for number in range(60):
            screen.engine.notices.tell(f"notice {number:02d}")
        await screen.press("L", "pagedown")
        await screen.see("notice 35")
        before = told_on(screen.text)
        screen.engine.notices.tell("another one")
        await screen.see("61")
        assert told_on(screen.text) == before
        await screen.press("home")
        await screen.see("another one")
        await screen.press("G")
        await screen.see("notice 00")


async def test_a_snapshot_that_cannot_be_kept_is_told_there_and_the_program_ends_as_usual(
    account, cockpit, tmp_path: Path
) -> None:
    (tmp_path / "taken").touch()
    snapshot = tmp_path / "taken" / "things-1.jsonl"
    async with cockpit("gw-1", snapshot=snapshot) as screen:
        await screen.see("live")
    assert "cannot be kept: File exists" in screen.engine.notices.newest_first[0].text


def test_a_new_day_begins_under_its_date() -> None:
    notices = (Notice(NOW, "b"), Notice(NOW - DAY, "a", "alarm"))
    assert words(notices_lines(notices, 30)) == [
        " 2027-01-15 UTC " + 14 * "\u2500",
        "08:00:00   b",
        " 2027-01-14 UTC " + 14 * "\u2500",
        "08:00:00 ! a",
    ]


def test_a_long_text_goes_on_under_its_beginning() -> None:
    told = words(notices_lines((Notice(NOW, "one two three four five six"),), 25))
    assert told[1:] == ["08:00:00   one two", "           three four", "           five six"]
