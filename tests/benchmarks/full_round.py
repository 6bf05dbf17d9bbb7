"""One full round of all things, unthrottled: the cockpit beside two SDKs without a screen.

How long a round takes is what the server saw, from the first request to the last answer. The
processor time of the cockpit goes on until the screen has caught up with it.
"""

import select
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from conditions import (
    HERE,
    NEVER_AGAIN,
    PROGRAM,
    PYTHON,
    UNTHROTTLED,
    Conditions,
    Cores,
    fresh_home,
    thing_names,
)
from figures import Bar, BenchmarkError, Figure, Found, at_least, at_most, ratio
from process_costs import processor_seconds
from pty_program import SILENCE, PtyProgram
from served import Server, Waiting

CATCH_UP = 0.5
"""Seconds after the last answer, which leave the screen several chances to be drawn."""

REFRESH_ALL = b"R"

NEWS = (False, False, True)
"""Whether each answer of a round tells something that the one before did not."""


class Round(NamedTuple):
    """What a round cost."""

    seconds: float
    processor_seconds: float
    requests: int


def run(conditions: Conditions, cores: Cores) -> Found:
    """Every round starts each program once and has it do three rounds.

    In the first all is new, and the cockpit does what it does only once, after its start. In the
    second nothing is new; in the third every thing has news.
    """
    things = conditions.things
    found: dict[str, list[list[Round]]] = {"cockpit": [], "aiobotocore": [], "boto3": []}
    with Server() as server, fresh_home() as environment:
        for _ in range(conditions.rounds_or(7)):
            found["cockpit"].append(_cockpit(server, things, environment, cores))
            for sdk in ("aiobotocore", "boto3"):
                found[sdk].append(_bare(sdk, server, things, environment, cores))

    def seconds(name: str, which: int = 0) -> list[float]:
        return [each[which].seconds for each in found[name]]

    def of_processor(name: str, which: int = 0) -> list[float]:
        return [1e6 * each[which].processor_seconds / things for each in found[name]]

    def speed(what: str, sdk: str, which: int, bar: Bar | None) -> Figure:
        ours, theirs = seconds("cockpit", which), seconds(sdk, which)
        return ratio(what, ours, theirs, "{:.2f} s", bar, of_speed=True)

    def cost(what: str, which: int, bar: Bar | None) -> Figure:
        ours, theirs = of_processor("cockpit", which), of_processor("aiobotocore", which)
        return ratio(what, ours, theirs, "{:.0f} us", bar)

    needless = max(each.requests for rounds in found["cockpit"] for each in rounds) - things
    return Found(
        [
            speed(f"first of {things}: throughput / aiobotocore", "aiobotocore", 0, at_least(0.85)),
            speed(f"first of {things}: throughput / boto3 threads", "boto3", 0, at_least(1.3)),
            cost("first: CPU per thing / aiobotocore", 0, at_most(1.15)),
            speed("nothing new: throughput / aiobotocore", "aiobotocore", 1, at_least(0.85)),
            cost("nothing new: CPU per thing / aiobotocore", 1, at_most(1.15)),
            speed("news of all: throughput / aiobotocore", "aiobotocore", 2, at_least(0.85)),
            cost("news of all: CPU per thing / aiobotocore", 2, at_most(1.15)),
            Figure("things asked for twice in a round, at most", needless),
        ]
    )


@contextmanager
def bare_client(
    sdk: str, url: str, things: int, environment: Mapping[str, str], cores: Cores
) -> Iterator[subprocess.Popen[bytes]]:
    """A program with nothing but an SDK, ready to do rounds."""
    process = subprocess.Popen(
        [PYTHON, str(HERE / "bare_clients.py"), sdk, url, str(things)],
        env=dict(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        bufsize=0,
        preexec_fn=cores.pin_measured,  # noqa: PLW1509 - this process has one thread
    )
    try:
        _expect(process, b"ready")
        yield process
    finally:
        process.kill()
        process.communicate()


def _cockpit(
    server: Server, things: int, environment: Mapping[str, str], cores: Cores
) -> list[Round]:
    server.watch(things)
    command = [PROGRAM, "--endpoint-url", server.url, "--rate", UNTHROTTLED]
    command += ["--refresh", NEVER_AGAIN, *thing_names(things)]
    with PtyProgram(command, environment, cores) as program:

        def watched() -> Round:
            return _round(
                server, program.wait_for_other, program.processor_seconds, program.read_for
            )

        rounds = [watched()]
        for changing in NEWS[1:]:
            server.order(changing=changing)
            server.watch(things)
            program.send(REFRESH_ALL)
            rounds.append(watched())
        server.order(changing=False)
        return rounds


def _bare(
    sdk: str, server: Server, things: int, environment: Mapping[str, str], cores: Cores
) -> list[Round]:
    rounds = []
    with bare_client(sdk, server.url, things, environment, cores) as process:
        assert process.stdin is not None
        for changing in NEWS:
            server.order(changing=changing)
            server.watch(things)
            process.stdin.write(b"round\n")
            rounds.append(
                _round(
                    server,
                    _wait,
                    lambda: processor_seconds(process.pid),
                    lambda _seconds: _expect(process, b"done"),
                )
            )
        server.order(changing=False)
    return rounds


def _round(
    server: Server,
    waiting: Waiting,
    used: Callable[[], float],
    catch_up: Callable[[float], None],
) -> Round:
    server.first(waiting)
    before = used()
    answered = server.all_answered(waiting)
    catch_up(CATCH_UP)
    return Round(answered.seconds, used() - before, answered.requests)


def _wait(descriptor: int) -> None:
    if not select.select([descriptor], [], [], SILENCE)[0]:
        raise BenchmarkError(f"a bare client asked nothing for {SILENCE:.0f} s")


def _expect(process: subprocess.Popen[bytes], word: bytes) -> None:
    assert process.stdout is not None
    if not select.select([process.stdout], [], [], SILENCE)[0]:
        raise BenchmarkError(f"a bare client did not say {word.decode()} for {SILENCE:.0f} s")
    if process.stdout.readline().strip() != word:
        raise BenchmarkError("a bare client has ended; its message stands above")
