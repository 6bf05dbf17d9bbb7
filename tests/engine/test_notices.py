"""What was told, in its order and within bounds."""

import pytest

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.notices import HELD_SECONDS, KEPT, Notice, Notices


def test_the_newest_come_first_each_with_its_time() -> None:
    times = iter((1.0, 2.0))
    notices = Notices(lambda: next(times))
    notices.tell("a")
    notices.tell("b", "warning")
    assert notices.newest_first == (Notice(2.0, "b", "warning"), Notice(1.0, "a"))


def test_what_is_told_again_at_once_stands_there_once_with_its_latest_time() -> None:
    times = iter((1.0, 2.0, 3.0, 4.0))
    notices = Notices(lambda: next(times))
    for text, level in (("a", ""), ("a", ""), ("a", "alarm"), ("b", "")):
        notices.tell(text, level)
    assert [(each.at, each.text) for each in notices.newest_first] == [
        (4.0, "b"),
        (3.0, "a"),
        (2.0, "a"),
    ]


def test_what_is_to_be_told_once_is_told_once_whatever_it_says() -> None:
    notices = Notices(lambda: 1.0)
    heard: list[Notice] = []
    notices.subscribe(heard.append)
    for number in range(3):
        notices.tell(f"no room: {number}", once="room")
        notices.tell("other")
    assert [each.text for each in heard] == ["no room: 0", "other", "other", "other"]
    assert [each.text for each in notices.newest_first] == ["other", "no room: 0"]


def test_no_more_are_kept_than_one_would_read_and_who_has_left_hears_no_more() -> None:
    notices = Notices(lambda: 1.0)
    heard: list[Notice] = []
    notices.subscribe(heard.append)
    for number in range(KEPT + 5):
        notices.tell(f"{number}")
    notices.unsubscribe(heard.append)
    notices.tell("last")
    assert len(heard) == KEPT + 5
    assert len(notices.newest_first) == KEPT
    assert notices.latest == Notice(1.0, "last")


def test_mere_news_wait_for_a_few_seconds_before_they_push_anything_else_out() -> None:
    now = 100.0
    notices = Notices(lambda: now)
    notices.tell("a job", news=True)
    notices.tell("another job", news=True)
    assert notices.shown == notices.latest
    notices.tell("conflict", "alarm", news=True)
    now += 2
    notices.tell("one more job", news=True)
    assert notices.shown is not None
    assert (notices.shown.text, notices.newest_first[0].text) == ("conflict", "one more job")
    now += HELD_SECONDS
    assert notices.shown == notices.latest
    # the answer to a key is shown at once, and stays as well
    notices.tell("paused")
    notices.tell("a third job", news=True)
    assert notices.shown.text == "paused"
    notices.tell("the endpoint is back", "good", news=True)
    assert notices.shown.text == "the endpoint is back"
    # a clock that was set back holds nothing up for long
    now -= 1000
    assert notices.shown == notices.latest


def test_only_bad_news_call_somebody() -> None:
    called = [
        (level, news)
        for level in ("", "good", "warning", "alarm")
        for news in (False, True)
        if Notice(1.0, "x", level, news=news).calls
    ]
    assert called == [("warning", True), ("alarm", True)]


@pytest.mark.parametrize(("state", "news"), [("CONFLICT", True), ("CONFIRMED", False)])
def test_a_change_is_told_with_its_place_and_a_conflict_is_news(state: str, news: object) -> None:
    notices = Notices(lambda: 1.0)
    seen = JobExecution("a", "gw-1", Status.IN_PROGRESS, execution_number=7)
    request = UpdateJobExecution("gw-1", "a", Status.FAILED)
    notices.tell_of(Change(1, request, seen, 0.0, state=ChangeState[state]), "told", "alarm")
    place = ExecutionKey("gw-1", "a", 7)
    assert notices.latest == Notice(1.0, "told", "alarm", place, news is True)
