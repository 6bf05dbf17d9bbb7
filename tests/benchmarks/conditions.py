"""Under which conditions a run measures: how often, how much, and on which cores."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import BenchmarkError

HERE = Path(__file__).parent
PYTHON = sys.executable
PROGRAM = str(Path(sys.executable).with_name("jobs-tui"))

UNTHROTTLED = "100000"
"""Calls per second that no machine makes."""

NEVER_AGAIN = "3600"
"""Seconds between two refreshes where one round is looked at."""

THINGS, SHORT_THINGS = 1_000, 30
IDLE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the command line says."""

    short: bool = False
    """Whether only to see that everything works: one round of little."""
    rounds: int | None = None
    """As many, instead of each benchmark's own number."""
    things: int = THINGS
    idle_seconds: float = IDLE_SECONDS

    def rounds_or(self, usual: int) -> int:
        """How many rounds to measure."""
        return self.rounds or (1 if self.short else usual)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Numbers of things, from few to many."""
        if self.short:
            return (self.things // 10, self.things // 3, self.things)
        few = {max(1, self.things // 100), max(2, self.things // 10)}
        return (*sorted(few), self.things, 10 * self.things)


def thing_names(count: int) -> list[str]:
    """Names that are all of one length."""
    return [f"thing-{number:05d}" for number in range(1, count + 1)]


class Cores:
    """What is measured has a core of its own; this process and the servers have another."""

    def __init__(self) -> None:
        """Look which cores there are, and keep this process on one of them."""
        self.measured: int | None = None
        self.others: int | None = None
        if hasattr(os, "sched_setaffinity"):
            cores = sorted(os.sched_getaffinity(0))
            self.others, self.measured = cores[0], cores[-1]
            os.sched_setaffinity(0, {self.others})

    @property
    def words(self) -> str:
        """What to say about it above the table."""
        if self.measured is None:
            return "not pinned to cores: this system cannot"
        if self.measured == self.others:
            return "one core only: what is measured shares it with the server"
        return f"what is measured on core {self.measured}, the server on core {self.others}"

    def pin_measured(self, process: int = 0) -> None:
        """Keep a process, by default this one, on the core for what is measured."""
        if self.measured is not None:
            os.sched_setaffinity(process, {self.measured})


@contextmanager
def fresh_home() -> Iterator[dict[str, str]]:
    """The environment of a user who has never started the program, with pretended keys."""
    with TemporaryDirectory(prefix="jobs-tui-benchmark-", ignore_cleanup_errors=True) as home:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": home,
            "XDG_CACHE_HOME": f"{home}/.cache",
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "AWS_ACCESS_KEY_ID": "any",
            "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
            "AWS_DEFAULT_REGION": "eu-west-3",
        }
        if "PYTHONPATH" in os.environ:
            environment["PYTHONPATH"] = os.environ["PYTHONPATH"]
        yield environment


def aws_command(environment: Mapping[str, str]) -> str:
    """The AWS CLI, beside this Python or on the PATH."""
    beside = Path(PYTHON).with_name("aws")
    found = str(beside) if beside.exists() else shutil.which("aws", path=environment["PATH"])
    if found is None:
        raise BenchmarkError("the AWS CLI is missing: pip install awscli")
    return found
