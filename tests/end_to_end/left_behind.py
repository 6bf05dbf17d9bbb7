"""What a program leaves behind when it ends: the modes of the terminal, and processes."""

import re
import termios
from pathlib import Path

MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
KEYBOARD = re.compile(rb"\x1b\[([<>])[0-9;]*u")
POINTER = re.compile(rb"\x1b\]22;([a-z]*)\x07")
TITLE = re.compile(rb"\x1b\][012];")

ON_BEFORE = {"7", "25"}
"""DEC private modes in which a terminal begins: it wraps lines, and the cursor shows."""


def modes_left(raw: bytes) -> set[str]:
    """The DEC private modes in force after all that was sent."""
    on = set(ON_BEFORE)
    for numbers, end in MODE.findall(raw):
        for number in numbers.decode().split(";"):
            (on.add if end == b"h" else on.discard)(number)
    return on


def check_given_back(terminal, modes_before: list[object]) -> None:
    """The terminal is as it was before the program: for the shell, and for the eye."""
    assert termios.tcgetattr(terminal._fd) == modes_before
    raw = terminal.raw
    left = modes_left(raw)
    assert left == ON_BEFORE, f"{left ^ ON_BEFORE} after {raw[-300:]!r}"
    depth = 0
    for way in KEYBOARD.findall(raw):
        depth = max(0, depth + (1 if way == b">" else -1))
    assert depth == 0, "the keyboard is left in another mode"
    assert [b"default", *POINTER.findall(raw)][-1] == b"default"
    assert not TITLE.search(raw)


def processes_of(session: int) -> list[str]:
    """The command names of processes of a session, all but those that have ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text().partition("(")[2].rpartition(")")
        except OSError:
            continue
        state, _parent, _group, its_session = rest.split()[:4]
        if int(its_session) == session and state != "Z":
            found.append(name)
    return found


def cpu_seconds(process: int) -> float:
    """What a process has used of the processor."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100
