"""What the screen has to show: a whole frame by Textual's own way, on a terminal of its own."""

from functools import lru_cache
from typing import NamedTuple

from textual.app import App
from textual.geometry import Offset

from monkey.terminal import Cell, Terminal

Row = tuple[Cell, ...]


class Difference(NamedTuple):
    """The first cell that is not as it has to be."""

    line: int
    column: int
    shown: Cell
    wanted: Cell

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.shown}, and not {self.wanted}"


def whole_frame(app: App[object], *, opened: bool = False) -> str:
    """The sequences that draw all of it, taken so that the app does not notice.

    A dialog remembers what lay behind it when it was drawn last. In one that was just `opened` that
    is looked at again; Textual itself does not always do so later, where one lies above another.
    """
    if opened:
        app.screen._styles_cache.clear()
        app.screen._dirty_regions.add(app.screen.size.region)
    compositors = [screen._compositor for screen in app.screen_stack]
    dirty = [set(compositor._dirty_regions) for compositor in compositors]
    with app._context():
        update = app.screen._compositor.render_update(
            full=True, screen_stack=app._background_screens
        )
        text = update.render_segments(app.console)
    for compositor, regions in zip(compositors, dirty, strict=True):
        compositor._dirty_regions.update(regions)
    return text


def rows_of(frame: str, columns: int) -> list[Row]:
    """The cells of each line of a whole frame."""
    # each line begins with a move to its first cell, and each of its styles with none
    return [_row_of(line[line.index("H") + 1 :], columns) for line in frame.split("\n")]


def first_difference(terminal: Terminal, rows: list[Row]) -> Difference | None:
    """Where a terminal shows something else than these rows."""
    return first_difference_of([tuple(terminal.row(n)) for n in range(terminal.lines)], rows)


def first_difference_of(shown: list[Row], wanted: list[Row]) -> Difference | None:
    """Where the cells of lines are not as they have to be."""
    for number, (row, other_row) in enumerate(zip(shown, wanted, strict=True)):
        if row == other_row:
            continue
        for column, (one, other) in enumerate(zip(row, other_row, strict=True)):
            if one != other and _seen(one) != _seen(other):
                return Difference(number, column, one, other)
    return None


def cursor_of(app: App[object]) -> Offset | None:
    """Where the cursor belongs, for an input method of the terminal; None where none is at work."""
    if not hasattr(app.focused, "cursor_screen_offset"):
        return None
    return app.screen.outer_size.clamp_offset(app.cursor_position)


@lru_cache(maxsize=8192)
def _row_of(line: str, columns: int) -> Row:
    terminal = Terminal(columns, 1, junk=False)
    terminal.feed(line)
    return tuple(terminal.row(0))


@lru_cache(maxsize=8192)
def _seen(cell: Cell) -> Cell:
    """What of a cell can be seen: a blank has no colour of its own, and is neither bold nor not."""
    if cell.data != " ":
        return cell
    drawn_on = cell.underscore or cell.strikethrough or cell.reverse or cell.blink
    return cell._replace(
        fg=cell.fg if drawn_on else "default", bold=False, italics=False, dim=False
    )
