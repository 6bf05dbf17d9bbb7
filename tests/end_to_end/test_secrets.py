"""Secrets planted wherever the program meets them: none is in anything that a session leaves.

The journal keeps what the user sent and the status details that stood there before: that is what it
is for. It keeps no job document, no credential, and nothing that a presigned URL grants.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiohttp import web

from jobs_tui.emulator import Emulator, EmulatorThread, Switches

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
KEY_ID = "AKIAPLANTEDPLANTED22"
SECRET_KEY = "PlantedSecretKey/PlantedSecretKey+Planted"
TOKEN = "PlantedSessionToken" + "Aa1+/" * 60
SIGNATURE = "5157e4a7edf1a9ed" * 4
DOCUMENT = "planted-in-the-document"
PASS_PHRASE = "planted-pass-phrase"
TYPED, STOOD = "typed-by-the-user", "stood-there-before"
URL = f"https://bucket.example/fw.bin?X-Amz-Expires=600&X-Amz-Signature={SIGNATURE}"

NOWHERE = (SECRET_KEY, TOKEN, TOKEN[:120], SIGNATURE, DOCUMENT, PASS_PHRASE)
IN_THE_JOURNAL = (TYPED, STOOD)

FAILING = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from jobs_tui.ui.screens.execution import ExecutionScreen
def fail(self):
    held = {{"key": {SECRET_KEY!r}, "token": {TOKEN!r}, "document": {DOCUMENT!r}}}
    url = {URL!r}
    return held[url[:0]]
ExecutionScreen.next_way = fail
from jobs_tui.__main__ import main
sys.exit(main())
"""
"""The program, which fails while it holds secrets when a document is to be shown as received."""


class Machine:
    """A home, and an emulator that has been told to echo what it is sent."""

    def __init__(self, home: Path, emulator: EmulatorThread) -> None:
        self.home, self.emulator = home, emulator
        self.temporary = home / "temporary"
        self.temporary.mkdir()
        self.log = home / "warnings.log"
        self.given: set[Path] = set()
        """What the test has put there itself."""

    def environment(self, **more: str) -> dict[str, str]:
        """What holds the planted credentials."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "always",
            "PYTHONASYNCIODEBUG": "1",
            "AWS_REGION": "eu-west-3",
            "AWS_ENDPOINT_URL": self.emulator.url,
            "AWS_ACCESS_KEY_ID": KEY_ID,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_SESSION_TOKEN": TOKEN,
            **more,
        }

    def files(self) -> dict[str, bytes]:
        """What lies on the disk, by its path in the home."""
        return {
            str(path.relative_to(self.home)): path.read_bytes()
            for path in self.home.rglob("*")
            if path.is_file() and path not in self.given
        }

    def check(self) -> dict[str, bytes]:
        """Look through all files, the ones in use as well; returns them."""
        files = self.files()
        assert any("journal.sqlite" in name for name in files)
        for name, content in files.items():
            for secret in NOWHERE:
                assert secret.encode() not in content, f"{secret[:20]} in {name}"
            for kept in IN_THE_JOURNAL:
                assert kept.encode() not in content or "journal.sqlite" in name, name
            assert KEY_ID.encode() not in content, f"the key id in {name}"
        return files


async def echo(request: web.Request) -> web.Response | None:
    """Refuse changes of one thing as a debugging proxy does: with all that it was sent."""
    if request.method != "POST" or "gw-2" not in request.path:
        return None
    sent = "\n".join(f"{name}: {value}" for name, value in request.headers.items())
    message = f"refused, see {URL}\n{sent}"
    return web.json_response(
        {"message": message}, status=403, headers={"x-amzn-ErrorType": "AccessDeniedException"}
    )


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    with Emulator(Switches(things=["gw-1", "gw-2"])) as emulator:
        emulator.server.intercept = echo
        document = f'{{"url": "{URL}", "note": "{DOCUMENT}"}}'
        for thing in ("gw-1", "gw-2"):
            emulator.call(emulator.account.create_job, f"fw-{thing}", [thing], document)
            emulator.call(
                lambda name=thing: emulator.account.start_next_pending_job_execution(
                    name, status_details={"note": STOOD}
                )
            )
        yield Machine(tmp_path, emulator)


def start(run: Callable[..., object], machine: Machine, *program: str, things: str = "gw-1"):
    terminal = run(
        *(things, "--debug", "--log-file", str(machine.log), "--refresh", "1"),
        program=program or (sys.executable, "-X", "dev", "-m", "jobs_tui"),
        environment=machine.environment(),
    )
    terminal.wait_for(f"fw-{things}")
    terminal.wait_for("live")
    return terminal


def change_status(terminal, value: str) -> None:
    terminal.press("s")
    terminal.wait_for("the change is based on it")
    terminal.press("i", "tab", "by", "tab", value, "enter")
    terminal.wait_for(f'"by": "{value}"')
    terminal.press("enter")


def test_no_secret_is_in_what_a_session_leaves(
    run: Callable[..., object], machine: Machine
) -> None:
    terminal = start(run, machine)
    terminal.press("o")
    terminal.wait_for(DOCUMENT)
    assert SIGNATURE not in terminal.text
    terminal.press("u")
    terminal.wait_for(SIGNATURE[:30])
    machine.check()
    terminal.press("escape")
    terminal.wait_for("n start next")
    change_status(terminal, TYPED)
    terminal.wait_for("IN_PROGRESS, confirmed")
    files = machine.check()
    assert any(TYPED.encode() in content for content in files.values())
    os.kill(terminal.pid, signal.SIGKILL)
    assert terminal.wait_for_end() == -signal.SIGKILL
    machine.check()

    terminal = start(run, machine, things="gw-2")
    change_status(terminal, TYPED)
    terminal.wait_for("refused: refused")
    terminal.press("escape")
    terminal.wait_for("Escape again")
    terminal.press("escape")
    terminal.wait_for(lambda: "Apply" not in terminal.text)
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    machine.check()
    for command in (("doctor", "gw-1"), ("journal", "--json"), ("config", "--json")):
        told = subprocess.run(
            [sys.executable, "-m", "jobs_tui", *command],
            env=machine.environment(),
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert told.stdout
        for secret in NOWHERE:
            assert secret.encode() not in told.stdout + told.stderr
    machine.check()


def test_no_secret_is_in_what_a_program_leaves_that_fails_while_it_holds_them(
    run: Callable[..., object], machine: Machine
) -> None:
    terminal = start(run, machine, sys.executable, "-X", "dev", "-c", FAILING)
    change_status(terminal, TYPED)
    terminal.wait_for("IN_PROGRESS, confirmed")
    terminal.press("o")
    terminal.wait_for(DOCUMENT)
    shown = len(terminal.raw)
    terminal.press("t")
    assert terminal.wait_for_end() == 1
    assert b"KeyError" in terminal.raw[shown:]
    files = machine.check()
    assert b"KeyError" in files["warnings.log"]
    assert b"in fail" in files["warnings.log"]
    for secret in NOWHERE:
        assert secret.encode() not in terminal.raw[shown:]
    assert list(machine.temporary.iterdir()) == []


def test_neither_a_private_key_nor_its_pass_phrase_is_in_what_is_left(
    run: Callable[..., object], machine: Machine
) -> None:
    start(run, machine).press("q")
    keys = []
    for name, *how in (("plain",), ("locked", "-aes256", "-pass", f"pass:{PASS_PHRASE}")):
        key, certificate = machine.home / f"{name}.key", machine.home / f"{name}.pem"
        machine.given |= {key, certificate}
        curve = ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
        request = ("-days", "2", "-subj", "/CN=gw-1", "-passin", f"pass:{PASS_PHRASE}")
        for words in (
            ("genpkey", *curve, *how, "-out", key),
            ("req", "-x509", "-new", "-key", key, *request, "-out", certificate),
        ):
            subprocess.run(["openssl", *words], check=True, capture_output=True, timeout=30)
        keys += key.read_text().split("\n")[1:-2]
        way_in = ("--cert", str(certificate), "--key", str(key))
        way_in += ("--endpoint-url", "https://127.0.0.1:1")
        told = subprocess.run(
            [sys.executable, "-m", "jobs_tui", "doctor", "gw-1", *way_in],
            env=machine.environment(),
            capture_output=True,
            timeout=60,
            check=False,
        )
        terminal = run(
            *("gw-1", *way_in, "--debug", "--log-file", str(machine.log)),
            program=(sys.executable, "-X", "dev", "-m", "jobs_tui"),
            environment=machine.environment(),
        )
        terminal.wait_for("unreachable" if not how else "encrypted")
        terminal.press("q")
        assert terminal.wait_for_end() in {0, 1}
        for each in (*keys, PASS_PHRASE):
            assert each.encode() not in told.stdout + told.stderr + terminal.raw
    for name, content in machine.check().items():
        for line in keys:
            assert line.encode() not in content, name
