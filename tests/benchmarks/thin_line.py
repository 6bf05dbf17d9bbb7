"""How long until the screen is right over a thin line, beside the same app with stock output.

The program cannot know what is in front of it: its terminal answers nothing, and its output is
taken as fast as the line carries it. And what all the comparing costs: processor time of a session
of keys and refreshes on a fast line.
"""

from collections.abc import Mapping, Sequence
from itertools import cycle, islice

from conditions import HERE, NEVER_AGAIN, PYTHON, Conditions, Cores, fresh_home, thing_names
from figures import Bar, Figure, Found, at_most, ratio
from served import Server
from thin_line_program import Line, ThinLineProgram

COCKPIT = str(HERE.parent / "end_to_end" / "thin_line" / "cockpit.py")
THINGS, ROWS = 4, 15

SERIAL = Line("9600 baud", 960)
MODEM = Line("64 kbit/s", 8_000)
SATELLITE = Line("1 Mbit/s, 300 ms round trip", 125_000, 0.15)
FAST = Line("fast line", 100e6)

BARS: Mapping[Line, Bar | None] = {
    SERIAL: at_most(0.5),
    MODEM: at_most(0.5),
    # what takes its time there is the way, not the bytes
    SATELLITE: None,
}

TAB, DOWN, ESCAPE = b"\t", b"\x1b[B", b"\x1b"

SESSION = (DOWN, DOWN, TAB, DOWN, b"o", ESCAPE, b"s", ESCAPE)
KEYS, KEYS_SHORT = 64, 8
BETWEEN_KEYS = 0.3
"""Seconds, in which most of what a key sets off is done."""
REFRESH = "0.5"


def run(conditions: Conditions, cores: Cores) -> Found:
    """Every round starts both programs on each line, and for a session."""
    lines = (MODEM,) if conditions.short else tuple(BARS)
    keys = KEYS_SHORT if conditions.short else KEYS
    times: dict[tuple[Line, str], tuple[list[float], list[float]]] = {}
    costs: tuple[list[float], list[float]] = ([], [])
    with Server() as server, fresh_home() as environment:
        server.order(executions=[ROWS, ROWS])
        command = [PYTHON, COCKPIT, "--running-date", "--endpoint-url", server.url]
        command += thing_names(THINGS)
        programs = (command, [*command, "--stock"])
        for _ in range(conditions.rounds_or(3)):
            for line in lines:
                for place, program in enumerate(programs):
                    for event, seconds in _events(program, environment, cores, line).items():
                        times.setdefault((line, event), ([], []))[place].append(seconds)
        server.order(changing=True)
        for _ in range(conditions.rounds_or(5)):
            for place, program in enumerate(programs):
                costs[place].append(_session(program, environment, cores, keys))
    return Found(
        [
            *(
                ratio(f"{line.name}: {event}", *both, "{:.2f} s", BARS[line])
                for (line, event), both in times.items()
            ),
            _cost_figure(keys, *costs),
        ]
    )


def _cost_figure(keys: int, ours: Sequence[float], stock: Sequence[float]) -> Figure:
    return ratio(f"CPU of a session of {keys} keys", ours, stock, "{:.2f} s", at_most(1.0))


def _events(
    command: Sequence[str], environment: Mapping[str, str], cores: Cores, line: Line
) -> dict[str, float]:
    """Seconds until the screen was right: after the start, a Tab and the key for a document."""
    command = [*command, "--refresh", NEVER_AGAIN]
    first, second = thing_names(2)
    with ThinLineProgram(command, environment, cores, line) as program:
        started = program.begun - line.latency
        found = {"start": program.seconds_until_right(started, f"\u25be {first}  1 in progress")}
        found["Tab"] = program.seconds_until_right(program.type(TAB), f"\u25be {second}")
        found["document"] = program.seconds_until_right(program.type(b"o"), '"operation": ')
    return found


def _session(
    command: Sequence[str], environment: Mapping[str, str], cores: Cores, keys: int
) -> float:
    """Seconds on a core for so many keys, while things are refreshed and keep changing."""
    command = [*command, "--refresh", REFRESH]
    with ThinLineProgram(command, environment, cores, FAST) as program:
        program.wait_for_text("live")
        program.read_for(BETWEEN_KEYS)
        begin = program.processor_seconds()
        for key in islice(cycle(SESSION), keys):
            program.send(key)
            program.read_for(BETWEEN_KEYS)
        return program.processor_seconds() - begin
