"""Completion in a real bash: what is offered, and what a hostile name does, which is nothing."""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from jobs_tui.cli.arguments import COMMANDS
from jobs_tui.cli.completion import FILES
from jobs_tui.domain.status import SETTABLE

SCRIPT = FILES / "jobs-tui.bash"

HOSTILE = "$(touch obeyed)"

ASKED = """\
source "$0"
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
COMP_LINE="$*"
_jobs_tui
printf '%s\\n' "${COMPREPLY[@]}"
"""
"""What bash does when the key is pressed, without the key."""

THINGS = {"gw-1", "gw-2", "line:7", "press-3"}

CERTIFICATES = {"device.pem", "my cert.pem", f"{HOSTILE}.crt"}

Words = Callable[[Sequence[str], str, str], list[str]]


@pytest.fixture
def offered(home: Path, environment: dict[str, str]) -> Callable[..., set[str]]:
    """What bash offers for the last of some words, as it breaks a line into them."""

    def ask(*words: str) -> set[str]:
        done = subprocess.run(
            ["bash", "--norc", "-c", ASKED, SCRIPT, "jobs-tui", *words],
            cwd=home,
            env=environment,
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )
        assert done.stderr == ""
        return set(done.stdout.splitlines()) - {""}

    return ask


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([""], {*COMMANDS}),
        (["de"], {"demo", "describe"}),
        (["list", "--fail"], {"--fail-on"}),
        (["--re"], {"--refresh", "--region", "--read-only"}),
        (["--region", "eu-west-3", "update", "--repl"], {"--replace-details"}),
        (["list", "--fail-on", ""], {"pending", "stuck"}),
        (["--notify", ""], {"off", "bell", "desktop"}),
        (["--notify", "=", "b"], {"bell"}),
        (["update", "gw-1", "fw-1", ""], {f"{status}" for status in SETTABLE}),
        (["update", "--yes", "line", ":", "7", "fw-1", "F"], {"FAILED"}),
        (["update", "gw-1", "fw-1", "--detail", "a", "=", "b", "REJ"], {"REJECTED"}),
        (["completion", ""], {"bash", "zsh", "fish"}),
        (["emulator", "--unknown-thing", ""], {"200", "404"}),
        (["--region", ""], set()),
    ],
)
def test_commands_options_and_values_are_offered(
    offered: Callable[..., set[str]], words: list[str], expected: set[str]
) -> None:
    assert offered(*words) == expected


def test_of_each_command_its_own_options_are_offered(offered: Callable[..., set[str]]) -> None:
    assert {"--document", "--execution-number"} < offered("describe", "gw-1", "fw-1", "--")
    assert "--document" not in offered("start", "--")
    assert offered("journal", "--") == {"--help", "--json", "--csv", "--thing", "--since"}


@pytest.mark.parametrize("option", ["--cert", "--config", "--things-file", "--log-file"])
def test_files_are_offered_where_one_is_meant(
    offered: Callable[..., set[str]], option: str
) -> None:
    assert offered(option, "") > CERTIFICATES
    assert offered("list", option, "dev") == {"device.pem"}


def test_things_that_were_watched_and_contexts_are_offered_and_none_that_is_hostile(
    offered: Callable[..., set[str]], home: Path
) -> None:
    assert offered("list", "") == THINGS
    assert offered("list", "gw-2", "p") == {"press-3"}
    assert offered("list", "line", ":", "") == {"7"}
    assert offered("--context", "") == {"lyon"}
    for word in (HOSTILE, f"`{HOSTILE}`", f"a[{HOSTILE}]", "--x[$(touch obeyed)]"):
        assert offered("list", word) == set()
        assert offered(word, word, "update", word, word, "S") <= {"SUCCEEDED"}
    assert not (home / "obeyed").exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("jobs-tui upd\t gw-1 fw-1 SU\t", ["update", "gw-1", "fw-1", "SUCCEEDED"]),
        ("jobs-tui list --notify=b\t line:\t", ["list", "--notify=bell", "line:7"]),
        ("jobs-tui list \x1b*", ["list", "gw-1", "gw-2", "line:7", "press-3"]),
        ("jobs-tui --cert my\t --key=dev\t", ["--cert", "my cert.pem", "--key=device.pem"]),
        ("jobs-tui --context \t --ca \\$\t", ["--context", "lyon", "--ca", f"{HOSTILE}.crt"]),
    ],
)
def test_the_key_completes_a_line_that_is_typed(
    words_of: Words, home: Path, typed: str, words: list[str]
) -> None:
    bash = ["bash", "--norc", "--noprofile", "-i"]
    assert words_of(bash, f"source {SCRIPT}", typed) == ["jobs-tui", *words]
    assert not (home / "obeyed").exists()
