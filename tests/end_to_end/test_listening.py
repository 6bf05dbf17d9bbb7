"""Nobody can connect to the program: it listens nowhere, and its emulator on loopback only."""

import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from jobs_tui.emulator import Emulator, Switches

pytestmark = pytest.mark.skipif(
    not Path("/proc/net/tcp").exists(), reason="who listens is read from /proc"
)

KEYS = {
    "AWS_ACCESS_KEY_ID": "any",
    "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
    "AWS_REGION": "eu-west-3",
}
LISTENS = "0A"
"""The state of such a socket in /proc/net/tcp."""


class Listening(NamedTuple):
    """A socket that takes connections, or datagrams from anybody."""

    table: str
    address: str
    port: int


def listening(pid: int) -> list[Listening]:
    """Those of a process. TCP and UDP; addresses as the kernel writes them."""
    own = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        found = re.fullmatch(r"socket:\[([0-9]+)\]", str(descriptor.readlink()))
        own |= {found[1]} if found else set()
    sockets = []
    for table in ("tcp", "tcp6", "udp", "udp6"):
        file = Path(f"/proc/{pid}/net/{table}")
        for line in file.read_text().splitlines()[1:] if file.exists() else ():
            fields = line.split()
            local, state, inode = fields[1], fields[3], fields[9]
            if inode in own and (state == LISTENS or table.startswith("udp")):
                address, _, port = local.partition(":")
                sockets.append(Listening(table, address, int(port, 16)))
    return sockets


LOOPBACK = "0100007F"
"""127.0.0.1, the least byte first."""


def test_the_cockpit_listens_nowhere(run) -> None:
    with Emulator(Switches(things=["gw-1"])) as emulator:
        terminal = run("gw-1", environment=KEYS | {"AWS_ENDPOINT_URL": emulator.url})
        terminal.wait_for("given endpoint")
        terminal.wait_for("live")
        assert listening(terminal.pid) == []
        terminal.press("q")
        assert terminal.wait_for_end() == 0


def test_in_the_demo_the_emulator_alone_listens_and_on_loopback_only(run) -> None:
    terminal = run("demo")
    terminal.wait_for("live")
    (socket,) = listening(terminal.pid)
    url = re.search(r"http://[0-9.]+:[0-9]+", terminal.text)
    assert url is not None
    assert socket == Listening("tcp", LOOPBACK, urlsplit(url[0]).port)
    terminal.press("q")
    assert terminal.wait_for_end() == 0
