"""What a command prints, made safe where it leaves."""

import io
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TextIO

from jobs_tui.ui.terminal.safe_text import safe_line


class Output(Protocol):
    """Where a command writes to."""

    encoding: str

    def write(self, text: str, /) -> object:
        """Write a text, in which line ends are the only control characters that are obeyed."""
        ...

    def flush(self) -> object:
        """Let the reader have what was written."""
        ...

    def fileno(self) -> int:
        """Of the file or terminal behind it; raises OSError where there is none."""
        ...


class SafeOutput:
    """An output that writes nothing which a terminal could obey, whoever wrote the text.

    What is to be one line has been made so before: a line end may be foreign, too.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.encoding = stream.encoding
        self.flush = stream.flush
        self.fileno = stream.fileno

    def write(self, text: str, /) -> None:
        """Write it, with a visible sign for each unsafe character."""
        self._stream.write("\n".join(map(safe_line, text.split("\n"))))


def print_all(write: Callable[[Output], str | None]) -> str | None:
    """Let a command write to standard output; returns what went wrong, in one line, or None.

    A reader that has seen enough is no error.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        # a terminal that does not speak UTF-8 cannot show every sign
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        problem = write(SafeOutput(sys.stdout))
        sys.stdout.flush()
    except OSError as error:
        # what is left in the buffer would fail once more when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return None
        return f"the output cannot be written: {error.strerror}"
    return problem


def whole_streams() -> None:
    """Let what was begun without an output or error stream, as by `>&-`, print to nowhere.

    What is opened later would take the place of the stream otherwise.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            # the lowest one that is free
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123


def let_out() -> None:
    """Let out what was printed; whoever was to read it may have gone, which is nothing to tell."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            # it would fail once more when Python ends, and change the status
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def tell(lines: Iterable[str]) -> None:
    """Write lines, each with its end, beside what a command prints; nobody may be there to read."""
    text = "".join(lines)
    try:
        SafeOutput(sys.stderr).write(text)
        sys.stderr.flush()
    except OSError:
        # the terminal is gone; what is left in the buffer would fail once more when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def write_table(rows: Sequence[Sequence[str]], output: Output) -> None:
    """Write rows with their columns one below the other, however wide the signs in them are."""
    safe = [[safe_line(cell) for cell in row] for row in rows]
    widths = [max(map(_cells, column)) for column in zip(*safe, strict=True)]
    for row in safe:
        padded = (
            cell + " " * (width - _cells(cell)) for cell, width in zip(row, widths, strict=True)
        )
        output.write("  ".join(padded).rstrip() + "\n")


def _cells(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - most tables do without

    return cell_len(text)
