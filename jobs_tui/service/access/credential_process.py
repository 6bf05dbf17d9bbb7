"""A profile's credential_process, run where it can neither ask at the terminal nor fill memory."""

import asyncio
import os
import signal
from contextlib import suppress
from subprocess import DEVNULL, PIPE
from typing import Any

from aiobotocore.credentials import AioProcessProvider
from aiobotocore.session import AioSession

from jobs_tui.domain.outcome import NotAllowed
from jobs_tui.service.answers.told_error import ToldError

LARGEST_OUTPUT = 1 << 16
"""Bytes that it may print; keys and a session token are a few thousand."""

_GONE_SECONDS = 1.0
"""How long a process that was killed is waited for."""


def quiet_process_provider(session: AioSession, profile_name: str) -> AioProcessProvider:
    """The SDK's provider that asks the credential_process of a profile, without its dangers."""
    return AioProcessProvider(
        profile_name=profile_name,
        load_config=lambda: session.full_config,
        popen=_start,
    )


class _CredentialProcess:
    """A child process that ends at the latest when nobody waits for it any more."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @property
    def returncode(self) -> int | None:
        return self._process.returncode

    async def communicate(self) -> tuple[bytes, bytes]:
        """What it printed, and nothing of what it said to a person: that may hold secrets."""
        try:
            output = await self._output()
            await self._process.wait()
        finally:
            if self._process.returncode is None:
                await self._end()
        return output, b""

    async def _output(self) -> bytes:
        pipe = self._process.stdout
        output = bytearray()
        while pipe is not None and (part := await pipe.read(LARGEST_OUTPUT)):
            output += part
            if len(output) > LARGEST_OUTPUT:
                raise ToldError(
                    NotAllowed(
                        "the credential_process of the profile printed more than "
                        f"{LARGEST_OUTPUT >> 10} KiB",
                        "run it by hand to see what it says; it has to print one JSON object",
                    )
                )
        return bytes(output)

    async def _end(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            # with whatever it started itself
            os.killpg(self._process.pid, signal.SIGKILL)
        with suppress(TimeoutError):
            async with asyncio.timeout(_GONE_SECONDS):
                await self._process.wait()


async def _start(*command: str, **_: Any) -> _CredentialProcess:
    """Start it with no keyboard, and in a session of its own, so that it has no terminal either."""
    return _CredentialProcess(
        await asyncio.create_subprocess_exec(
            *command, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, start_new_session=True
        )
    )
