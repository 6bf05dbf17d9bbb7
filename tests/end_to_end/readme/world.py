"""A machine as the README's reader has it: an account, files at home, and the programs."""

import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from jobs_tui.emulator import Emulator, Switches
from jobs_tui.emulator.line.tls import make_certificate
from readme.blocks import Block

PROGRAMS = Path(sys.executable).parent

THINGS = ("gw-lyon-01", "boiler-07", "gw-1", "bench-1")

TEMPORARY_KEYS = {
    "credentials": {
        "accessKeyId": "ASIAEXAMPLE",
        "secretAccessKey": "secret-of-the-test",
        "sessionToken": "token-of-the-test",
        "expiration": "2090-01-01T00:00:00Z",
    }
}


class World:
    """Where commands are run as they stand, but for the hosts of AWS."""

    def __init__(self, home: Path, emulator: Emulator) -> None:
        self.home = home
        self.emulator = emulator
        self.instead = {
            "http://127.0.0.1:8123": emulator.url,
            "http://127.0.0.1:8129": emulator.url,
            " THING": " gw-1",
        }
        """What stands in the README, and what is there instead."""
        self.environment = {
            "PATH": os.pathsep.join([f"{PROGRAMS}", os.environ["PATH"], f"{home}/bin"]),
            "HOME": f"{home}",
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
            "AWS_REGION": "eu-west-3",
            "AWS_DEFAULT_REGION": "eu-west-3",
            "AWS_ENDPOINT_URL": emulator.url,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def here(self, text: str) -> str:
        """A command, or what stands in a file, with what is there instead."""
        for there, here in self.instead.items():
            text = text.replace(there, here)
        return text

    def command(self, command: str) -> list[str]:
        """What runs it."""
        return ["/bin/bash", "-c", f"cd ~; {self.here(command)}"]

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run a command that ends by itself; its two outputs are one."""
        return subprocess.run(
            self.command(command),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=60,
        )

    def nothing(self) -> None:
        """What has to happen before most commands."""

    def watch_lyon(self) -> None:
        """Have settings that say what to watch."""
        self.environment["JOBS_TUI_GROUP"] = "lyon"

    def start_next(self) -> None:
        """Leave something in the journal."""
        assert self.run("jobs-tui start gw-lyon-01 --yes").returncode == 0

    def keep_log(self) -> None:
        """Have a log of a change, and name a request that is in it."""
        log = self.home / "jobs-tui.log"
        done = self.run(f"jobs-tui start gw-1 --yes --debug --log-file {log}")
        assert done.returncode == 0, done.stdout
        self.instead["8e525a2f"] = re.findall(r"request=(\w{8})", log.read_text())[0]

    def bring_to_version_4(self) -> None:
        """As an agent does that reports its progress."""
        account = self.emulator.account
        self.emulator.call(account.start_next_pending_job_execution, "gw-lyon-01")
        for _ in range(2):
            self.emulator.call(account.update_job_execution, "gw-lyon-01", "fw-1", "IN_PROGRESS")

    def write_settings(self, settings: Block) -> None:
        """Put the README's settings where they belong; a context in them has a device's files."""
        folder = self.home / ".config" / "jobs-tui"
        folder.mkdir(parents=True)
        (folder / "config.toml").write_text(self.here(settings.content))
        for name in ("pem", "key"):
            (folder / f"bench.{name}").write_bytes((self.home / f"gw.{name}").read_bytes())


def fill_home(home: Path) -> None:
    """The files that the README's commands name."""
    (home / "lyon.txt").write_text("# Lyon\ngw-lyon-01\nboiler-07\n")
    (home / ".aws").mkdir()
    profile = "aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret-of-the-test\n"
    (home / ".aws" / "credentials").write_text(f"[field]\n{profile}")
    if shutil.which("jq") is None:
        # what shows JSON as well, for a machine without it
        (home / "bin").mkdir()
        (home / "bin" / "jq").write_text("#!/bin/sh\nexec python3 -m json.tool\n")
        (home / "bin" / "jq").chmod(0o755)


def make_device_certificate(home: Path) -> None:
    """What a device shows; it vouches for itself."""
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    subject = ["-nodes", "-subj", "/CN=gw-1", "-keyout", "gw.key", "-out", "gw.pem"]
    subprocess.run([*made, *subject], cwd=home, check=True, capture_output=True)


@contextmanager
def account_with_jobs(switches: Switches | None = None) -> Iterator[Emulator]:
    """An account with the things and jobs that the README's commands name."""
    with Emulator(switches or Switches()) as emulator:
        account = emulator.account
        for name in THINGS:
            emulator.call(account.create_missing_thing, name)
        emulator.call(account.create_missing_thing_group, "lyon")
        for name in THINGS[:2]:
            emulator.call(account.add_thing_to_thing_group, name, "lyon")
        emulator.call(account.create_job, "fw-1", [THINGS[0]], '{"operation": "reboot"}')
        emulator.call(account.create_job, "job-1", ["gw-1"], '{"operation": "reboot"}')
        yield emulator


class _CredentialProvider(BaseHTTPRequestHandler):
    """Gives temporary keys to every device with a certificate."""

    def do_GET(self) -> None:
        """Answer for the role alias of the README only."""
        known = self.path == "/role-aliases/jobs/credentials"
        body = json.dumps(TEMPORARY_KEYS if known else {"message": "Role alias not found"})
        self.send_response(200 if known else 404)
        self.send_header("Content-Length", f"{len(body)}")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def mutual_tls(world: World) -> Iterator[None]:
    """The two hosts that ask for a device's certificate, and what is needed to trust them."""
    home = world.home
    make_device_certificate(home)
    pair = make_certificate(home / "server")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair.certificate_and_key)
    context.load_verify_locations(home / "gw.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    switches = Switches(tls=True, certificate=pair.certificate_and_key, client_ca=home / "gw.pem")
    with (
        account_with_jobs(switches) as endpoint,
        ThreadingHTTPServer(("127.0.0.1", 0), _CredentialProvider) as provider,
    ):
        provider.socket = context.wrap_socket(provider.socket, server_side=True)
        thread = threading.Thread(target=provider.serve_forever)
        thread.start()
        provided = f"https://127.0.0.1:{provider.server_port}"
        world.instead |= {
            "https://PREFIX-ats.iot.eu-west-3.amazonaws.com:8443": endpoint.url,
            "https://PREFIX-ats.iot.REGION.amazonaws.com": endpoint.url,
            "https://PREFIX.credentials.iot.REGION.amazonaws.com": provided,
        }
        world.environment["JOBS_TUI_CA"] = f"{pair.certificate}"
        try:
            yield
        finally:
            provider.shutdown()
            thread.join()
