"""The steps, or the files, of a job document as a list to read."""

from collections.abc import Iterator
from typing import NamedTuple

from jobs_tui.domain.document_parts import DocumentParts, PartValue
from jobs_tui.domain.masking import mask
from jobs_tui.domain.presigned_url import presigned_urls
from jobs_tui.ui.commands.command import key_of
from jobs_tui.ui.terminal.lines import Line, Piece, line, padded

NAME_WIDTH = 24
PATHS_NAMED = 3
"""How many of the members that are in no part are told by name."""


class PartLine(NamedTuple):
    """A line of the list."""

    line: Line
    value: PartValue | None = None
    """What it tells; None for what is no value."""


def parts_lines(parts: DocumentParts, *, masked: bool) -> list[PartLine]:
    """What holds for all parts, then each part, then what of the document is in none."""
    return [*_about(parts, masked=masked), *_each(parts, masked=masked), *_left_out(parts)]


def _about(parts: DocumentParts, *, masked: bool) -> Iterator[PartLine]:
    for value in parts.values:
        yield _value("", value, masked=masked)
    if parts.values:
        yield PartLine(Line())


def _each(parts: DocumentParts, *, masked: bool) -> Iterator[PartLine]:
    for part in parts.parts:
        title = "without a name"
        if part.title is not None:
            title = part.title.masked if masked else part.title.text
        told = line(Piece(f"{part.label}  ", "dim"), Piece(title, "strong"))
        yield PartLine(told, part.title)
        for value in part.values:
            yield _value("  ", value, masked=masked)


def _value(indent: str, value: PartValue, *, masked: bool) -> PartLine:
    name = mask(value.name) if masked else value.name
    if "://" in value.text and presigned_urls(value.text):
        name += ", presigned"
    room = NAME_WIDTH - len(indent)
    text = value.masked if masked else value.text
    head = Piece(f"{padded(name, room)} " if len(name) <= room else f"{name}  ", "dim")
    return PartLine(line(indent, head, Piece(text)), value)


def _left_out(parts: DocumentParts) -> Iterator[PartLine]:
    count = len(parts.left_out)
    if not count:
        return
    named = ", ".join(mask(path) for path in parts.left_out[:PATHS_NAMED])
    more = f" and {count - PATHS_NAMED} more" if count > PATHS_NAMED else ""
    members = "1 member is" if count == 1 else f"{count} members are"
    yield PartLine(Line())
    whole = f"{key_of('next-way', 't')} shows the whole document"
    words = f"{members} not told here ({named}{more}); {whole}"
    yield PartLine(line(Piece(words, "warning")))
