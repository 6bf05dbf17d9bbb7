"""Writes to the terminal at once what it takes, and the rest in a thread of its own.

Textual's writer blocks the whole program once thirty writes are queued, which takes about five
seconds on a link that stalls, and again when the program is left. A thread for each write, however,
waits for its turn twice, which is what a first frame or the answer to a key would wait for, too.
"""

import os
import select
import termios
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress

PIECE_BYTES = 1024
"""So much is written at once: the terminal tells by taking it that the link is alive."""

GIVEN_UP_SECONDS = 2.0
"""A link that takes nothing for so long when the program is left is not waited for."""

LOOK_AGAIN_SECONDS = 0.1
"""How often it is looked whether a terminal that takes nothing is still to be written to."""

CANCEL = b"\x18"
"""Ends a control sequence of which only the beginning was sent."""


class PatientWriter(threading.Thread):
    """Takes text at any time and never blocks who gives it."""

    def __init__(
        self,
        descriptor: int,
        on_drained: Callable[[], object],
        on_failed: Callable[[Exception], object],
    ) -> None:
        """Make the thread.

        Args:
            descriptor: of the terminal.
            on_drained: called each time when all is written, in whatever thread has done it.
            on_failed: called with an OSError when the terminal is gone, which ends the thread, and
                with any other error, after which it goes on.
        """
        super().__init__(daemon=True, name="jobs-tui-output")
        self._descriptor = patient_descriptor(descriptor)
        self._never_waits = not os.get_blocking(self._descriptor)
        self._on_drained = on_drained
        self._on_failed = on_failed
        self._queue: deque[bytes] = deque()
        self._changed = threading.Condition()
        self._begun_at = self._moved_at = time.monotonic()
        self.took_seconds = 0.0
        """From when there was something to write until the terminal had taken all of it."""
        self.failed = False
        """Whether something that was given was not written, for whatever reason."""
        self._leaving = False
        self._dropped = False
        self._busy = False
        self._cut = False
        """Whether the beginning of what comes next in the queue was written already."""

    @property
    def idle(self) -> bool:
        """Whether the terminal has taken all that was written."""
        return not self._busy and not self._queue

    @property
    def stalled_seconds(self) -> float:
        """For how long the terminal has taken nothing although there is something."""
        return 0.0 if self.idle else time.monotonic() - self._moved_at

    def write(self, text: str) -> None:
        """Have a text written after all that came before."""
        self.write_bytes(text.encode("utf-8", "replace"))

    def write_bytes(self, data: bytes) -> None:
        """Have bytes written after all that came before."""
        with self._changed:
            if self.idle:
                self._begun_at = self._moved_at = time.monotonic()
                if self._never_waits and not (data := self._left_of(data)):
                    return
            self._queue.append(data)
            self._changed.notify_all()

    def drop(self) -> None:
        """Forget what is not written yet; what comes now is written."""
        with self._changed:
            self._dropped = self._busy
            self._queue.clear()
            if self._cut:
                self._cut = False
                self._queue.append(CANCEL)

    def _left_of(self, data: bytes) -> bytes:
        """Write what the terminal takes at once; what is left for the thread to write."""
        try:
            left = self._write_at_once(data)
            self._cut = 0 < len(left) < len(data)
            if not left:
                self._all_is_written()
        except Exception as error:  # noqa: BLE001 - there are last words to be written
            self._failed_with(error)
            return b""
        return left

    def _write_at_once(self, data: bytes) -> bytes:
        # the thread meets the same errors, and knows what they mean
        with suppress(OSError):
            while data:
                data = data[os.write(self._descriptor, data[:PIECE_BYTES]) :]
        return data

    def _all_is_written(self) -> None:
        self.took_seconds = time.monotonic() - self._begun_at
        self._on_drained()

    def _failed_with(self, error: Exception) -> None:
        self.failed = True
        self._on_failed(error)

    def stop(self, patience: float = GIVEN_UP_SECONDS) -> None:
        """Return when all is written, or when the link has taken nothing for so many seconds."""
        with self._changed:
            self._leaving = True
            self._changed.notify_all()
        while self.is_alive() and self.stalled_seconds < patience:
            self.join(0.05)
        if self.is_alive():
            # makes room for the last words, which leave the terminal as it was found
            with suppress(termios.error):
                termios.tcflush(self._descriptor, termios.TCOFLUSH)
            self.join(patience / 4)

    def run(self) -> None:
        """Write what is queued until `stop` is called and nothing is left."""
        try:
            while (data := self._next()) is not None:
                self._write(data)
        except OSError as error:
            self._on_failed(error)
        finally:
            with self._changed:
                # the number may soon be another file's
                self._never_waits = False
                os.close(self._descriptor)

    def _write(self, data: bytes) -> None:
        try:
            self._write_pieces(data)
            self._busy = False
            if not self._queue:
                self._all_is_written()
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - there are last words to be written
            self._busy = False
            self._failed_with(error)

    def _next(self) -> bytes | None:
        with self._changed:
            while not self._queue:
                if self._leaving:
                    return None
                self._changed.wait()
            self._busy, self._cut = True, False
            # what was being written when it was to be dropped had just been taken as a whole
            self._dropped = False
            return self._queue.popleft()

    def _write_pieces(self, data: bytes) -> None:
        """Write all of it, or what there is until it is dropped."""
        while data:
            if self._dropped:
                with self._changed:
                    self._dropped = False
                    self._queue.appendleft(CANCEL)
                return
            try:
                taken = os.write(self._descriptor, data[:PIECE_BYTES])
            except BlockingIOError:
                select.select([], [self._descriptor], [], LOOK_AGAIN_SECONDS)
                continue
            data = data[taken:]
            self._moved_at = time.monotonic()


class PatientOutput:
    """Part of a driver that never waits for what it writes to be taken, and knows whether it was.

    Nothing of it runs by itself: whoever mixes it in makes the writer.
    """

    starts = 0
    """How often the terminal was taken; it shows nothing of what was sent before."""
    on_drained: Callable[[], object] | None = None
    """Called on the program's own loop each time when all that was written is taken."""
    _writer: PatientWriter | None = None

    @property
    def idle(self) -> bool:
        """Whether the terminal has taken all that was written."""
        return self._writer is None or self._writer.idle

    @property
    def took_seconds(self) -> float:
        """How long the terminal took for what it has taken last."""
        return 0.0 if self._writer is None else self._writer.took_seconds

    @property
    def stalled_seconds(self) -> float:
        """For how long the terminal has taken nothing although there is something."""
        return 0.0 if self._writer is None else self._writer.stalled_seconds

    def give_back_at_once(self) -> None:
        """Give the terminal back without waiting for anything; from any thread, in any state."""


def patient_descriptor(descriptor: int) -> int:
    """Another descriptor of the same terminal, on which nobody waits for it to take something.

    Whether writes wait belongs to what was opened, which is the shell's as well: so it is opened
    once more. A thread that waits in a write would keep all others from writing, too. Where that is
    not allowed, such as after `su`, it is a copy of the one that is given.
    """
    try:
        name = os.ttyname(descriptor)
        return os.open(name, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return os.dup(descriptor)
