"""A frame as a grid of cells: what a terminal of that size would show.

What a widget draws should be safe already. Where one has forgotten it, what the terminal could obey
ends here: no cell holds such a character, nor more than a few that stack over one another.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.segment import Segment

from jobs_tui.ui.terminal.renditions import PLAIN, Rendition, on_blank, rendition_of
from jobs_tui.ui.terminal.safe_text import harmless

Cell = tuple[str, Rendition]
"""The character, with what combines with it, and its rendition.

The second cell of a wide character has no character. Blanks have no foreground.
"""

Row = list[Cell]

MOST_IN_A_CELL = 5
"""Characters that may be joined in one cell; flags and families without joiners take two."""

NARROW = "\u00b7\u2013\u2026"
"""Signs of the screen itself that take one cell, beside those for drawing boxes and shapes."""


def row_of(segments: Iterable[Segment], columns: int, color_system: ColorSystem) -> Row:
    """The cells of a line, exactly as many as there are columns."""
    row: Row = []
    before = PLAIN
    for text, style, control in segments:
        if text and not control:
            rendition = rendition_of(style, color_system)
            begin = len(row)
            if not (text.isascii() and text.isprintable()):
                text = harmless(text)  # noqa: PLW2901 - as it is drawn
            if text.isascii():
                row += _simple_cells(text, rendition)
            else:
                _add_graphemes(row, text, rendition, before)
            if len(row) > begin:
                before = rendition
    if len(row) < columns:
        row += blank_row(columns - len(row))
    return row[:columns]


def blank_row(columns: int, rendition: Rendition = PLAIN) -> Row:
    """So many cells without a character."""
    return [(" ", rendition)] * columns


def is_simple(cell: Cell) -> bool:
    """Whether every terminal takes it for one cell: no wide, no combined character."""
    text = cell[0]
    return len(text) == 1 and (text.isascii() or "\u2500" <= text <= "\u25ff" or text in NARROW)


def most_frequent_blank(rows: Sequence[Row]) -> Rendition:
    """What most of the cells without a character are drawn in."""
    counted = Counter(chain.from_iterable(rows))
    blanks = (cell for cell in counted if cell[0] == " " and not cell[1].marks_blanks)
    return max(blanks, key=counted.__getitem__, default=(" ", PLAIN))[1]


def _simple_cells(text: str, rendition: Rendition) -> Row:
    blank = (" ", on_blank(rendition))
    return [blank if character == " " else (character, rendition) for character in text]


def _add_graphemes(row: Row, text: str, rendition: Rendition, before: Rendition) -> None:
    for begin, end, width in split_graphemes(text)[0]:
        grapheme = text[begin:end]
        if width == 0:
            # what combines with a character of the segment before, which may be a blank
            if row:
                at = -1 if row[-1][0] or len(row) == 1 else -2
                row[at] = ((row[at][0] + grapheme)[:MOST_IN_A_CELL], before)
            continue
        grapheme = grapheme[:MOST_IN_A_CELL]
        row.append((grapheme, on_blank(rendition) if grapheme == " " else rendition))
        row += [("", rendition)] * (width - 1)
