"""What a command prints to standard output."""

import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import TextIO


def print_all(write: Callable[[TextIO], str | None]) -> str | None:
    """Let a command write to standard output; returns what went wrong, in one line, or None.

    A reader that has seen enough is no error.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        # a terminal that does not speak UTF-8 cannot show every sign
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        problem = write(sys.stdout)
        sys.stdout.flush()
    except OSError as error:
        # what is left in the buffer would fail once more when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return None
        return f"the output cannot be written: {error.strerror}"
    return problem


def write_table(rows: Sequence[Sequence[str]], output: TextIO) -> None:
    """Write rows of safe text with their columns one below the other."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        output.write("  ".join(padded).rstrip() + "\n")
