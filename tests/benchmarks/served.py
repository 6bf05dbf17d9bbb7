"""The fast server as a benchmark holds it: orders go in, events come out."""

import json
import subprocess
from collections.abc import Callable
from types import TracebackType
from typing import Any, NamedTuple

from conditions import HERE, PYTHON
from figures import BenchmarkError

Waiting = Callable[[int], None]
"""Returns when this file descriptor has something to read; looks after the client meanwhile."""


class Answered(NamedTuple):
    """A round as the server saw it."""

    at: float
    """The moment of the last answer, by the monotonic clock."""
    seconds: float
    """From the first request to the last answer."""
    requests: int
    """At least as many as things."""


class Server:
    """Runs from entering to leaving."""

    def __enter__(self) -> "Server":
        self._process = subprocess.Popen(
            [PYTHON, str(HERE / "fast_server.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # what interrupts the command must not end the server before its clients
            start_new_session=True,
            bufsize=0,
        )
        self.url = f"http://127.0.0.1:{self._event('serving')['port']}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def order(self, **order: object) -> None:
        """Have something of the answers changed."""
        self._tell(order)
        self._event("done", skip=True)

    def watch(self, things: int) -> None:
        """Begin a round with the next request."""
        self._tell({"watch": things})
        self._event("watching", skip=True)

    def count(self) -> int:
        """Requests since the round began."""
        self._tell({"count": True})
        return int(self._event("count", skip=True)["requests"])

    def first(self, waiting: Waiting) -> float:
        """The moment of the round's first request, by the monotonic clock."""
        waiting(self._out)
        return float(self._event("first")["at"])

    def all_answered(self, waiting: Waiting) -> Answered:
        """How the round went, once every thing has been answered."""
        waiting(self._out)
        event = self._event("all")
        return Answered(event["at"], event["seconds"], event["requests"])

    @property
    def _out(self) -> int:
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    def _tell(self, order: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")

    def _event(self, wanted: str, *, skip: bool = False) -> dict[str, Any]:
        """The next event; with `skip` the next of its kind, past those of an abandoned round."""
        assert self._process.stdout is not None
        while line := self._process.stdout.readline():
            event: dict[str, Any] = json.loads(line)
            if event["event"] == wanted:
                return event
            if not skip:
                raise BenchmarkError(f"the fast server told {event['event']}, not {wanted}")
        raise BenchmarkError("the fast server has ended")
