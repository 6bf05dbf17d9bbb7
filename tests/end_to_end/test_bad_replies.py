"""One thing's answers go bad in every way: its panel says how, and the others live on.

The endpoint is a socket, so that it can answer as no HTTP server would. Documents beyond measure
are opened from it, too.
"""

import json
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

import pytest

ROOT = Path(__file__).parents[2]
MOST_MEMORY = 60.0
"""MB by which all of it may make the program larger than it was with good answers."""
MOST_MEMORY_OF_DOCUMENTS = 160.0
"""MB that the largest documents take, one after the other, while they are read and drawn."""

OPENED_WITHIN = 4.0
"""Seconds in which the largest document is on the screen, on a busy machine."""

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def whole(body: bytes, status: int = 200, *headers: bytes) -> bytes:
    """An answer as HTTP wants it."""
    lines = (b"HTTP/1.1 %d Told" % status, b"Content-Length: %d" % len(body), *headers)
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def listed(members: bytes) -> bytes:
    """A list of one queued execution with these members more."""
    return whole(b'{"inProgressJobs":[],"queuedJobs":[{"jobId":"fw",' + members + b"}]}")


Bad = tuple[bytes, bytes, float, str]
"""What is sent, what is sent again and again after it, how many seconds apart, what is told."""

AT_ONCE: dict[str, Bad] = {
    "a body of 100 MB": (OK + b"Content-Length: 104857600\r\n\r\n", b" " * 65536, 0, "1 MiB"),
    "chunks without end": (CHUNKED, b"800\r\n" + b" " * 2048 + b"\r\n", 0, "than 1 MiB"),
    "a header of 1 MB": (OK + b"X: " + b"x" * (1 << 20) + b"\r\n\r\n", b"", 0, "in HTTP"),
    "headers without end": (OK, b"X: y\r\n" * 1000, 0, "did not answer in HTTP"),
    "100,000 levels": (whole(b"[" * 100_000 + b"]" * 100_000), b"", 0, "not JSON"),
    "5,000 digits": (listed(b'"versionNumber":' + b"9" * 5000), b"", 0, "not JSON, or cut off"),
    "the year 60,000": (listed(b'"queuedAt":1831334400000000'), b"", 0, "from 1970 to 5138"),
    "a year before all": (listed(b'"queuedAt":-1e300'), b"", 0, "not a time from 1970"),
    "NaN": (listed(b'"queuedAt":NaN'), b"", 0, "queuedAt is not a time"),
    "two of one name": (
        listed(b'"versionNumber":1,"versionNumber":"x"'),
        b"",
        0,
        "versionNumber is not a",
    ),
    "many jobs": (
        whole(b'{"queuedJobs":[],"inProgressJobs":[' + b'{"jobId":"a"},' * 60_000 + b"0]}"),
        b"",
        0,
        "has 60001 entries",
    ),
    "a page without end": (whole(b"<a " * 300_000, 403), b"", 0, "answered HTTP 403"),
    "a page that is none": (whole(b"<![x &#" + b"9" * 5000, 403), b"", 0, "HTTP 403: <![x"),
    "a redirect": (whole(b"", 302, b"Location: http://x.example/"), b"", 0, "x.example"),
}
IN_TIME: dict[str, Bad] = {
    "a flood of 1xx": (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, 0.001, "within 8 s"),
}

DOCUMENTS = {
    "a line of 1 MB": '"' + "x" * 1_000_000 + '"',
    "100,000 lines": "\n".join(["[", *["1,"] * 100_000, "1]"]),
    "10,000 levels": "[" * 10_000 + "]" * 10_000,
    "990 levels": '{"a":' * 990 + "1" + "}" * 990,
    "500,000 numbers": "[" + "1," * 500_000 + "1]",
    "all invisible": '"' + "\\u202e" * 50_000 + '"',
    "5,000 digits": '{"n": ' + "9" * 5000 + ', "n": NaN, "n": 1e999}',
    "the last of them": '["the last"]',
}


class Service(ThreadingTCPServer):
    """Answers of `good` things as it should, of `bad` as it is told."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.bad: Bad = (listed(b'"versionNumber":1'), b"", 0, "")
        self.document = "{}"
        self.asked = Counter[str]()

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(StreamRequestHandler):
    """One connection, request by request."""

    server: Service

    def handle(self) -> None:
        with suppress(OSError):
            while line := self.rfile.readline():
                while self.rfile.readline() not in {b"\r\n", b""}:
                    pass
                self._answer(line.decode().split()[1])

    def _answer(self, target: str) -> None:
        thing = target.split("/")[2]
        self.server.asked[thing] += 1
        if "/jobs/" in target:
            execution = {"jobId": "fw", "status": "QUEUED", "jobDocument": self.server.document}
            self.wfile.write(whole(json.dumps({"execution": execution}).encode()))
        elif thing != "bad":
            self.wfile.write(listed(b'"versionNumber":%d' % self.server.asked[thing]))
        else:
            first, again, pause, _ = self.server.bad
            self.wfile.write(first)
            while again:
                self.wfile.write(again)
                if pause:
                    time.sleep(pause)


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as service:
        threading.Thread(target=service.serve_forever, daemon=True).start()
        yield service
        service.shutdown()


def start(run: Callable[..., object], service: Service, *things: str):
    terminal = run(
        *(*things, "--endpoint-url", service.url, "--refresh", "0.5", "--rate", "50"),
        program=(sys.executable, "-m", "jobs_tui"),
        columns=100,
        lines=30,
        environment={
            "PYTHONPATH": str(ROOT),
            "AWS_ACCESS_KEY_ID": "a",
            "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
            "AWS_REGION": "eu-west-3",
        },
    )
    for thing in things:
        terminal.wait_for(lambda thing=thing: "live" in terminal.line_with(f" {thing} "))
    return terminal


def peak_memory(pid: int) -> float:
    """The most memory that a process has had since this was asked last, in MB."""
    told = Path(f"/proc/{pid}/status").read_text()
    Path(f"/proc/{pid}/clear_refs").write_text("5")
    return int(re.findall(r"VmHWM:\s+(\d+)", told)[0]) / 1024


def ask_until(terminal, condition: Callable[[], bool]) -> float:
    """Ask again and again, where it would be asked ever more seldom; seconds until it holds."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < 30, terminal.text
        terminal.press("r")
        terminal.read_for(0.2)
    return time.monotonic() - begun


def go_bad(terminal, service: Service, bad: Bad) -> float:
    """Answer so, and see it told in its panel while the others live; seconds until it was."""
    told = bad[3]
    service.bad = bad
    took = ask_until(terminal, lambda: told in " ".join(terminal.text.split()))
    asked = service.asked.copy()
    terminal.wait_for(lambda: all(service.asked[each] > asked[each] for each in GOOD))
    for each in GOOD:
        terminal.wait_for(lambda each=each: "live" in terminal.line_with(f" {each} "))
    assert "live" not in terminal.line_with(" bad ")
    return took


def go_well(terminal, service: Service) -> None:
    """Answer well again, and see it."""
    service.bad = (listed(b'"versionNumber":1'), b"", 0, "")
    ask_until(
        terminal, lambda: "live" in terminal.line_with(" bad ") and " ! " not in terminal.text
    )


GOOD = ("good-1", "good-2")


def all_bad(run, service: Service, bad: dict[str, Bad]) -> dict[str, tuple[float, float]]:
    """One run through all of it: by what it was, seconds until it was told, and MB more."""
    terminal = start(run, service, "bad", *GOOD)
    terminal.read_for(1)
    before = peak_memory(terminal.pid)
    found = {}
    for name, each in bad.items():
        if found:
            go_well(terminal, service)
        took = go_bad(terminal, service, each)
        found[name] = took, peak_memory(terminal.pid) - before
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert max(more for _, more in found.values()) < MOST_MEMORY
    return found


def tell(capsys: pytest.CaptureFixture[str], found: dict[str, tuple[float, float]]) -> None:
    with capsys.disabled():
        print()
        for name, (took, more) in found.items():
            print(f"{name:20} {took:5.1f} s {more:+6.1f} MB")


def ends_in_sight(terminal, last: str) -> bool:
    """Whether the last line of a text shows, above the status line and the footer."""
    lines = [line.rstrip() for line in terminal.screen.display[1:-2]]
    return next(line for line in reversed(lines) if line).endswith(last)


@pytest.mark.slow
def test_a_bad_answer_is_told_in_its_panel_and_the_others_live(
    run, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(capsys, all_bad(run, service, AT_ONCE))


@pytest.mark.slow
def test_an_answer_that_does_not_end_is_told_in_time_and_the_others_live(
    run, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(capsys, all_bad(run, service, IN_TIME))


@pytest.mark.slow
def test_a_document_beyond_measure_opens_soon_and_can_be_seen_as_received(
    run, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = start(run, service, "good-1")
    terminal.read_for(1)
    before = peak_memory(terminal.pid)
    found = {}
    for name, document in DOCUMENTS.items():
        service.document = document
        begun = time.monotonic()
        terminal.press("o")
        terminal.wait_for(lambda: "fetch again" in terminal.text)
        terminal.wait_for(lambda first=document[:1]: first in terminal.text)
        terminal.wait_for(lambda: "reading" not in terminal.text)
        took = time.monotonic() - begun
        assert took < OPENED_WITHIN
        terminal.press("t")
        terminal.wait_for("as received")
        terminal.wait_for(lambda first=document[:1]: first in terminal.text)
        terminal.press("end")
        terminal.wait_for(lambda last=document[-1]: ends_in_sight(terminal, last))
        terminal.press("escape")
        terminal.wait_for("n start next")
        found[name] = took, peak_memory(terminal.pid) - before
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    tell(capsys, found)
    assert max(more for _, more in found.values()) < MOST_MEMORY_OF_DOCUMENTS
