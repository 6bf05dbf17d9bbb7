"""One list of commands is the source of keys, help, footer and palette."""

from collections import Counter

import pytest

from jobs_tui.ui.commands.bulk import BULK_COMMANDS
from jobs_tui.ui.commands.cockpit import COCKPIT_COMMANDS
from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.execution import EXECUTION_COMMANDS
from jobs_tui.ui.commands.journal import JOURNAL_COMMANDS
from jobs_tui.ui.commands.notices import NOTICES_COMMANDS
from jobs_tui.ui.commands.pulse import PULSE_COMMANDS
from jobs_tui.ui.commands.thing_picker import PICKER_COMMANDS

LISTS = [
    BULK_COMMANDS,
    COCKPIT_COMMANDS,
    EXECUTION_COMMANDS,
    JOURNAL_COMMANDS,
    NOTICES_COMMANDS,
    PICKER_COMMANDS,
    PULSE_COMMANDS,
]


@pytest.mark.parametrize("commands", LISTS)
def test_no_key_and_no_name_stands_for_two_commands(commands: tuple[Command, ...]) -> None:
    # in the list of things enter opens the thing, in a panel the execution; with marks, s is about
    # them; escape goes back from what there is; what goes on is stopped before one goes back
    of_two = {COCKPIT_COMMANDS: {"enter", "s", "escape"}, BULK_COMMANDS: {"escape"}}
    shared = of_two.get(commands, set())
    keys = Counter(key for command in commands for key in set(command.keys) - shared)
    names = Counter(command.name for command in commands)
    assert max(keys.values()) == 1
    assert max(names.values()) == 1


@pytest.mark.parametrize("commands", LISTS)
def test_no_key_fights_tmux_flow_control_or_the_shell(commands: tuple[Command, ...]) -> None:
    keys = {key for command in commands for key in command.keys}
    assert not keys & {"ctrl+a", "ctrl+b", "ctrl+c", "ctrl+d", "ctrl+q", "ctrl+s", "ctrl+z"}
    assert not any(key.startswith(("alt+", "f1")) for key in keys)


@pytest.mark.slow
async def test_help_lists_every_command_with_its_keys(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1", size=(100, 100)) as screen:
        await screen.see("No pending jobs")
        await screen.press("question_mark")
        await screen.see("Keys")
        for command in COCKPIT_COMMANDS:
            assert command.help in screen.text
            assert command.keys_in_words in screen.line_with(command.help)
        assert "not now: this thing has no pending job" in screen.text


async def test_the_palette_finds_a_command_by_its_name(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1") as screen:
        await screen.see("No pending jobs")
        await screen.press("colon")
        await screen.see("Start the next job")
        await screen.type("pause")
        await screen.see(lambda: "Start the next job" not in screen.text)
        await screen.press("enter")
        await screen.see("automatic refresh paused")


@pytest.mark.slow
async def test_a_key_that_cannot_be_used_says_why(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1") as screen:
        await screen.see("No pending jobs")
        await screen.press("o")
        await screen.see("Open the job document: not now, this thing has no pending job")


@pytest.mark.slow
async def test_more_and_less_often_change_the_interval_up_to_its_ends(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1", refresh=5.0) as screen:
        await screen.see("every 5 s")
        await screen.press("plus")
        await screen.see("every 2 s")
        await screen.press("minus", "minus")
        await screen.see("every 10 s")


@pytest.mark.slow
async def test_q_leaves_with_status_0(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1") as screen:
        await screen.see("No pending jobs")
        await screen.press("q")
        await screen.see(lambda: screen.app._exit)
        assert screen.app.return_value == 0


async def test_no_word_in_the_palette_is_taken_for_markup(account, cockpit, monkeypatch) -> None:
    words = "[@click=app.quit]x[/] [/]\x1b[31m"
    monkeypatch.setattr(type(COCKPIT_COMMANDS[0]), "why_not", lambda *_: words)
    account.create_thing("gw-1")
    async with cockpit("gw-1", size=(120, 40)) as screen:
        await screen.see("No pending jobs")
        await screen.press("ctrl+p")
        await screen.see("[@click=app.quit]x[/] [/]\u241b[31m")
