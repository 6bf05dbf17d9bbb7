"""Programs in a shell's pipes, with streams that are closed and in a locale without UTF-8."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAM = f"{sys.executable} -m jobs_tui"

COMMANDS = ("config", "info --json", "journal --csv", "list", "doctor", "--help", "list --help")
COMMANDS += ("completion bash", "man")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / ".config" / "jobs-tui"
    folder.mkdir(parents=True)
    folder.joinpath("config.toml").write_text('[contexts."\u00e9"]\nthings = ["gw-1"]\n', "utf-8")
    return {
        "PATH": os.environ["PATH"],
        "HOME": f"{tmp_path}",
        "PYTHONPATH": f"{ROOT}",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def in_shell(line: str, environment: dict[str, str]) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"],
        env=environment,
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=30,
    )


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("ending", ["| head -1", "| head -0", "2>&1 | head -0", ">&-", "2>&-"])
def test_an_output_that_is_closed_changes_no_status(
    environment: dict[str, str], command: str, ending: str
) -> None:
    usual = in_shell(f"{PROGRAM} {command}", environment)
    done = in_shell(f"{PROGRAM} {command} {ending}", environment)
    assert done.returncode == usual.returncode
    assert b"Traceback" not in done.stdout + done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "locale",
    [
        {"LANG": "C"},
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    ],
)
def test_a_locale_without_utf_8_changes_no_status(
    environment: dict[str, str], command: str, locale: dict[str, str]
) -> None:
    usual = in_shell(f"{PROGRAM} {command}", environment | {"LANG": "C.UTF-8"})
    done = in_shell(f"{PROGRAM} {command}", environment | locale)
    assert done.returncode == usual.returncode
    assert b"Traceback" not in done.stdout + done.stderr
    if "PYTHONIOENCODING" in locale:
        assert done.stdout.isascii()
