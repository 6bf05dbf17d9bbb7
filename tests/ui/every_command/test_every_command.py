"""No command without a case: each of its keys is pressed, and each reason against it is met."""

import re
from collections.abc import Iterator

import pytest
from monkey.stage import Kind, playing
from monkey.steps import KEYS

from every_command import (
    browser_cases,
    changes_cases,
    conflict_cases,
    panels_cases,
    reading_cases,
)
from every_command.cases import At, Case, Does, Leaves, Refuses
from every_command.declared import Commands, command_classes, reasons, screens
from every_command.scene import WIDE_ENOUGH, Scene, Traffic
from jobs_tui.ui.commands.changing import NO_LINK
from jobs_tui.ui.commands.cockpit import COCKPIT_COMMANDS
from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.reading import LEFT
from jobs_tui.ui.commands.theme import bytes_spared

CASES = (
    *panels_cases.CASES,
    *changes_cases.CASES,
    *reading_cases.CASES,
    *conflict_cases.CASES,
    *browser_cases.CASES,
)

REPAINT = "ctrl+l"

NEVER_TOLD = {
    ("Mark a range", LEFT): "it only asks whether there is a row at all",
    ("Theme ...", bytes_spared()): "the palette is drawn in another way then; see test_themes",
    ("Change the status of the marked", NO_LINK): "without an endpoint there is nothing to mark",
}
"""Reasons that cannot be met by keys."""


def lists() -> list[Commands]:
    """Of each screen, and those that settings make."""
    known = [screen.COMMAND_LIST for screen in screens()]
    made = [step.commands for case in CASES for step in case.steps if isinstance(step, At)]
    return [*known, *(each for each in made if not any(each is other for other in known))]


def taken(commands: Commands, kinds: type | tuple[type, ...]) -> Iterator:
    """The steps of a kind that are taken where there are these commands."""
    for case in CASES:
        for where, step in case.placed:
            if where is commands and isinstance(step, kinds):
                yield step


def named(commands: Commands, name: str) -> Command:
    return next(command for command in commands if command.name == name)


@pytest.fixture(autouse=True)
def pager(monkeypatch, tmp_path) -> None:
    """One that ends at once, and says so."""
    monkeypatch.setenv("PAGER", "sh -c 'exit 7'")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
async def test_each_key_does_what_its_command_says(
    case: Case, account, cockpit, leave_unsent, monkeypatch
) -> None:
    for name, value in case.environment.items():
        monkeypatch.setenv(name, value)
    case.prepare(account)
    traffic = Traffic()
    options = {"size": WIDE_ENOUGH, "intercept": traffic} | case.options
    if case.left_unsent:
        options["port"] = await leave_unsent()
    async with cockpit(*case.things, **options) as screen:
        scene = Scene(screen, account, traffic)
        for step in case.steps:
            await step.take(scene)


async def test_ctrl_l_repaints_what_somebody_else_has_written_over(many_terminals) -> None:
    async with playing(1, Kind("xterm-256color", "256")) as play:
        play.driver.terminal.spoil()
        play.driver.type(KEYS[REPAINT])
        await play.check()


def test_every_command_stands_in_the_list_of_a_screen() -> None:
    listed = {type(command) for commands in lists() for command in commands}
    lost = [each.__name__ for each in command_classes() if each not in listed]
    assert not lost, "\n".join(lost)


def test_every_key_of_every_command_is_pressed_by_a_case() -> None:
    pressed = [(COCKPIT_COMMANDS, REPAINT, "Repaint the screen")]
    missing = []
    for commands in lists():
        done = {(step.key, step.name) for step in taken(commands, (Does, Leaves))}
        done |= {(key, name) for where, key, name in pressed if where is commands}
        missing += [
            f"{command.name}: {key}"
            for command in commands
            for key in (command.keys or ("palette",))
            if (key, command.name) not in done
        ]
    assert not missing, "\n".join(missing)


def test_every_reason_against_a_command_is_met_by_a_case() -> None:
    missing = []
    for commands in lists():
        met = [(step.name, step.reason) for step in taken(commands, Refuses)]
        met += NEVER_TOLD
        for command in commands:
            told = [reason for name, reason in met if name == command.name]
            missing += [
                f"{command.name}: {pattern}"
                for pattern in reasons(command)
                if not any(re.fullmatch(pattern, reason) for reason in told)
            ]
    assert not missing, "\n".join(missing)


def test_every_case_is_about_a_command_that_there_is_and_one_of_its_keys() -> None:
    for commands in lists():
        for step in taken(commands, (Does, Leaves, Refuses)):
            keys = named(commands, step.name).keys
            assert step.key in (*keys, "palette"), step
