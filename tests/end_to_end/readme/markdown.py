"""Tables of Markdown, as GitHub reads them."""

from collections.abc import Iterable, Sequence

NOTHING = "\u2013"
"""What stands in a cell where there is nothing to say."""


def plain(text: str) -> str:
    """Text as it is, in a cell: neither a table nor a tag is made of it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|").replace("*", "\\*")


def code(text: str) -> str:
    """Text to be typed, in a cell; GitHub takes the backslash before a bar away there, too."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}".replace("|", "\\|")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The lines of a table; an empty cell is one with nothing in it."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines).replace("  |", " |")
