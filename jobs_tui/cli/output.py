"""What a command prints, made safe where it leaves."""

import io
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TextIO

from jobs_tui.ui.terminal.safe_text import safe_line


class Output(Protocol):
    """Where a command writes to."""

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


def let_out() -> None:
    """Let out what was printed; whoever was to read it may have gone, which is nothing to tell."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        # it would fail once more when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(lines: Iterable[str]) -> None:
    """Write lines, each with its end, beside what a command prints."""
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
