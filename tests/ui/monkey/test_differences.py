"""What is sent so that a terminal that shows one grid shows another, for any two grids."""

from hypothesis import example, given, settings
from hypothesis import strategies as some
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from jobs_tui.ui.terminal import differences as sent
from jobs_tui.ui.terminal.cells import Row, row_of
from monkey.frames import first_difference
from monkey.terminal import Abilities, Terminal

COLORS = (None, "default", "red", "bright_blue", "color(123)", "#102030")
ATTRIBUTES = ("bold", "dim", "italic", "underline", "strike", "reverse", "blink")

TEXTS = ("a", "b c", "xyz", "\u2500\u2502", "\u6f22\u5b57", "\U0001f600", "e\u0301", "\u0301")
BLANKS = tuple(" " * number for number in (1, 2, 5, 10, 14))


def styled(text: str, style: Style) -> Segment:
    return Segment(text, style)


STYLES = some.builds(
    lambda attributes, **colors: Style(**dict.fromkeys(attributes, True), **colors),
    some.sets(some.sampled_from(ATTRIBUTES), max_size=2),
    color=some.sampled_from(COLORS),
    bgcolor=some.sampled_from(COLORS),
)
ABILITIES = some.builds(Abilities, some.booleans(), some.booleans(), some.booleans())

Lines = list[list[Segment]]


@some.composite
def grids(draw: some.DrawFn) -> tuple[int, Lines, Lines]:
    """The columns, what was there before, and what is to be: the same, but for some parts."""
    columns = draw(some.integers(1, 50))
    # few, so that neighbours are often of one style
    styles = some.sampled_from(draw(some.lists(STYLES, min_size=1, max_size=3)))
    text = some.one_of(some.sampled_from(TEXTS), some.sampled_from(BLANKS))
    segment = some.builds(styled, text, styles)
    before = draw(some.lists(some.lists(segment, max_size=8), min_size=1, max_size=3))
    changes = some.one_of(some.just(None), some.just(None), segment)
    after = [[draw(changes) or each for each in line] for line in before]
    return columns, before, after


def rows_of(lines: Lines, columns: int) -> list[Row]:
    return [row_of(line, columns, ColorSystem.TRUECOLOR) for line in lines]


def cut(lines: Lines, columns: int) -> Lines:
    """As the compositor does: exactly so many columns, half a wide character as a blank."""
    return [list(Segment.adjust_line_length(line, columns, style=Style())) for line in lines]


def drawn(lines: Lines, columns: int) -> Terminal:
    """A terminal on which all of it was drawn from scratch, as Textual does."""
    terminal = Terminal(columns, len(lines))
    for number, line in enumerate(lines, 1):
        terminal.feed(f"\x1b[{number};1H\x1b[m")
        for text, style, _ in line:
            terminal.feed(Style.render(style, text, color_system=ColorSystem.TRUECOLOR))
    return terminal


ON_RED = Style(bgcolor="red")
HALF_ERASED = (
    20,
    [[styled("abcdefghi\u6f22klm", ON_RED)]],
    [[styled(" " * 10 + "klm", ON_RED)]],
)
"""Blanks up to the middle of a wide character that was there."""


@given(grids(), ABILITIES)
@example(HALF_ERASED, Abilities())
@settings(deadline=None, max_examples=200)
def test_after_what_differs_was_sent_a_terminal_is_as_if_all_had_been_drawn(
    grid: tuple[int, Lines, Lines], abilities: Abilities
) -> None:
    columns, before, after = grid[0], cut(grid[1], grid[0]), cut(grid[2], grid[0])
    terminal = Terminal(columns, len(before), abilities)
    known = sent.Abilities(abilities.erases_in_color, abilities.erases_cells)
    shown: list[Row] | None = None
    for lines in (before, after, before):
        rows = rows_of(lines, columns)
        pen = sent.Pen(known)
        sent.differences(shown, rows, pen)
        pen.rest()
        terminal.feed("".join(pen.sent))
        shown = rows
        whole = drawn(lines, columns)
        found = first_difference(terminal, [tuple(whole.row(n)) for n in range(len(lines))])
        assert found is None, f"{found}\n{pen.sent}"
        assert not terminal.disputed, f"{terminal.disputed}\n{pen.sent}"


@given(grids())
@settings(deadline=None, max_examples=30)
def test_nothing_is_sent_where_nothing_differs(
    grid: tuple[int, Lines, Lines],
) -> None:
    rows = rows_of(cut(grid[1], grid[0]), grid[0])
    pen = sent.Pen(sent.Abilities())
    sent.differences(rows, rows_of(cut(grid[1], grid[0]), grid[0]), pen)
    pen.rest()
    assert "".join(pen.sent) == ""
