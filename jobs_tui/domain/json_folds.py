"""Where an indented JSON text can be folded, and what stands in each of its lines.

All is read off the lines of `indented_json`: one that opens a container ends in its bracket, and
one that closes it begins with that.
"""

import json
import re
from typing import NamedTuple

from jobs_tui.domain.document_parts import scalar_text
from jobs_tui.domain.value_path import element_path, member_path

_NAMED = re.compile(r'\s*("(?:[^"\\]|\\.)*"): ')
_NO_PARENT = -1


class Folded(NamedTuple):
    """A container of several lines."""

    end: int
    """The line that closes it."""
    members: int


class JsonFolds:
    """The containers of an indented JSON text, by the lines that open them."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        """Find them; takes time in proportion to the text."""
        self._lines = lines
        self._parents: list[int] = []
        """For each line, the one that opened the container that it is in."""
        self.containers: dict[int, Folded] = {}
        open_lines: list[int] = []
        members: list[int] = []
        for index, text in enumerate(lines):
            if text.lstrip(" ")[:1] in ("}", "]"):
                opener = open_lines.pop()
                self.containers[opener] = Folded(index, members.pop())
                self._parents.append(opener)
                continue
            self._parents.append(open_lines[-1] if open_lines else _NO_PARENT)
            if members:
                members[-1] += 1
            if text[-1:] in ("{", "["):
                open_lines.append(index)
                members.append(0)

    @property
    def below_the_top(self) -> set[int]:
        """The lines that open something within the document."""
        return {opener for opener in self.containers if opener}

    def opener_of(self, index: int) -> int:
        """The line that opens what this line closes; itself for all others."""
        parent = self._parents[index]
        closes = parent != _NO_PARENT and self.containers[parent].end == index
        return parent if closes else index

    def parent(self, index: int) -> int | None:
        """The line that opens the container that this line is in, or closes."""
        parent = self._parents[index]
        return None if parent == _NO_PARENT else parent

    def openers_around(self, index: int) -> list[int]:
        """All lines that open what this line is in, innermost first."""
        found = []
        parent = self.parent(index)
        while parent is not None:
            found.append(parent)
            parent = self.parent(parent)
        return found

    def path(self, index: int) -> str:
        """Where the value of this line stands in the document; empty for the whole of it."""
        opener = self.opener_of(index)
        path = ""
        for line in [*reversed(self.openers_around(opener)), opener]:
            parent = self.parent(line)
            if parent is None:
                continue
            named = _NAMED.match(self._lines[line])
            if named is not None:
                path = member_path(path, json.loads(named.group(1)))
            else:
                path = element_path(path, self._position(parent, line))
        return path

    def value(self, index: int) -> str:
        """The value of this line as one would paste it: a string without quotes, all else JSON."""
        opener = self.opener_of(index)
        first = self._lines[opener]
        indent = len(first) - len(first.lstrip(" "))
        named = _NAMED.match(first)
        begin = indent if named is None else named.end()
        if opener in self.containers:
            inner = self._lines[opener + 1 : self.containers[opener].end + 1]
            text = "\n".join((first[begin:], *(line[indent:] for line in inner)))
            return text.removesuffix(",")
        written = first[begin:].removesuffix(",")
        return scalar_text(json.loads(written)) if written.startswith('"') else written

    def _position(self, opener: int, wanted: int) -> int:
        position, line = 0, opener + 1
        while line < wanted:
            line = self.containers[line].end + 1 if line in self.containers else line + 1
            position += 1
        return position
