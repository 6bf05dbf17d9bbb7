"""What leaves for the terminal in its order, whenever the program ends."""

import os
import threading
from collections.abc import Iterator

import pytest

from jobs_tui.ui.terminal import patient_writer
from jobs_tui.ui.terminal.patient_writer import PatientWriter


def test_a_drop_after_the_last_piece_was_taken_keeps_the_last_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reads, writes = os.pipe()
    writer = PatientWriter(writes, lambda: None, lambda _: None)
    write, asked = os.write, threading.Event()

    def leaving_in_between(descriptor: int, data: bytes) -> int:
        taken = write(descriptor, data)
        if not asked.is_set():
            # the program leaves while this thread has not yet seen that all was taken
            asked.set()
            writer.drop()
            writer.write("first of the last words, ")
            writer.write("the others")
        return taken

    monkeypatch.setattr(patient_writer.os, "write", leaving_in_between)
    writer.write("a frame, ")
    writer.start()
    assert asked.wait(5)
    writer.stop()
    os.close(writes)
    with os.fdopen(reads, "rb") as terminal:
        assert terminal.read() == b"a frame, first of the last words, the others"


@pytest.fixture
def line() -> Iterator[tuple[int, int]]:
    """Where one reads, and where nobody waits for a write to be taken."""
    reads, writes = os.pipe()
    os.set_blocking(reads, False)
    os.set_blocking(writes, False)
    yield reads, writes
    os.close(reads)
    os.close(writes)


def everything_on(reads: int) -> bytes:
    found = b""
    try:
        while data := os.read(reads, 65536):
            found += data
    except BlockingIOError:
        pass
    return found


def fill(writes: int) -> None:
    try:
        while True:
            os.write(writes, b"." * 512)
    except BlockingIOError:
        pass


def test_what_the_terminal_takes_is_written_at_once(line) -> None:
    reads, writes = line
    drained: list[threading.Thread] = []
    writer = PatientWriter(
        writes, lambda: drained.append(threading.current_thread()), lambda _: None
    )
    # its thread was never started, so that nothing else can have written it
    writer.write("a frame")
    assert everything_on(reads) == b"a frame"
    assert writer.idle
    assert drained == [threading.current_thread()]


def test_what_is_not_taken_at_once_follows_in_its_order(line) -> None:
    reads, writes = line
    taken = threading.Event()
    writer = PatientWriter(writes, taken.set, lambda _: None)
    frame = "".join(f"{number:07d} " for number in range(30_000))
    writer.write(frame)
    writer.write("and the next")
    assert not writer.idle
    writer.start()
    found = b""
    while not taken.is_set():
        found += everything_on(reads)
    writer.stop()
    assert (found + everything_on(reads)).decode() == frame + "and the next"


def test_a_frame_of_which_the_beginning_was_taken_is_cancelled_when_dropped(line) -> None:
    reads, writes = line
    writer = PatientWriter(writes, lambda: None, lambda _: None)
    writer.write("x" * 200_000)
    writer.drop()
    everything_on(reads)
    writer.write("last words")
    writer.start()
    writer.stop()
    assert everything_on(reads) == b"\x18last words"


def test_a_frame_of_which_nothing_was_taken_leaves_nothing_when_dropped(line) -> None:
    reads, writes = line
    fill(writes)
    writer = PatientWriter(writes, lambda: None, lambda _: None)
    writer.write("a frame")
    writer.drop()
    everything_on(reads)
    writer.write("last words")
    assert everything_on(reads) == b"last words"


def test_nothing_is_written_to_a_descriptor_that_was_given_back(line) -> None:
    reads, writes = line
    writer = PatientWriter(writes, lambda: None, lambda _: None)
    writer.start()
    writer.stop()
    writer.join(5)
    again = os.dup(writes)
    writer.write("for nobody")
    os.close(again)
    assert everything_on(reads) == b""
