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
    tell([QUESTION])
    loop = asyncio.get_running_loop()
    answered: asyncio.Future[None] = loop.create_future()
    loop.add_reader(descriptor, _settle, answered)
    ended_line = False
    try:
        await answered
        answer = os.read(descriptor, 1024)
        ended_line = answer.endswith(b"\n")
    finally:
        loop.remove_reader(descriptor)
        if not ended_line:
            tell(["\n"])
    return answer.decode(errors="replace").strip().lower() in YES


def _settle(answered: "asyncio.Future[None]") -> None:
    if not answered.done():
        answered.set_result(None)
