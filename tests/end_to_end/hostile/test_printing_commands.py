"""What the printing commands say of hostile texts, to a terminal and to a pipe."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import jobs_tui
from hostile.allowed import not_allowed
from hostile.service import ERROR_THINGS, ID_THINGS, HostileService
from hostile.texts import HOSTILE

PROGRAM = Path(sys.executable).with_name("jobs-tui")

TYPEABLE = (
    "".join(list(HOSTILE.values())[5:]).replace("\x00", "").encode("utf-8", "ignore").decode()[:200]
)
SETTINGS = """
{quoted} = 1
region = {quoted}
rate = {quoted}
[contexts.{quoted}]
profile = {quoted}
refresh = {quoted}
"""


def quoted(text: str) -> str:
    """A string of TOML that says it."""
    escaped = (
        each if each.isascii() and each.isalnum() else f"\\U{ord(each):08x}" for each in text
    )
    return f'"{"".join(escaped)}"'


@pytest.fixture
def environment(
    bare_environment: dict[str, str], service: HostileService, tmp_path: Path
) -> dict[str, str]:
    """Hostile wherever it may be without ending everything at once."""
    (tmp_path / "good.toml").write_text('read-only = true\n[contexts."[/]\\u00e9"]\nrate = 2\n')
    (tmp_path / "bad.toml").write_text(SETTINGS.format(quoted=quoted(TYPEABLE)))
    return bare_environment | {
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
        "AWS_DEFAULT_REGION": "x-1",
        "AWS_ENDPOINT_URL": service.url,
        "PYTHONPATH": str(Path(jobs_tui.__file__).parent.parent),
        "JOBS_TUI_CONFIG": f"{tmp_path}/good.toml",
    }


HOSTILE_SETTINGS = {"JOBS_TUI_REGION": TYPEABLE, "JOBS_TUI_PROFILE": TYPEABLE}
COMMANDS = [
    pytest.param(["journal"], {}, id="journal"),
    pytest.param(["journal", "--csv"], {}, id="journal, csv"),
    pytest.param(["journal", "--json"], {}, id="journal, json"),
    pytest.param(["config"], HOSTILE_SETTINGS, id="config"),
    pytest.param(["config"], {"JOBS_TUI_CONFIG": "bad.toml"}, id="bad settings"),
    pytest.param(["config"], {"XDG_STATE_HOME": f"/nowhere/{TYPEABLE}"}, id="folders"),
    pytest.param(["doctor", "message"], {}, id="doctor"),
    pytest.param(["doctor", "type"], {}, id="doctor, error type"),
    pytest.param(["doctor", "headers"], {}, id="doctor, headers"),
    pytest.param(["doctor", "member", "--json"], {}, id="doctor, json"),
    pytest.param(["doctor"], HOSTILE_SETTINGS | {"TERM": TYPEABLE}, id="doctor, environment"),
    pytest.param(["list", *ID_THINGS, *ERROR_THINGS], {}, id="list"),
    pytest.param(["list", "--json", *ID_THINGS, *ERROR_THINGS], {}, id="list, json"),
    pytest.param(["gw-1", "--things-file", TYPEABLE], {}, id="things file"),
    pytest.param([TYPEABLE], {}, id="thing"),
]

SIGNS = ("\u241b", "<U+", "\\u001b")
NOT_TOLD = {"--json", TYPEABLE}
"""Last words of commands that do not tell what is wrong by saying it again."""


@pytest.mark.slow
@pytest.mark.parametrize(("words", "more"), COMMANDS)
@pytest.mark.usefixtures("journal")
def test_a_command_prints_only_what_is_seen(
    run: Callable[..., Any],
    environment: dict[str, str],
    tmp_path: Path,
    words: list[str],
    more: dict[str, str],
) -> None:
    environment |= more
    if environment["JOBS_TUI_CONFIG"] == "bad.toml":
        environment["JOBS_TUI_CONFIG"] = f"{tmp_path}/bad.toml"
    terminal = run(*words, environment=environment)
    terminal.wait_for_end(30)
    assert terminal.raw
    assert any(sign in terminal.raw.decode() for sign in SIGNS) or words[-1] in NOT_TOLD
    assert not_allowed(terminal.raw) == []
    # to a pipe it is the same bytes, whoever looks at them later
    program = [PROGRAM, *words]
    done = subprocess.run(program, env=environment, capture_output=True, check=False, timeout=30)
    said = (done.stdout + done.stderr).replace(b"\n", b"\r\n")
    assert said
    assert not_allowed(said) == []
