"""A job document that is open: how it is looked at, what of it is folded, what is found in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from jobs_tui.domain.document_parts import DocumentParts
from jobs_tui.domain.job_document import JobDocument, read_job_document
from jobs_tui.domain.json_folds import JsonFolds
from jobs_tui.domain.known_documents import known_parts
from jobs_tui.domain.line_changes import same_lines
from jobs_tui.domain.masking import mask
from jobs_tui.domain.text_search import Found, places
from jobs_tui.ui.terminal.lines import Line, Piece
from jobs_tui.ui.views.document import Validity, document_lines, remarks, validity_of
from jobs_tui.ui.views.document_changes import document_changes
from jobs_tui.ui.views.document_parts import PartLine, parts_lines
from jobs_tui.ui.views.text_search import count_words, marked


class Way(StrEnum):
    """How a document is looked at, in the words of the screen."""

    STEPS = "steps"
    FILES = "files"
    TREE = "tree"
    RAW = "as received"
    CHANGES = "changes"


class OpenDocument:
    """One document; its lines are numbered from 0, folded or not, in each way of looking at it."""

    def __init__(self, text: str, *, masked: bool) -> None:
        """Make it ready to be read."""
        self.text = text
        """As received, its secrets in it."""
        self.validity: Validity = validity_of(text)
        self._document: JobDocument = read_job_document(text)
        self._parts: DocumentParts | None = known_parts(text)
        self._remarks = remarks(self._document)
        self._masked = masked
        self._before: tuple[str, ...] = ()
        self._way_before = Way.RAW
        self._folds: JsonFolds | None = None
        self._folded: set[int] = set()
        self.wanted = ""
        """What is searched for; empty while nothing is."""
        self._found: list[Found] = []
        self._now: int | None = None
        self._lines: list[Line] = []
        self._texts: tuple[str, ...] = ()
        self._parts_lines: list[PartLine] = []
        self._made: list[Line] | None = None
        self._shown: Sequence[int] = ()
        """The lines that are not folded away, in order."""
        self.way = self.ways[0]
        self._draw()

    def continue_from(self, earlier: "OpenDocument") -> None:
        """Look at it as at the one that was fetched before, as far as they are alike."""
        self.wanted = earlier.wanted
        if earlier.way in self.ways:
            self.look(earlier.way)
        if earlier._folded and len(self._texts) == len(earlier._texts):  # noqa: SLF001 - its kind
            self._folded = earlier._folded & set(self._tree.containers)  # noqa: SLF001 - its kind
            self._find_shown()

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways in which it can be looked at; the first is the one to begin with."""
        parts = () if self._parts is None else (Way(self._parts.kind),)
        tree = () if self._document.problem is not None else (Way.TREE,)
        return (*parts, *tree, Way.RAW)

    @property
    def only_way(self) -> str | None:
        """Why it can be looked at in one way only, or None."""
        return None if len(self.ways) > 1 else f"{self._document.problem}"

    @property
    def remarks(self) -> list[Line]:
        """What a reader has to know about it."""
        return self._remarks

    @property
    def masked_lines(self) -> tuple[str, ...]:
        """It, indented where it can be, its secrets masked."""
        return self._document.lines(masked=True, raw=False)

    def differs_from(self, before: tuple[str, ...]) -> bool:
        """Whether it is another one than it was, masked and indented."""
        return not same_lines(before, self.masked_lines)

    def look(self, way: Way) -> None:
        """Look at it in this way."""
        self.way = way
        self._draw()

    def compare(self, before: tuple[str, ...]) -> None:
        """Look at what changed since it was as `before`."""
        self._way_before, self._before = self.way, before
        self.look(Way.CHANGES)

    def leave_changes(self) -> bool:
        """Look at it again as before it was compared; whether it was compared."""
        compared = self.way is Way.CHANGES
        if compared:
            self.look(self._way_before)
        return compared

    def next_way(self) -> None:
        """Look at it in the next way, round the end."""
        ways = self.ways
        self.look(ways[(ways.index(self.way) + 1) % len(ways)] if self.way in ways else ways[0])

    def mask(self, *, on: bool) -> None:
        """Hide its secrets, or show them."""
        self._masked = on
        self._draw()

    @property
    def lines(self) -> list[Line]:
        """What is shown, found places marked; the same list while that is the same."""
        if self._made is None:
            self._made = self._make_lines()
        return self._made

    def _make_lines(self) -> list[Line]:
        if not self._found and isinstance(self._shown, range):
            return self._lines
        lines = list(self._lines)
        if self.way is Way.TREE:
            for opener in self._folded:
                lines[opener] = self._folded_line(opener)
        now = None if self._now is None else self._found[self._now]
        for index, found in groupby(self._found, attrgetter("line")):
            lines[index] = marked(lines[index], list(found), now)
        return lines if isinstance(self._shown, range) else [lines[each] for each in self._shown]

    def line_at(self, position: int) -> int:
        """The number of the line that is shown at a position."""
        return self._shown[min(position, len(self._shown) - 1)] if self._shown else 0

    def position_of(self, line: int) -> int:
        """Where a line is shown, or what it is folded into."""
        return max(0, bisect_right(self._shown, line) - 1)

    def value_at(self, line: int) -> tuple[str, str] | None:
        """Path and text of the value that a line tells, its secrets in it; None for no value."""
        if self.way is Way.TREE:
            folds = self._tree
            return mask(folds.path(line)), folds.value(line)
        if self._parts_lines and self.way not in (Way.RAW, Way.CHANGES):
            value = self._parts_lines[line].value
            return None if value is None else (mask(value.path), value.text)
        return None

    def fold(self, line: int, *, on: bool | None = None) -> int:
        """Fold what begins at a line, or unfold it, or the one or the other; where that begins.

        What is no container, or is folded already, is folded with what it stands in.
        """
        folds = self._tree
        opener = folds.opener_of(line)
        if opener not in folds.containers or (on is True and opener in self._folded):
            parent = folds.parent(opener)
            if on is not True or parent is None:
                return line
            opener = parent
        fold = opener not in self._folded if on is None else on
        (self._folded.add if fold else self._folded.discard)(opener)
        self._find_shown()
        return opener

    def fold_all(self, *, on: bool) -> None:
        """Fold all within the document, or unfold everything."""
        self._folded = self._tree.below_the_top if on else set()
        self._find_shown()

    def find(self, wanted: str, line: int) -> int:
        """Search for a text from a line on, or for none; the line of the first place."""
        self.wanted = wanted
        self._find()
        if not self._found:
            return line
        self._now = bisect_left(self._found, (line,)) % len(self._found)
        return self._reveal()

    def find_next(self, by: int, line: int) -> int:
        """Go on to the next place, or back to the one before, round the ends; its line."""
        if not self._found:
            return line
        here = None if self._now is None else self._found[self._now]
        if self._now is not None and here is not None and here.line == line:
            self._now = (self._now + by) % len(self._found)
        else:
            # the cursor has gone elsewhere since
            following = bisect_left(self._found, (line + (by > 0),))
            self._now = (following + (0 if by > 0 else -1)) % len(self._found)
        return self._reveal()

    @property
    def at_place(self) -> bool:
        """Whether a place that was found was gone to."""
        return self._now is not None

    @property
    def count(self) -> str:
        """How often it was found, and which place was gone to; empty while nothing is wanted."""
        return count_words(self._now, len(self._found)) if self.wanted else ""

    @property
    def _tree(self) -> JsonFolds:
        if self._folds is None:
            self._folds = JsonFolds(self._document.lines(masked=False, raw=False))
        return self._folds

    def _reveal(self) -> int:
        self._made = None
        line = self._found[self._now or 0].line
        if self.way is Way.TREE and self._folded:
            self._folded.difference_update(self._tree.openers_around(line))
            self._find_shown()
        return line

    def _folded_line(self, opener: int) -> Line:
        container = self._tree.containers[opener]
        closing = self._texts[container.end].lstrip(" ")
        name = "member" if closing.startswith("}") else "element"
        words = f" {container.members} {name}{'s' if container.members > 1 else ''} "
        return Line((*self._lines[opener].pieces, Piece(words, "strong"), Piece(closing)))

    def _find(self) -> None:
        self._made = self._now = None
        self._found = places(self._texts, self.wanted)

    def _find_shown(self) -> None:
        self._made = None
        if self.way is not Way.TREE or not self._folded:
            self._shown = range(len(self._lines))
            return
        shown, index = [], 0
        while index < len(self._lines):
            shown.append(index)
            index = self._tree.containers[index].end + 1 if index in self._folded else index + 1
        self._shown = shown

    def _draw(self) -> None:
        if self.way is Way.CHANGES:
            self._lines = document_changes(self._before, self.masked_lines)
            self._texts = _texts_of(self._lines)
        elif self.way in (Way.STEPS, Way.FILES) and self._parts is not None:
            self._parts_lines = parts_lines(self._parts, masked=self._masked)
            self._lines = [told.line for told in self._parts_lines]
            self._texts = _texts_of(self._lines)
        else:
            raw = self.way is Way.RAW
            self._texts = self._document.lines(masked=self._masked, raw=raw)
            self._lines = document_lines(self._texts)
        self._find_shown()
        self._find()


def _texts_of(lines: list[Line]) -> tuple[str, ...]:
    return tuple("".join(piece.text for piece in line.pieces) for line in lines)
