"""Over SSH on loopback: what a hang-up and a termination leave on either side."""

import asyncio
import contextlib
import fcntl
import json
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncssh
import pytest
from aiohttp import web

from jobs_tui.emulator import Emulator, Switches

pytestmark = pytest.mark.slow

PROGRAM = str(Path(sys.executable).with_name("jobs-tui"))
KEYS = {
    "AWS_ACCESS_KEY_ID": "any",
    "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
    "AWS_REGION": "eu-west-3",
}
GIVEN_BACK = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1003l", b"\x1b[?2004l", b"\x1b[?7h", b"\x1b[<u")
WITHIN = 20.0


class AnyUser(asyncssh.SSHServer):
    """Lets everybody in: it listens on loopback, for one test."""

    def begin_auth(self, username: str) -> bool:
        del username
        return False


@dataclass
class Session:
    """The program on the gateway, and the terminal of who has come in over SSH."""

    program: asyncio.subprocess.Process
    client: asyncssh.SSHClientConnection
    shell: asyncssh.SSHClientProcess
    said: bytearray = field(default_factory=bytearray)

    async def type(self, keys: bytes) -> None:
        self.shell.stdin.write(keys)

    async def see(self, *words: bytes) -> None:
        """Read until the program has said all of them."""
        async with asyncio.timeout(WITHIN):
            while not all(word in self.said for word in words):
                self.said += await self.shell.stdout.read(65536)

    async def read_to_the_end(self) -> None:
        async with asyncio.timeout(WITHIN):
            while data := await self.shell.stdout.read(65536):
                self.said += data


@asynccontextmanager
async def session(environment: dict[str, str], *arguments: str) -> AsyncIterator[Session]:
    """An SSH server, a client that has come in, and the program that it runs in a pty."""
    started: asyncio.Future[asyncio.subprocess.Process] = asyncio.get_running_loop().create_future()

    async def run(process: asyncssh.SSHServerProcess) -> None:
        master, slave = pty.openpty()
        columns, lines, *_ = process.get_terminal_size()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        program = await asyncio.create_subprocess_exec(
            PROGRAM,
            *arguments,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**environment, "TERM": process.get_terminal_type() or ""},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        started.set_result(program)
        await process.redirect(stdin=os.dup(master), stdout=os.dup(master), bufsize=1 << 16)
        os.close(master)
        # a connection that is lost closes the pty, and so hangs up
        status = await program.wait()
        process.exit(status if status >= 0 else 128 - status)

    key = asyncssh.generate_private_key("ssh-ed25519")
    server = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=AnyUser,
        server_host_keys=[key],
        process_factory=run,
        encoding=None,
    )
    async with server:
        port = server.sockets[0].getsockname()[1]
        async with asyncssh.connect(
            "127.0.0.1", port, known_hosts=None, username="ann", client_keys=None, config=None
        ) as client:
            shell = await client.create_process(
                term_type="xterm-256color", term_size=(80, 24), encoding=None
            )
            program = await asyncio.wait_for(started, WITHIN)
            try:
                yield Session(program, client, shell)
            finally:
                with contextlib.suppress(ProcessLookupError):
                    program.kill()


async def ended(program: asyncio.subprocess.Process) -> int:
    return await asyncio.wait_for(program.wait(), WITHIN)


@pytest.fixture
def emulator():
    with Emulator(Switches(things=["gw-1"])) as emulator:
        emulator.call(emulator.account.create_job, "fw-1", ["gw-1"], "{}")
        yield emulator


def journal(environment: dict[str, str]) -> list[dict[str, object]]:
    """What `jobs-tui journal --json` prints."""
    command = [PROGRAM, "journal", "--json"]
    ran = subprocess.run(command, env=environment, check=True, capture_output=True, timeout=30)
    return json.loads(ran.stdout)


async def test_a_hang_up_in_the_middle_of_a_change_leaves_it_in_the_journal(
    emulator: Emulator, bare_environment: dict[str, str]
) -> None:
    asked: list[str] = []

    async def hold_changes(request: web.Request) -> None:
        if request.method == "POST":
            asked.append(request.path)
            await asyncio.sleep(60)

    emulator.server.intercept = hold_changes
    environment = {**bare_environment, **KEYS, "AWS_ENDPOINT_URL": emulator.url}
    async with session(environment, "gw-1") as over_ssh:
        await over_ssh.see(b"fw-1", b"live")
        await over_ssh.type(b"s")
        await over_ssh.see(b"based on it")
        await over_ssh.type(b"i")
        await over_ssh.see(b"Sends")
        await enter_until(over_ssh, lambda: bool(asked))
        over_ssh.client.abort()
        assert await ended(over_ssh.program) == 128 + signal.SIGHUP
    (change,) = await asyncio.to_thread(journal, environment)
    assert change["state"] not in {"confirmed", "refused"}
    assert len(asked) == 1


async def test_a_termination_gives_the_terminal_back_on_the_other_side(
    emulator: Emulator, bare_environment: dict[str, str]
) -> None:
    environment = {**bare_environment, **KEYS, "AWS_ENDPOINT_URL": emulator.url}
    async with session(environment, "gw-1") as over_ssh:
        await over_ssh.see(b"fw-1", b"live")
        over_ssh.program.send_signal(signal.SIGTERM)
        await over_ssh.read_to_the_end()
        assert await ended(over_ssh.program) == 128 + signal.SIGTERM
        await over_ssh.shell.wait()
        assert over_ssh.shell.exit_status == 128 + signal.SIGTERM
    assert all(mode in over_ssh.said for mode in GIVEN_BACK)


async def enter_until(over_ssh: Session, done: Callable[[], bool]) -> None:
    """Press Enter until it is taken: this terminal never reports that it shows the dialog."""
    async with asyncio.timeout(WITHIN):
        while not done():
            await over_ssh.type(b"\r")
            with contextlib.suppress(TimeoutError):
                over_ssh.said += await asyncio.wait_for(over_ssh.shell.stdout.read(65536), 0.5)
