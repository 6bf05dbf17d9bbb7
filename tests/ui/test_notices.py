"""The notices on the screen, by keys."""

import asyncio
import re
from pathlib import Path

import pytest

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.events import Event, EventKind, news_of
from jobs_tui.engine.notices import Notice
from jobs_tui.ui.views.notices import notices_rows

NOW = 1_800_000_000.0
DAY = 86400.0


def words(rows) -> list[str]:
    return ["".join(piece.text for piece in line.pieces).rstrip() for line, _ in rows]


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
        assert [line[3:12].strip() for line in lines[2:5]] == ["08:00:00"] * 3
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


@pytest.mark.slow
async def test_enter_goes_to_the_row_that_a_notice_is_about(account, cockpit) -> None:
    for number in (1, 2):
        account.create_thing(f"gw-{number}")
        account.create_job(job_id=f"old-{number}", targets=(f"gw-{number}",), document="{}")
    async with cockpit("gw-1", "gw-2") as screen:
        await screen.see("old-2")
        account.create_job(job_id="new-1", targets=("gw-2",), document="{}")
        await screen.see("gw-2 / new-1: new job")
        account.update_job_execution("gw-2", "old-2", status="SUCCEEDED")
        await screen.see("gw-2 / old-2: left the list while queued")
        await screen.press("L", "down")
        await screen.see(lambda: "new job" in screen.line_with("\u25b6"))
        await screen.press("enter")
        await screen.see(lambda: screen.app.screen.thing_name == "gw-2")
        assert screen.app.screen.selected_row.key.job_id == "new-1"


@pytest.mark.slow
async def test_enter_says_where_there_is_no_place_to_go_to(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1") as screen:
        await screen.see("No pending jobs")
        tell = screen.engine.notices.tell
        tell("about nothing")
        tell("not here", place=ExecutionKey("gw-9", "fw-1"))
        tell("not now", place=ExecutionKey("gw-1", "fw-9"))
        await screen.press("L", "enter")
        await screen.see("fw-9 is listed no more at gw-1")
        # what was said since stands above it
        await screen.press("L", "down", "down", "enter")
        await screen.see("gw-9 is watched no more")
        await screen.press("L", "end", "enter")
        await screen.see("Go there: not now, this notice is not about one thing")


@pytest.mark.slow
async def test_a_notice_leads_to_a_thing_that_the_list_hides(account, cockpit) -> None:
    names = [f"gw-{number:02d}" for number in range(40)]
    for name in names:
        account.create_thing(name)
    account.create_job(job_id="fw-1", targets=("gw-33",), document="{}")
    async with cockpit(*names, refresh=0.5, rate=200.0) as screen:
        await screen.see("40 things")
        await screen.see(lambda: screen.engine.refresher.first_round is None)
        await screen.press("slash", *"gw-02", "enter")
        await screen.see("1 of 40 things")
        screen.engine.notices.tell("look", place=ExecutionKey("gw-33", "fw-1", 1))
        await screen.press("L", "enter")
        await screen.see(lambda: "40 things" in screen.text and "1 of" not in screen.text)
        assert screen.app.screen.thing_name == "gw-33"
        assert screen.app.screen.selected_row.key.job_id == "fw-1"


@pytest.mark.slow
async def test_mere_news_do_not_push_the_answer_to_a_key_out_of_the_status_line(
    account, cockpit
) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1") as screen:
        await screen.see("No pending jobs")
        await screen.press("o")
        await screen.see("not now")
        account.create_job(job_id="fw-1", targets=("gw-1",), document="{}")
        await screen.see(lambda: screen.engine.notices.latest.news)
        assert "not now" in screen.text.splitlines()[-2]
        await screen.press("L")
        await screen.see("gw-1 / fw-1: new job")


def test_a_new_day_begins_under_its_date() -> None:
    notices = (Notice(NOW, "b"), Notice(NOW - DAY, "a", "alarm"))
    assert words(notices_rows(notices, 30, notices[0])) == [
        " 2027-01-15 UTC " + 14 * "\u2500",
        "\u25b6 08:00:00   b",
        " 2027-01-14 UTC " + 14 * "\u2500",
        "  08:00:00 ! a",
    ]


def test_a_long_text_goes_on_under_its_beginning() -> None:
    told = words(notices_rows((Notice(NOW, "one two three four five six"),), 27))
    margin = 13 * " "
    assert told[1:] == ["  08:00:00   one two", f"{margin}three four", f"{margin}five six"]


HERE, GONE = ExecutionKey("gw-2", "fw-2", 1), ExecutionKey("gw-2", "fw-9", 1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("events", "told", "listed"),
    [
        ([Event(EventKind.NEW_JOB, HERE)], "  gw-2 / fw-2: new job", True),
        ([Event(EventKind.DUE, HERE)], "! gw-2 / fw-2: about to time out", True),
        ([Event(EventKind.PAST_DEADLINE, GONE)], "! gw-2 / fw-9: left the list past its", False),
        ([Event(EventKind.LEFT_IN_PROGRESS, GONE)], "  gw-2 / fw-9: left the list in", False),
        ([Event(EventKind.LEFT_QUEUE, GONE)], "  gw-2 / fw-9: left the list while", False),
        ([Event(EventKind.NEW_JOB, HERE)] * 4, "  4 new jobs on gw-2", True),
    ],
)
async def test_each_kind_of_news_leads_to_its_place(account, cockpit, events, told, listed) -> None:
    for number in (1, 2):
        account.create_thing(f"gw-{number}")
        account.create_job(f"fw-{number}", [f"gw-{number}"], "{}")
    async with cockpit("gw-1", "gw-2") as screen:
        await screen.see("fw-2")
        for news in news_of(events):
            screen.engine.notices.tell(news.text, news.level, place=news.place, news=True)
        await screen.press("L")
        await screen.see(f"\u25b6 08:00:00 {told}")
        await screen.press("enter")
        await screen.see(lambda: screen.app.screen.thing_name == "gw-2")
        assert screen.app.screen.selected_row.key.job_id == "fw-2"
        if not listed:
            await screen.see("fw-9 is listed no more at gw-2")


@pytest.mark.slow
async def test_a_conflict_leads_to_its_row_and_is_decided_there(account, cockpit) -> None:
    for number in (1, 2):
        account.create_thing(f"gw-{number}")
        account.create_job(f"fw-{number}", [f"gw-{number}"], "{}")
        account.start_next_pending_job_execution(f"gw-{number}")
    seen = JobExecution("fw-2", "gw-2", Status.IN_PROGRESS, version_number=2, execution_number=1)
    wish = UpdateJobExecution("gw-2", "fw-2", Status.FAILED, {}, 2, 1)
    async with cockpit("gw-1", "gw-2") as screen:
        await screen.see("fw-2")
        account.update_job_execution("gw-2", "fw-2", "IN_PROGRESS", status_details={"step": "x"})
        await screen.engine.change(wish, seen)
        await screen.see("gw-2 / fw-2: FAILED, conflict")
        await screen.press("L")
        await screen.see("\u25b6 08:00:00 ! gw-2 / fw-2: FAILED, conflict")
        await screen.press("enter")
        await screen.see(lambda: screen.app.screen.thing_name == "gw-2")
        await screen.press("s")
        await screen.see("Apply to version 3")


@pytest.mark.slow
async def test_the_endpoint_lost_and_back_are_listed_and_are_about_no_one_thing(
    account, cockpit
) -> None:
    for number in (1, 2):
        account.create_thing(f"gw-{number}")
    async with cockpit("gw-1", "gw-2") as screen:
        await screen.see(lambda: screen.text.count("No pending jobs") == 2)
        await screen.press("L")
        await screen.take_endpoint_away()
        await screen.see("08:00:00 ! the endpoint is lost: ")
        await screen.press("enter")
        await screen.see("Go there: not now, this notice is not about one thing")
        await screen.bring_endpoint_back()
        await screen.see("08:00:00   the endpoint is back after ", seconds=20)
