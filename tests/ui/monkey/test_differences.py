"""What is sent so that a terminal that shows one grid shows another, for any two grids."""

from hypothesis import given, settings
from hypothesis import strategies as some
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from jobs_tui.ui.terminal import differences as sent
from jobs_tui.ui.terminal.cells import Row, row_of
from monkey.frames import first_difference
from monkey.terminal import Abilities, Terminal

COLORS = (None, None, "default", "red", "bright_blue", "color(123)", "#102030")

STYLES = some.builds(
    Style,
    color=some.sampled_from(COLORS),
    bgcolor=some.sampled_from(COLORS),
    **{
        attribute: some.sampled_from((None, None, True))
        for attribute in ("bold", "dim", "italic", "underline", "strike", "reverse", "blink")
    },
)
TEXTS = some.sampled_from(
    (
        "",
        "a",
        "b ",
        "      ",
        " " * 14,
        "xyz",
        "\u2500\u2502",
        "\u6f22\u5b57",
        "\U0001f600",
        "e\u0301",
        "\u0301",
    )
)
FEW_STYLES = some.lists(STYLES, min_size=1, max_size=3)
"""So few that neighbours are often of one style, and cells often as they were."""


def styled(text: str, style: Style) -> Segment:
    return Segment(text, style)


ABILITIES = some.builds(Abilities, some.booleans(), some.booleans(), some.booleans())


@some.composite
def grids(draw: some.DrawFn) -> tuple[int, list[list[Segment]], list[list[Segment]]]:
    """The columns, what was there before, and what is to be: with lines and parts in common."""
    columns = draw(some.integers(1, 24))
    segments = some.lists(
        some.builds(styled, TEXTS, some.sampled_from(draw(FEW_STYLES))), max_size=6
    )
    before = draw(some.lists(segments, min_size=1, max_size=4))
    after = [draw(some.one_of(some.just(line), segments)) for line in before]
    # part of a line stays as it was
    after = [
        [*line[: draw(some.integers(0, len(line)))], *new]
        for line, new in zip(before, after, strict=True)
    ]
    return columns, before, after


def rows_of(lines: list[list[Segment]], columns: int) -> list[Row]:
    return [row_of(line, columns, ColorSystem.TRUECOLOR) for line in lines]


def cut(lines: list[list[Segment]], columns: int) -> list[list[Segment]]:
    """As the compositor does: exactly so many columns, half a wide character as a blank."""
    return [list(Segment.adjust_line_length(line, columns, style=Style())) for line in lines]


def drawn(lines: list[list[Segment]], columns: int) -> Terminal:
    """A terminal on which all of it was drawn from scratch, as Textual does."""
    terminal = Terminal(columns, len(lines))
    for number, line in enumerate(lines, 1):
        terminal.feed(f"\x1b[{number};1H\x1b[m")
        for text, style, _ in line:
            terminal.feed(Style.render(style, text, color_system=ColorSystem.TRUECOLOR))
    return terminal


@given(grids(), ABILITIES)
@settings(deadline=None, max_examples=100)
def test_after_what_differs_was_sent_a_terminal_is_as_if_all_had_been_drawn(
    grid: tuple[int, list[list[Segment]], list[list[Segment]]], abilities: Abilities
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
    grid: tuple[int, list[list[Segment]], list[list[Segment]]],
) -> None:
    rows = rows_of(cut(grid[1], grid[0]), grid[0])
    pen = sent.Pen(sent.Abilities())
    sent.differences(rows, rows_of(cut(grid[1], grid[0]), grid[0]), pen)
    pen.rest()
    assert "".join(pen.sent) == ""
