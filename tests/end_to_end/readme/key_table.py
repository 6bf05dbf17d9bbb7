"""The table of keys: of every command by the screen that it is on, and of the dialogs."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from textual.binding import Binding

from jobs_tui.domain.status import Status
from jobs_tui.ui.commands.bulk import BULK_COMMANDS
from jobs_tui.ui.commands.cockpit import COCKPIT_COMMANDS
from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.execution import EXECUTION_COMMANDS
from jobs_tui.ui.commands.journal import JOURNAL_COMMANDS
from jobs_tui.ui.commands.moving_in_list import ends, steps
from jobs_tui.ui.commands.notices import NOTICES_COMMANDS
from jobs_tui.ui.commands.over_panels import OVER_PANELS_COMMANDS
from jobs_tui.ui.commands.pulse import PULSE_COMMANDS
from jobs_tui.ui.commands.thing_picker import PICKER_COMMANDS
from jobs_tui.ui.screens.choice_dialog import ChoiceDialog
from jobs_tui.ui.screens.enter_sends import EnterSends
from jobs_tui.ui.screens.fields_dialog import FieldsDialog
from jobs_tui.ui.widgets.details_table import DetailsTable
from jobs_tui.ui.widgets.status_choice import StatusChoice
from readme.markdown import code, plain, table

Commands = Iterable[Command[Any]]

HEADS = ("key", "name", "what it does", "id in the settings")

OF_THE_PANELS = {
    "moving": "Over the panels: moving",
    "refreshing": "Over the panels: refreshing",
    "marking": "Over the panels: marking several",
    "finding": "Over the panels: finding one's way",
    "fleet": "The list of things, and what needs attention",
}
"""Where the commands over the panels stand, by the module that has them; all else comes first."""

READ_SCREENS: Sequence[tuple[str, Commands]] = (
    ("An execution, its job document", EXECUTION_COMMANDS),
    ("The journal", JOURNAL_COMMANDS),
    ("The notices", NOTICES_COMMANDS),
    ("The pulse", PULSE_COMMANDS),
)

IN_EACH: Commands = (*steps("line"), *ends("first line", "last line"), *OVER_PANELS_COMMANDS)
"""What the screens that are read have all alike."""

DIALOGS: Sequence[tuple[str, Sequence[type[Any]]]] = (
    ("The dialog that changes a status", (StatusChoice, DetailsTable, FieldsDialog, EnterSends)),
    ("The dialog at a conflict, or of an entry in the journal", (ChoiceDialog,)),
)

SHORT = {"pagedown": "pgdn", "pageup": "pgup", "escape": "esc"}


def key_row(command: Command[Any]) -> Sequence[str]:
    """What the table tells of a command."""
    keys, told = _keys(command.keys_in_words.split()), plain(command.help)
    return keys, plain(command.name), told, code(command.command_id)


def key_table() -> str:
    """Every key, where it is one, and what it does."""
    rows: list[Sequence[str]] = []
    for where, of_it in _everywhere():
        rows += [(f"**{plain(where)}**", *[""] * (len(HEADS) - 1)), *of_it]
    return table(HEADS, rows)


def _everywhere() -> Iterator[tuple[str, list[Sequence[str]]]]:
    groups: dict[str, list[Command[Any]]] = {"Over the panels": []}
    groups |= {where: [] for where in OF_THE_PANELS.values()}
    for command in COCKPIT_COMMANDS:
        module = type(command).__module__.rpartition(".")[2]
        groups[OF_THE_PANELS.get(module, "Over the panels")].append(command)
    for where, commands in groups.items():
        yield where, [key_row(each) for each in commands]
    alike = {(type(each), each.keys) for each in IN_EACH}
    for where, commands in READ_SCREENS:
        own = [each for each in commands if (type(each), each.keys) not in alike]
        yield where, [key_row(each) for each in own]
    yield "Each of these four; the pulse has no lines", [key_row(each) for each in IN_EACH]
    yield "A change of many, under way", [key_row(each) for each in BULK_COMMANDS]
    yield "Choosing things", [key_row(each) for each in PICKER_COMMANDS]
    for where, classes in DIALOGS:
        # what has the focus counts before what is around it
        by_key: dict[str, Binding] = {}
        for binding in (each for every in classes for each in every.BINDINGS):
            by_key.setdefault(binding.key, binding)
        yield where, [_dialog_row(each) for each in by_key.values()]


def _dialog_row(binding: Binding) -> Sequence[str]:
    name = binding.description
    meaning = Status(name).meaning if name in list(Status) else ""
    shown = code(name) if meaning else plain(name)
    return _keys(binding.key.split(",")), shown, plain(meaning), ""


def _keys(keys: Iterable[str]) -> str:
    return " ".join(code(SHORT.get(key, key)) for key in keys)
