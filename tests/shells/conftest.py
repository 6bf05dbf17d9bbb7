"""A user with a home, in whose shell the program is there and was used before."""

import json
import os
import pty
import re
import select
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

HOSTILE = "$(touch obeyed)"
"""What a shell would obey if it ever took a name for words of its own."""

LONGEST_SECONDS = 30.0
BEGIN, END = "\x01", "\x05"
PRINTED = re.compile(r"\{([^{}\x1b]*)\}")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Things were watched, contexts are in the settings; both files hold what is hostile, too."""
    state = tmp_path / ".local" / "state" / "jobs-tui"
    state.mkdir(parents=True)
    watched = {"": ["gw-1", "gw-2", "line:7", HOSTILE, "a b"], "lyon": ["press-3", "gw-1"]}
    (state / "recent-things.json").write_text(json.dumps(watched))
    settings = tmp_path / ".config" / "jobs-tui"
    settings.mkdir(parents=True)
    (settings / "config.toml").write_text(f'[contexts.lyon]\n[contexts."{HOSTILE}"]\n')
    for name in ("device.pem", "my cert.pem", f"{HOSTILE}.crt"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    """With `jobs-tui` on the PATH, as the tests have it."""
    programs = home / "bin"
    programs.mkdir()
    program = programs / "jobs-tui"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m jobs_tui "$@"\n')
    program.chmod(0o700)
    return {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "HOME": f"{home}"}


@pytest.fixture
def words_of(
    home: Path, environment: dict[str, str]
) -> Callable[[Sequence[str], str, str], list[str]]:
    """The words that an interactive shell would run once a line was completed."""

    def words(shell: Sequence[str], setup: str, typed: str) -> list[str]:
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(home)
            os.execvpe(shell[0], shell, {**environment, "TERM": "xterm", "PS1": "> "})  # noqa: S606
        try:
            # broken by quotes, what is waited for is not in what is echoed
            _type(terminal, f"{setup}; echo rea''dy\r", "ready")
            # the keys come at once, as from somebody who types ahead; the line becomes arguments
            line = f"{typed}{BEGIN}printf '{{%s}}' {END}; echo do''ne\r"
            shown = _type(terminal, line, "done")
            return [word for word in PRINTED.findall(shown) if word != "%s"]
        finally:
            os.close(terminal)
            os.waitpid(child, 0)

    return words


def _type(terminal: int, keys: str, awaited: str) -> str:
    """Type, and read what is shown until something is there."""
    os.write(terminal, keys.encode())
    shown = ""
    end = time.monotonic() + LONGEST_SECONDS
    while awaited not in shown:
        ready, _, _ = select.select([terminal], [], [], max(0.0, end - time.monotonic()))
        assert ready, f"it shows: {shown}"
        shown += os.read(terminal, 4096).decode(errors="replace")
    return shown
