"""Every command in the README is run, and does what stands there; the files in it are good."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.cli import main
from jobs_tui.emulator import Emulator, Switches
from readme.blocks import blocks_of, commands_of
from readme.made import README, ROOT
from readme.ways import WAYS, Asks, GoesOn, Prints, Shows, TestedBy
from readme.world import World, mutual_tls

TEXT = README.read_text("utf-8")
BLOCKS = blocks_of(TEXT)
ACTIONS = {
    "iotjobsdata:GetPendingJobExecutions",
    "iotjobsdata:DescribeJobExecution",
    "iotjobsdata:StartNextPendingJobExecution",
    "iotjobsdata:UpdateJobExecution",
    "iot:DescribeEndpoint",
    "iot:ListThings",
    "iot:ListThingsInThingGroup",
    "iot:SearchIndex",
    "iot:AssumeRoleWithCertificate",
}
"""Everything that any feature asks a permission for."""
CERTIFICATE, CONTEXT = "--cert", "--context"


def commands(kind: type) -> list[str]:
    return [command for command, way in WAYS.items() if isinstance(way, kind)]


def contents(language: str) -> list[str]:
    return [block.content for block in BLOCKS if block.language == language]


def not_asked_for(policy: Mapping[str, Any]) -> set[str]:
    """What a policy allows and nothing here has a use for."""
    actions = [statement["Action"] for statement in policy["Statement"]]
    named = [[each] if isinstance(each, str) else each for each in actions]
    return {action for each in named for action in each} - ACTIONS


@pytest.fixture
def here(world: World, command: str) -> World:
    """The world with what a command needs."""
    with ExitStack() as stack:
        if CERTIFICATE in command or CONTEXT in command:
            stack.enter_context(mutual_tls(world))
        if CONTEXT in command:
            world.write_settings(next(block for block in BLOCKS if block.language == "toml"))
        yield world


def test_every_command_of_the_readme_has_a_row_and_every_row_a_command() -> None:
    there = commands_of(TEXT)
    assert [each for each in there if each not in WAYS] == [], "run by no test: a row in ways.py"
    assert [each for each in WAYS if each not in there] == [], "not in the README any more"


def test_what_is_said_to_be_run_by_another_test_has_that_test() -> None:
    for command in commands(TestedBy):
        by = WAYS[command]
        file = ROOT / "tests" / by.file
        if by.file.startswith("..") and not file.exists():
            # an unpacked sdist has the tests, and not what runs all of them
            continue
        text = file.read_text("utf-8")
        assert re.search(rf"(?m)^(async )?(def )?{by.name}[(=]", text), command


def test_every_link_and_picture_is_there() -> None:
    headings = re.findall(r"(?m)^#+ (.*)$", TEXT)
    anchors = {re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings}
    links = re.findall(r"\]\((?!https?:)([^)]*)\)", TEXT)
    wrong = [each for each in links if each.startswith("#") and each[1:] not in anchors]
    wrong += [each for each in links if not each.startswith("#") and not (ROOT / each).exists()]
    assert wrong == []


def test_every_block_is_of_a_kind_that_is_tried() -> None:
    tried = {"sh", "console", "toml", "json", "python"}
    assert {block.language for block in BLOCKS} <= tried
    for content in contents("json"):
        assert {"jobId", "Statement"} & set(json.loads(content)), f"no job and no policy: {content}"


def test_the_settings_of_the_readme_are_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in tuple(os.environ):
        if name.startswith(("AWS_", "JOBS_TUI_", "XDG_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", f"{tmp_path}")
    file = tmp_path / "config.toml"
    for content in contents("toml"):
        file.write_text(content)
        assert main(["config", "--config", f"{file}"]) == 0, capsys.readouterr().err


def test_the_jobs_of_the_readme_are_created_for_their_things(tmp_path: Path) -> None:
    file = tmp_path / "jobs.jsonl"
    jobs = [job for job in map(json.loads, contents("json")) if "jobId" in job]
    file.write_text("".join(f"{json.dumps(job)}\n" for job in jobs))
    with Emulator(Switches(jobs=file)) as emulator:
        for job in jobs:
            for name in job["targets"]:
                pending = emulator.call(emulator.account.get_pending_job_executions, name)
                assert job["jobId"] in [each.job_id for each in pending.queued]


def test_the_policies_of_the_readme_allow_only_what_is_asked_for() -> None:
    wrong = {"Version": "2012-10-17", "Statement": [{"Action": "iot:UpdateJobExecution"}]}
    assert not_asked_for(wrong) == {"iot:UpdateJobExecution"}
    for policy in map(json.loads, contents("json")):
        if "Statement" in policy:
            assert policy["Version"] == "2012-10-17"
            assert not_asked_for(policy) == set()


def test_the_fixture_of_the_readme_works(tmp_path: Path) -> None:
    (content,) = contents("python")
    (tmp_path / "test_my_agent.py").write_text(content)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tmp_path],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert "1 passed" in done.stdout, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("command", commands(Prints))
def test_it_prints_what_it_says_and_ends(command: str, here: World) -> None:
    way = WAYS[command]
    way.before(here)
    done = here.run(command)
    assert done.returncode == way.status, done.stdout
    assert way.wanted in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("command", commands(Asks))
def test_it_asks_and_does_it(command: str, here: World, run: Callable[..., object]) -> None:
    way = WAYS[command]
    way.before(here)
    terminal = run(program=here.command(command), environment=here.environment)
    terminal.wait_for("send it? [y/N]")
    terminal.press("y", "enter")
    assert terminal.wait_for_end(30) == 0, terminal.text
    assert way.wanted in terminal.text


@pytest.mark.slow
@pytest.mark.parametrize("command", commands(Shows))
def test_the_cockpit_shows_it_and_is_left(
    command: str, here: World, run: Callable[..., object]
) -> None:
    way = WAYS[command]
    terminal = run(program=here.command(command), environment=here.environment)
    terminal.wait_for(way.wanted, 40)
    terminal.press(way.ends_by)
    assert terminal.wait_for_end() == 0


@pytest.mark.slow
@pytest.mark.parametrize("command", commands(GoesOn))
def test_it_goes_on_until_it_is_ended(command: str, here: World) -> None:
    way = WAYS[command]
    # the shell's own place is taken, so that the signal reaches the program
    words = here.command(command.replace("jobs-tui", "exec jobs-tui", 1))
    with subprocess.Popen(
        words, env=here.environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert any(way.wanted in line for line in process.stdout)
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(20) == way.status


@pytest.mark.slow
def test_the_emulator_is_used_as_the_readme_says(world: World, run: Callable[..., object]) -> None:
    emulator, *by_aws, cockpit = [
        command
        for command, way in WAYS.items()
        if getattr(way, "name", "") == "test_the_emulator_is_used_as_the_readme_says"
    ]
    words = world.command(emulator.replace("jobs-tui", "exec jobs-tui").replace("8123", "0"))
    with subprocess.Popen(
        words, env=world.environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            url = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert url is not None
            world.instead["http://127.0.0.1:8123"] = url[0]
            told = ""
            for command in by_aws:
                done = world.run(command)
                assert done.returncode == 0, done.stdout
                told = done.stdout
            assert '"jobId": "job-1"' in told
            terminal = run(program=world.command(cockpit), environment=world.environment)
            terminal.wait_for("job-1")
            terminal.press("q")
            assert terminal.wait_for_end() == 0
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
