"""Completion in a real zsh and a real fish, where they are installed."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from jobs_tui.cli.completion import FILES

pytestmark = pytest.mark.slow

HOSTILE = "$(touch obeyed)"

SHELLS = {
    "zsh": (
        ["zsh", "-f", "-i"],
        f"fpath=({FILES} $fpath); autoload -Uz compinit; compinit -u -D",
    ),
    "fish": (["fish", "--no-config", "-i"], f"source {FILES / 'jobs-tui.fish'}"),
}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("jobs-tui upd\t gw-1 fw-1 SU\t", ["update", "gw-1", "fw-1", "SUCCEEDED"]),
        (
            "jobs-tui list --notify=b\t --fail\t stu\t",
            ["list", "--notify=bell", "--fail-on", "stuck"],
        ),
        ("jobs-tui list pr\t line:\t", ["list", "press-3", "line:7"]),
        ("jobs-tui --cert my\t --key=dev\t", ["--cert", "my cert.pem", "--key=device.pem"]),
        ("jobs-tui --context ly\t --ca \\$\t", ["--context", "lyon", "--ca", f"{HOSTILE}.crt"]),
        ("jobs-tui completion z\t", ["completion", "zsh"]),
    ],
)
@pytest.mark.parametrize("shell", SHELLS)
def test_the_key_completes_a_line_that_is_typed(
    words_of: Callable[[Sequence[str], str, str], list[str]],
    home: Path,
    shell: str,
    typed: str,
    words: list[str],
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    assert words_of(*SHELLS[shell], typed) == ["jobs-tui", *words]
    assert not (home / "obeyed").exists()
