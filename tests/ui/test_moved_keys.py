"""Keys that the user has moved: they do what is wanted, and are told wherever a key is told."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from every_command.declared import screens

import jobs_tui
from jobs_tui.domain.own_command import OwnCommand
from jobs_tui.ui.commands.every_screen import SCREENS
from jobs_tui.ui.commands.key_map import NO_TEXT, clashes, command_ids, with_keys
from jobs_tui.ui.commands.key_names import in_words, named_key
from jobs_tui.ui.commands.key_rows import key_rows
from jobs_tui.ui.widgets.thing_field import NOT_IN_NAMES

MOVED = {
    "refresh-panel": ("f5", "u"),
    "change-status": ("ctrl+t",),
    "open-notices": ("N",),
    "help": ("f1",),
    "mark": ("f",),
    "next-panel": (),
    "page-down": ("f",),
    "sort": (),
}

IDS = """
add-thing back back-to-list change-marked change-status clear-marks close-thing copy-command
copy-job-id copy-out decide-conflict fetch filter-things find-before find-next first-row fold
fold-all fold-around full-screen go go-there help jump-back jump-forward keep-in-view last-row
less-often mark mark-all mark-panel mark-range more-often next-panel next-urgent next-way
only-urgent open-document open-entry open-execution open-journal open-notices open-outside
open-pulse open-result open-thing page-down page-up palette panel-before pause pause-panel quit
refresh-all refresh-panel repaint row-down row-up save-bandwidth search show-changes sort start-next
stop-bulk toggle-mask unfold unfold-all write-out
"""


def sentences() -> Iterator[tuple[str, str, str]]:
    """Where a sentence names a key: the file, the command, and the key that it has by itself."""
    for path in Path(jobs_tui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="key_of"),
                    args=[ast.Constant(value=str(command_id)), ast.Constant(value=str(own))],
                ):
                    yield path.name, command_id, own


def test_each_id_stays_as_somebody_may_have_it_in_a_file() -> None:
    assert sorted(command_ids()) == IDS.split()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_an_id_means_one_command_of_a_screen(screen) -> None:
    ids = Counter(command.command_id for command in screen.commands)
    assert max(ids.values()) == 1


def test_every_screen_with_commands_is_in_the_table() -> None:
    theirs = {(each.COMMAND_LIST, each.AMONG_TEXT) for each in screens()}
    assert {(each.commands, each.among_text) for each in SCREENS} == theirs
    assert frozenset(NOT_IN_NAMES.values()) == NO_TEXT


def test_nothing_clashes_where_nothing_was_moved() -> None:
    assert list(clashes({})) == []
    for screen in SCREENS:
        assert with_keys(screen.commands, {}, among_text=screen.among_text) == screen.commands


def test_every_key_is_written_as_help_shows_it() -> None:
    for screen in SCREENS:
        for command in screen.commands:
            assert command.keys_in_words.split() == list(map(in_words, command.keys))
    keys = {key for row in key_rows() for key in row.keys}
    assert {key: in_words(named_key(key) or "") for key in keys} == {key: key for key in keys}
    assert [named_key(each) for each in ("PgDn", "Ctrl+A", "ctrl+1", "hyper", "\x1b", "")] == [
        *("pagedown", "ctrl+a"),
        *(None, None, None, None),
    ]


def test_a_sentence_knows_the_key_that_its_command_has_by_itself() -> None:
    own = {row.command: row.keys for row in reversed(key_rows())}
    told = list(sentences())
    assert len(told) > 30
    assert [each for each in told if each[2] not in own.get(each[1], ())] == []


async def test_the_new_key_does_it_and_the_old_one_does_nothing(account, cockpit) -> None:
    account.create_thing("gw-1")
    account.create_thing("gw-2")
    account.create_job("fw-1", ["gw-2"], "{}")
    async with cockpit("gw-1", "gw-2", keys=MOVED, size=(110, 60)) as screen:
        # the footer, and a sentence in a panel
        await screen.see("f5 refresh")
        await screen.see("f5 asks again")
        assert "ctrl+t status" in screen.text
        assert "next panel" not in screen.text
        await screen.press("r", "question_mark", "tab", "comma", "L")
        assert screen.app.screen is screen.app.screen_stack[0]
        assert "refreshing" not in screen.text
        await screen.press("u")
        await screen.see("refreshing gw-1")
        await screen.press("f5", "ctrl+t")
        await screen.see("Change the status: not now, this thing has no pending job")
        # from the second panel on, as the focus did not leave the first one by tab
        await screen.press("right_square_bracket", "down", "f")
        await screen.see("1 marked")
        await screen.press("f", "f")
        await screen.press("escape")
        await screen.see("f marks again")


async def test_help_and_palette_tell_the_keys_in_force(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1", keys=MOVED, size=(110, 100)) as screen:
        await screen.see("f1 help")
        await screen.press("f1")
        await screen.see("Refresh this panel now")
        assert "f5 u" in screen.line_with("Refresh this panel now")
        assert "nothing is marked: f marks the row" in screen.text
        assert "tab" not in screen.line_with("Go to the next thing's panel")
        await screen.press("f1")
        await screen.see(lambda: "Refresh this panel now" not in screen.text)
        await screen.press("ctrl+p")
        await screen.see("f5 u \u00b7 Refresh this panel now")
        await screen.type("sort")
        # what has no key is found there, and done from there
        await screen.see(lambda: "Refresh this panel" not in screen.text)
        await screen.press("enter")
        await screen.see("enter sorts")


@pytest.mark.slow
async def test_the_key_that_opens_a_screen_closes_it_where_it_was_moved(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1", keys=MOVED) as screen:
        await screen.see("No pending jobs")
        await screen.press("N")
        await screen.see("newest first")
        await screen.press("L", "space")
        await screen.see("newest first")
        await screen.press("N")
        await screen.see(lambda: "newest first" not in screen.text)


@pytest.mark.slow
async def test_a_letter_is_text_where_one_types(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1", keys=MOVED | {"filter-things": ("w",)}) as screen:
        await screen.see("No pending jobs")
        await screen.press("w", "f", "w", "-", "1")
        await screen.see("/ fw-1")
        await screen.press("enter")
        await screen.see("shown /fw-1")
        await screen.press("w", "backspace")
        await screen.see("/ fw-")


async def test_a_letter_is_text_where_things_are_chosen(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit(keys=MOVED, used_last=("gf-1", "gf-2")) as screen:
        await screen.see("gf-1")
        # a letter would be the beginning of a name; a key that is none stays where it was moved to
        await screen.see("space mark")
        assert "f1 help" in screen.text
        await screen.press("f")
        await screen.see(lambda: "f" in screen.app.screen.choice.typed)
        await screen.press("backspace", "space", "question_mark", "plus")
        await screen.see(lambda: len(screen.app.screen.choice.marked) == 2)
        await screen.press("enter")
        await screen.see("f5 refresh")


async def test_an_own_command_takes_a_key_from_which_another_was_moved(account, cockpit) -> None:
    account.create_thing("gw-1")
    account.create_job("fw-1", ["gw-1"], "{}")
    own = OwnCommand("Look", "r", "echo looked", confirm=False)
    async with cockpit("gw-1", keys=MOVED, commands=(own,)) as screen:
        await screen.see("fw-1")
        await screen.press("r")
        await screen.see("Look ended with status 0 over fw-1: looked")
        assert "refreshing" not in screen.text
