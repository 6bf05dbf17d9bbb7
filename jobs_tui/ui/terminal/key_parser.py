"""From what the terminal sends to keys: reports, pastes, and sequences that come in pieces.

Textual's parser knows no status report: it would keep what follows for itself and then type it. In
a paste it takes an escape character for the begin of a key, so that a paste could press Enter.
"""

import re
import time
from collections.abc import Callable, Generator, Iterable, Iterator

from textual import events
from textual._parser import Read1
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.keys import Keys
from textual.message import Message

ASK_STATUS = "\x1b[5n"
"""DSR 5: asks the terminal for a status report."""

REPORTS = re.compile("\x1b\\[[03]n")
"""What a terminal answers: all is well, or not; either way it has taken in what came before."""

LARGEST = 9_999
"""Columns or lines; a report of more is noise on the line, and nothing is laid out for it."""

LATE_SECONDS = 1.0
"""What comes so soon after an escape character that stood alone, and fits to it, belongs to it."""


class StatusReport(events.Key):
    """A report of the terminal, which comes in the order of the keys."""

    def __init__(self) -> None:
        super().__init__("status-report", None)


class KeyParser(XTermParser):
    """Knows status reports, takes a paste as text whatever it holds, and mends broken keys."""

    def __init__(
        self,
        escape_delay: Callable[[], float],
        *,
        now: Callable[[], float] = time.monotonic,
        debug: bool = False,
    ) -> None:
        """Make it; `escape_delay` tells how many seconds an escape character waits for more."""
        self._escape_delay = escape_delay
        self._now = now
        self._pasted: str | None = None
        self._last = ""
        self._escape_at = float("-inf")
        self._mending_until = float("-inf")
        super().__init__(debug)

    def read1(self, timeout: float | None = None) -> Read1:  # type: ignore[override]
        """Ask for a character; where it is part of a sequence, within the delay that is due."""
        if timeout is None:
            return Read1()
        mending = LATE_SECONDS if self._now() < self._mending_until else 0.0
        return Read1(max(self._escape_delay(), mending))

    def feed(self, data: str) -> Iterator[Message]:
        """Take in what has come; the keys, pastes and reports in it."""
        if data.startswith("[") and self._now() < self._escape_at + LATE_SECONDS:
            # the Escape has been told of already: what comes now is another key, and no text
            self._mending_until = self._now() + LATE_SECONDS
            data = f"\x1b{data}"
        self._escape_at = float("-inf")
        while data:
            data = yield from self._typed(data) if self._pasted is None else self._paste(data)

    def tick(self) -> Iterator[Message]:
        """The key that an escape character was, where nothing came after it."""
        for message in super().tick():
            if isinstance(message, events.Key) and message.key == "escape":
                self._escape_at = self._now()
            yield message

    def _typed(self, data: str) -> Generator[Message, None, str]:
        """Let Textual read up to the begin of a paste; what comes after that."""
        joined = self._last + data
        at = joined.find(BRACKETED_PASTE_START)
        if at < 0:
            self._last = joined[1 - len(BRACKETED_PASTE_START) :]
            yield from filter(_is_possible, super().feed(data))
            return ""
        end = at + len(BRACKETED_PASTE_START) - len(self._last)
        self._last = ""
        self._pasted = ""
        yield from filter(_is_possible, super().feed(data[:end]))
        return data[end:]

    def _paste(self, data: str) -> Generator[Message, None, str]:
        """Keep what is pasted until its end; what comes after that."""
        search_from = max(0, len(self._pasted or "") - len(BRACKETED_PASTE_END))
        pasted = self._pasted = (self._pasted or "") + data
        end = pasted.find(BRACKETED_PASTE_END, search_from)
        if end < 0:
            return ""
        self._pasted = None
        for message in super().feed(BRACKETED_PASTE_END):
            if not isinstance(message, events.Paste):
                yield message
        # tmux passes a long paste on as it arrives, and its reports in the middle of that
        text, reports = REPORTS.subn("", pasted[:end])
        yield events.Paste(text.replace("\x00", ""))
        for _ in range(reports):
            yield StatusReport()
        return pasted[end + len(BRACKETED_PASTE_END) :]

    def parse_mouse_code(self, code: str) -> Message | None:
        """The mouse event of a sequence; none where the terminal said that it has no pixels."""
        try:
            return super().parse_mouse_code(code)
        except ZeroDivisionError:
            return None

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:  # noqa: FBT001, FBT002 - as Textual has it
        if REPORTS.fullmatch(sequence):
            return (StatusReport(),)
        try:
            return tuple(super()._sequence_to_key_events(sequence, alt))
        except (ValueError, OverflowError):
            # a number that stands for no character: no keyboard has such a key, and none is typed
            return (events.Key(Keys.Ignore, None),)


def _is_possible(message: Message) -> bool:
    return not isinstance(message, events.Resize) or all(0 < n <= LARGEST for n in message.size)
