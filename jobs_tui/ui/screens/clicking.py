"""What a click, or a turn of the wheel, means on a screen with commands: always what a key does."""

from collections.abc import Sequence
from itertools import chain

from textual import events
from textual.geometry import Offset

from jobs_tui.ui.screens.command_screen import CommandScreen
from jobs_tui.ui.terminal.lines import Line, width_of
from jobs_tui.ui.views.fleet import MARKER

HEADING = "dim"
"""The look of a line among the entries of a list that is none."""


def clicked(screen: CommandScreen, event: events.Click) -> None:
    """In the footer, do what the key there does; in the text, go to the entry that is there.

    A double click does there what Enter does.
    """
    widget, _ = screen.get_widget_at(*event.screen_offset)
    at = event.screen_offset - widget.region.offset
    if widget.id == "footer":
        _footer_clicked(screen, at)
        return
    by = screen.steps_to(at.y)
    if by is not None:
        screen.move(by)
        if event.chain > 1:
            screen.action_press("enter")


def steps_to(lines: Sequence[Line], y: int) -> int | None:
    """How many entries from the one with the cursor to the one on a line of a list, if any is."""
    entries = [each for each, shown in enumerate(lines) if shown.look != HEADING]
    marked = [
        each
        for each in entries
        if lines[each].pieces and lines[each].pieces[0].text.startswith(MARKER)
    ]
    if y not in entries or not marked:
        return None
    return entries.index(y) - entries.index(marked[0])


def _footer_clicked(screen: CommandScreen, at: Offset) -> None:
    key = key_at(screen.footer(screen.size.width), at.x)
    meant = [each for each in screen.footer_commands(screen.size.width) if each.footer_key == key]
    usable = (each for each in meant if each.why_not(screen) is None)
    command = next(chain(usable, meant), None)
    if command is not None:
        screen.run_command(command)


def key_at(footer: Line, x: int) -> str:
    """The key that a footer has there, or beside its words; empty where it has none."""
    pieces, end = footer.pieces, 0
    for key, words in zip(pieces[::2], pieces[1::2], strict=True):
        end += width_of((key, words))
        if x < end:
            return key.text.strip()
    return ""
