"""All that the program writes, in a whole run of everything: for its owner alone, in one step."""

import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jobs_tui.emulator import Emulator, Switches

ROOT = Path(__file__).parents[2]
KEYS = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret-of-the-test"}

WRITTEN = {
    "folder": {
        *("~/.cache", "~/.cache/jobs-tui", "~/.local", "~/.local/state"),
        *("~/.local/state/jobs-tui", "~/.local/state/jobs-tui/instances", "$TMPDIR/*"),
        "$TMPDIR/*/instances",
    },
    "file": {
        *("~/.cache/jobs-tui/things-*.jsonl", "~/.cache/jobs-tui/things.lock"),
        *("~/.cache/jobs-tui/endpoints.json", "~/.local/state/jobs-tui/recent-things.json"),
        *(f"~/.local/state/jobs-tui/journal.sqlite{each}" for each in ("", "-wal", "-shm")),
        *("~/.local/state/jobs-tui/journal.lock", "~/.local/state/jobs-tui/instances/*.lock"),
        *(f"$TMPDIR/*/journal.sqlite{each}" for each in ("", "-wal", "-shm")),
        *("$TMPDIR/*/journal.lock", "$TMPDIR/*/instances/*.lock"),
        *("$TMPDIR/*/certificate.pem", "$TMPDIR/*/certificate-and-key.pem"),
        *("~/warnings.log", "~/state", "~/state-wal"),
    },
}
"""What is found in a run of everything; a file that is new has to be thought of here."""


class Machine:
    """A home and a folder for temporary files, and what was ever found in them."""

    def __init__(self, folder: Path, umask: str) -> None:
        self.home, self.temporary = folder / "home", folder / "temporary"
        self.home.mkdir(mode=0o755)
        self.temporary.mkdir()
        self.temporary.chmod(0o1777)
        self.log, self.state = self.home / "warnings.log", self.home / "state"
        # the name of the program comes after that of the shell
        self.program = ("/bin/sh", "-c", f'umask {umask}; exec "$0" "$@"')
        self.program += (sys.executable, "-m", "jobs_tui")
        self.modes: dict[str, dict[str, set[int]]] = {"folder": {}, "file": {}}

    def environment(self, **more: str) -> dict[str, str]:
        """The machine's, and keys."""
        own = {"HOME": str(self.home), "TMPDIR": str(self.temporary), "PYTHONPATH": str(ROOT)}
        return {"PATH": os.environ["PATH"], "AWS_REGION": "eu-west-3", **KEYS, **own, **more}

    def look(self) -> None:
        """Note what is there now, and with which mode."""
        for name, folder in (("~", self.home), ("$TMPDIR", self.temporary)):
            for path in folder.rglob("*"):
                told = f"{name}/{path.relative_to(folder)}"
                told = re.sub(r"^(\$TMPDIR)/[^/]+", r"\1/*", told)
                told = re.sub(r"(instances/|things-)[^/.]+", r"\1*", told)
                found = path.lstat()
                assert not stat.S_ISLNK(found.st_mode), path
                kind = "folder" if stat.S_ISDIR(found.st_mode) else "file"
                modes = self.modes[kind].setdefault(told, set())
                modes.add(stat.S_IMODE(found.st_mode))

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [*self.program, *arguments],
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @contextmanager
    def serving(self, *arguments: str) -> Iterator[str]:
        """Serve the emulator meanwhile; yields its URL."""
        with subprocess.Popen(
            [*self.program, "emulator", *arguments],
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0


@pytest.mark.slow
@pytest.mark.parametrize("umask", ["000", "077"])
def test_all_that_is_written_is_for_its_owner_alone(
    run: Callable[..., object], tmp_path: Path, umask: str
) -> None:
    machine = Machine(tmp_path, umask)
    with Emulator(Switches(things=["gw-1", "gw-2"])) as emulator:
        emulator.call(emulator.account.create_job, "fw-1", ["gw-1"], "{}")
        terminal = run(
            *("--log-file", str(machine.log)),
            program=machine.program,
            environment=machine.environment(AWS_ENDPOINT_URL=emulator.url),
        )
        terminal.wait_for("2 found")
        terminal.press("gw-1", "down", "enter")
        terminal.wait_for("fw-1")
        terminal.press("s")
        terminal.wait_for("the change is based on it")
        terminal.press("f", "enter")
        terminal.wait_for("FAILED, confirmed")
        machine.look()
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        machine.look()
        assert machine.run("doctor", AWS_ENDPOINT_URL_IOT=emulator.url).returncode == 1
        assert "fw-1" in machine.run("journal").stdout
        assert machine.run("config").returncode == 0
        machine.look()

    terminal = run("demo", program=machine.program, environment=machine.environment())
    terminal.wait_for("! due")
    terminal.press("s")
    terminal.wait_for("the change is based on it")
    terminal.press("f", "enter")
    terminal.wait_for("FAILED, confirmed")
    machine.look()
    terminal.press("q")
    assert terminal.wait_for_end() == 0

    with machine.serving("--state", str(machine.state), "--tls", "--things", "gw-1") as url:
        assert url.startswith("https://")
        machine.look()
    machine.look()

    assert list(machine.temporary.iterdir()) == []
    assert set(machine.modes["folder"]) == WRITTEN["folder"]
    assert set(machine.modes["file"]) == WRITTEN["file"]
    assert {mode for modes in machine.modes["folder"].values() for mode in modes} == {0o700}
    assert {mode for modes in machine.modes["file"].values() for mode in modes} == {0o600}
