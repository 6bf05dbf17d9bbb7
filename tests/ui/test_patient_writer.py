"""What leaves for the terminal in its order, whenever the program ends."""

import os
import threading

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
