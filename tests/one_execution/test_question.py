"""`jobs-tui start` and `update` on a terminal: what is shown before it goes out, and asked."""

import os
import pty
import re
import select
import sys
import termios
import threading
from collections.abc import Callable, Iterator

import pytest
from aiohttp import web

from jobs_tui.engine.change import ChangeState

UPDATE = ("update", "gw-1", "fw-1")
QUESTION = "send it? [y/N] "


class Person:
    """Sits at a terminal that is the standard input and the error stream, and answers once."""

    def __init__(self, told: Callable[..., tuple[int, str, str]]) -> None:
        self.answer = b""
        self.at_question: Callable[[], object] = lambda: None
        """Called when the question is there, before it is answered."""
        self.shown = ""
        self._master, self._slave = pty.openpty()
        self._ended, self._end = os.pipe()
        self._streams = [os.fdopen(os.dup(self._slave), mode) for mode in ("r", "w")]
        self._told = told
        self._thread = threading.Thread(target=self._sit)
        self._thread.start()

    def runs(self, *words: str) -> tuple[int, str]:
        """Run a command line here: its exit status, and what it printed."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdin", self._streams[0])
            patch.setattr(sys, "stderr", self._streams[1])
            status, out, _ = self._told(*words)
        return status, out

    def type(self, keys: bytes) -> None:
        """Press keys, whether or not anything was asked."""
        os.write(self._master, keys)

    def leave(self) -> str:
        """Read to the end; what the terminal showed."""
        if self._thread.is_alive():
            self._streams[1].flush()
            os.write(self._end, b".")
            self._thread.join(10)
            for stream in self._streams:
                stream.close()
            for each in (self._master, self._slave, self._ended, self._end):
                os.close(each)
        # what was waited for on a slow machine is taken away again
        return re.sub(r"\.\.\. [^\r\n]*\r *\r", "", self.shown)

    def _sit(self) -> None:
        answered = False
        while True:
            ready, _, _ = select.select([self._master, self._ended], [], [], 20)
            if self._master in ready:
                self.shown += os.read(self._master, 65536).decode().replace("\r\n", "\n")
                if not answered and QUESTION in self.shown:
                    answered = True
                    self.at_question()
                    self.type(self.answer)
            elif ready or answered:
                return


@pytest.fixture
def person(told: Callable[..., tuple[int, str, str]]) -> Iterator[Person]:
    person = Person(told)
    yield person
    person.leave()


def test_what_it_is_based_on_and_what_goes_out_is_shown_and_sent_after_a_yes(bench, person) -> None:
    person.answer = b"Yes\n"
    status, out = person.runs(*UPDATE, "failed", "--replace-details", "--detail", "why=me")
    assert (status, out) == (0, "gw-1 / fw-1: FAILED, confirmed: version 3\n")
    assert person.leave().splitlines() == [
        "gw-1 / fw-1 is IN_PROGRESS, version 2, execution number 1; just read",
        "  progress  60%",
        "these status details would go: progress",
        f"to {bench.emulator.url} would be sent:",
        "  POST /things/gw-1/jobs/fw-1",
        (
            '  {"status": "FAILED", "expectedVersion": 2, "executionNumber": 1, '
            '"includeJobExecutionState": true, "includeJobDocument": false, '
            '"statusDetails": {"why": "me"}}'
        ),
        f"{QUESTION}Yes",
    ]


@pytest.mark.parametrize(
    "answer",
    [b"\n", *(pytest.param(each, marks=pytest.mark.slow) for each in (b"n\n", b"yess\n", b"\x04"))],
)
def test_whatever_is_no_yes_sends_nothing(bench, person, answer: bytes) -> None:
    person.answer = answer
    status, out = person.runs(*UPDATE, "failed")
    assert (status, out, bench.changes_sent) == (1, "", 0)
    shown = person.leave()
    assert shown.splitlines()[-1] == (
        "jobs-tui: gw-1 / fw-1: FAILED, not sent: there was no yes, so that nothing was sent"
    )
    assert bench.journal() == []


def test_what_was_typed_before_the_question_does_not_answer_it(bench, person) -> None:
    person.type(b"y\n")
    person.answer = b"n\n"
    assert person.runs(*UPDATE, "failed")[0] == 1
    assert bench.changes_sent == 0


def test_a_start_is_not_sent_where_another_stands_first_by_the_time_of_the_yes(
    bench, person
) -> None:
    person.at_question = lambda: bench.emulator.call(
        bench.by_the_agent, "gw-2", status="IN_PROGRESS"
    )
    person.answer = b"y\n"
    assert person.runs("start", "gw-2")[0] == 1
    shown = person.leave()
    assert "gw-2 / fw-1 is QUEUED, version 1, execution number 1, and stands first" in shown
    assert "PUT /things/gw-2/jobs/$next\n  {}\n" in shown
    assert "not sent: what stands first has changed since it was shown" in shown
    assert bench.changes_sent == 0


def test_an_update_that_was_overtaken_at_the_question_is_a_conflict(bench, person) -> None:
    person.at_question = lambda: bench.emulator.call(bench.by_the_agent, status="IN_PROGRESS")
    person.answer = b"y\n"
    assert person.runs(*UPDATE, "failed")[0] == 1
    assert bench.journal()[0].state is ChangeState.CONFLICT
    assert "STANDS THERE" in person.leave()


def test_hostile_details_are_shown_as_signs_before_the_question(bench, person) -> None:
    hostile = {"a\x1b]0;t\x07": "1\n2\u202e", "url": "https://b/k?X-Amz-Signature=0123abcd"}
    execution = {"jobId": "fw-1", "thingName": "gw-1", "status": "IN_PROGRESS", "versionNumber": 2}
    told_of = {"execution": {**execution, "statusDetails": hostile}}
    bench.instead = lambda path: web.json_response(told_of)
    person.answer = b"n\n"
    person.runs(*UPDATE, "failed")
    shown = person.leave()
    assert "a\u241b]0;t\u2407  1\u240a2<U+202E>" in shown
    assert "0123abcd" not in shown
    assert shown.replace("\n", "").isprintable()


@pytest.mark.slow
def test_the_terminal_is_in_the_mode_that_it_was_in(bench, person) -> None:
    before = termios.tcgetattr(person._slave)
    person.answer = b"n\n"
    person.runs(*UPDATE, "failed")
    assert termios.tcgetattr(person._slave) == before
