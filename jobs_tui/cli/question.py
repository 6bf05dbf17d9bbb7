"""The one question of a command: shall it be sent? Asked on the terminal, beside the output."""

import asyncio
import os
import sys
import termios
from collections.abc import Iterable
from contextlib import suppress

from jobs_tui.cli.output import tell
from jobs_tui.ui.terminal.safe_text import safe_line

QUESTION = "send it? [y/N] "
YES = frozenset({"y", "yes"})


def somebody_to_ask() -> bool:
    """Whether somebody sees what is told and can answer."""
    streams = (sys.stdin, sys.stderr)
    return all(each is not None and each.isatty() for each in streams)


async def answered_yes(lines: Iterable[str]) -> bool:
    """Show these lines and ask; whatever is not y or yes is no. Cancelled by SIGINT."""
    tell(f"{safe_line(each)}\n" for each in lines)
    descriptor = sys.stdin.fileno()
    with suppress(termios.error):
        # what was typed before the question was seen does not answer it
        termios.tcflush(descriptor, termios.TCIFLUSH)
    answer, line_ended = b"", False
    try:
        tell([QUESTION])
        await _something_to_read(descriptor)
        with suppress(OSError):
            # a terminal that is gone answers nothing
            answer = os.read(descriptor, 1024)
        line_ended = answer.endswith(b"\n")
    finally:
        if not line_ended:
            tell(["\n"])
    return answer.decode(errors="replace").strip().lower() in YES


async def _something_to_read(descriptor: int) -> None:
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(descriptor, readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(descriptor)
