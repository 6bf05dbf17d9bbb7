"""What changed between two texts is told line by line, in time, and no more than that."""

import time
from difflib import restore

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.domain.line_changes import MOST_COMPARED, changed_lines, same_lines
from jobs_tui.domain.opened_documents import (
    MOST_CHARACTERS,
    MOST_DOCUMENTS,
    OpenedDocument,
    OpenedDocuments,
)

URL = '"https://b/k?X-Amz-Date={}&X-Amz-Expires=900&X-Amz-Signature=••••••"'


def told(before: list[str], now: list[str]) -> list[str]:
    return [f"{sign} {text}" for sign, text in changed_lines(before, now)]


def test_a_changed_line_is_told_with_those_around() -> None:
    before = [*"abcdefgh", "i"]
    assert told(before, [*"abcd", "E", *"fgh", "i"]) == [
        *("~ 2 lines are the same", "  c", "  d", "- e", "+ E", "  f", "  g"),
        "~ 2 lines are the same",
    ]


def test_two_changes_far_apart_are_told_without_what_is_between() -> None:
    before = [str(number) for number in range(20)]
    now = ["x", *before[1:19], "y"]
    assert told(before, now) == [
        *("- 0", "+ x", "  1", "  2", "~ 14 lines are the same", "  17", "  18", "- 19", "+ y")
    ]


def test_a_presigned_url_made_anew_is_no_change() -> None:
    before = ["a", URL.format("20261126T021355Z")]
    now = ["a", URL.format("20261126T031355Z")]
    assert same_lines(before, now)
    assert changed_lines(before, now) == []
    assert not same_lines(before, ["a", now[1].replace("/k", "/other")])
    assert len(changed_lines(before, ["b", now[1]])) == 3


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_both_texts_can_be_made_from_what_is_told(before: list[str], now: list[str]) -> None:
    changes = changed_lines(before, now)
    assert (not changes) == (before == now) == same_lines(before, now)
    delta = [f"{sign} {text}" for sign, text in changes if sign != "~"]
    left_out = sum(int(text.split()[0]) for sign, text in changes if sign == "~")
    if changes:
        assert len(list(restore(delta, 1))) + left_out == len(before)
        assert len(list(restore(delta, 2))) + left_out == len(now)


def test_too_much_is_told_by_its_size_and_at_once() -> None:
    before = [str(number) for number in range(100_000)]
    begun = time.process_time()
    assert told(before, before[::-1]) == [
        "~ 100000 lines then, 100000 now: too many differ to be compared"
    ]
    assert len(told(before, [*before[:50_000], "x", *before[50_000:]])) == 7
    assert time.process_time() - begun < 1


@pytest.mark.slow
def test_the_worst_that_is_compared_takes_seconds_at_most() -> None:
    before = [str(number % 7) for number in range(MOST_COMPARED)]
    now = [str(number % 5) for number in range(MOST_COMPARED)]
    begun = time.process_time()
    changed_lines(before, now)
    assert time.process_time() - begun < 3


def key(number: int) -> ExecutionKey:
    return ExecutionKey("gw-1", f"job-{number}")


def test_as_many_documents_are_kept_as_there_is_room_for() -> None:
    opened = OpenedDocuments()
    for number in range(MOST_DOCUMENTS + 5):
        opened.remember(key(number), OpenedDocument(("{}",), 1.0))
    assert [opened.last(key(number)) is None for number in (4, 5)] == [True, False]
    large = OpenedDocument(("x" * (MOST_CHARACTERS // 2 - 1000),), 1.0)
    for number in (1, 2, 3):
        opened.remember(key(number), large)
    assert [opened.last(key(number)) is None for number in (1, 2, 3, 54)] == [
        *(True, False, False, True)
    ]
    opened.remember(key(2), OpenedDocument(("x" * MOST_CHARACTERS,), 1.0))
    assert opened.last(key(2)) is None
    assert opened.last(key(3)) is large


def test_no_document_is_in_the_representation() -> None:
    assert "5ec7e7" not in repr(OpenedDocument(("5ec7e7",), 1.0))
