"""What the program costs while nothing happens: twenty things, paused, the screen at rest."""

import time

from conditions import HERE, PROGRAM, PYTHON, Conditions, Cores, fresh_home, thing_names
from figures import Figure, Found, at_most
from pty_program import PtyProgram
from served import Server

THINGS = 20
SHORT_SECONDS = 2.0
PAUSE = b"p"
AT_REST = 3.0
"""Seconds without a byte after which the screen is taken to be at rest."""


def run(conditions: Conditions, cores: Cores) -> Found:
    """The program and an empty Textual app beside it, for the same ten minutes."""
    seconds = SHORT_SECONDS if conditions.short else conditions.idle_seconds
    at_rest = 1.2 if conditions.short else AT_REST
    with Server() as server, fresh_home() as environment:
        server.watch(THINGS)
        cockpit = [PROGRAM, "--endpoint-url", server.url, "--rate", "100", *thing_names(THINGS)]
        empty = [PYTHON, str(HERE / "empty_app.py")]
        with (
            PtyProgram(cockpit, environment, cores) as ours,
            PtyProgram(empty, environment, cores) as beside,
        ):
            beside.wait_for_text("LASTWORD")
            server.first(ours.wait_for_other)
            server.all_answered(ours.wait_for_other)
            ours.send(PAUSE)
            ours.wait_for_silence(at_rest)
            beside.wait_for_silence(at_rest)
            said = ours.bytes_said
            begin = time.monotonic()
            used, used_beside = ours.processor_seconds(), beside.processor_seconds()
            # neither says enough to fill its terminal while the other one is looked at
            ours.read_for(seconds)
            beside.read_for(0.001)
            passed = time.monotonic() - begin
            used = ours.processor_seconds() - used
            used_beside = beside.processor_seconds() - used_beside
            said = ours.bytes_said - said
    share, share_beside = 100 * used / passed, 100 * used_beside / passed
    return Found(
        [
            Figure(
                f"idle for {passed:.0f} s, {THINGS} things, paused",
                share,
                " %",
                at_most(0.3),
                f"{share:.2f} %",
                f"{share_beside:.2f} %",
            ),
            Figure(f"bytes to the terminal in {passed:.0f} s", said),
        ]
    )
