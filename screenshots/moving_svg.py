"""Several pictures of a terminal as one that moves: an SVG that needs no script and no font.

What Textual exports is taken apart into rows; a row that several frames show is there once. A
viewer that plays no animation, and one whose user wants none, show the first frame.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree import ElementTree
from xml.sax.saxutils import escape

EXPORTED_WIDTH, ROW_HEIGHT = 12.2, 24.4
"""Of a cell in Textual's export."""
CELL_WIDTH = 12.04
"""Of a letter of the fonts below, for viewers that do not stretch it to what is asked for."""
TEXT_AT = 18.5
"""From the top of a row to the line on which its letters stand."""
LEFT, TOP, CAPTION = 12, 40, 56
"""The room beside and above the rows, and below them for the caption."""
GROUND, BAR, DIM, BRIGHT, KEY = "#121212", "#292929", "#9aa0a6", "#e0e0e0", "#ffc473"
FONTS = "'Fira Code',ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"

_SVG = "{http://www.w3.org/2000/svg}"
_LOOK = re.compile(r"-(?P<name>r\d+) \{ (?P<style>[^}]*?);? \}")
_BLANK = " \u00a0\n"


class Run(NamedTuple):
    """Some letters of a row in one look."""

    cell: int
    text: str
    style: str


class Ground(NamedTuple):
    """What some cells of a row lie on."""

    cell: int
    width: int
    color: str


class Row(NamedTuple):
    """One row of the terminal."""

    grounds: tuple[Ground, ...]
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """What it says."""
        told = ""
        for run in self.runs:
            told = told.ljust(run.cell) + run.text
        return told.replace("\u00a0", " ")


class Frame(NamedTuple):
    """What is on the screen for a while, and the keys that brought it there."""

    rows: tuple[Row, ...]
    keys: tuple[str, ...]
    caption: str
    seconds: float


def rows_of(exported: str) -> tuple[Row, ...]:
    """The rows of what Textual has exported."""
    root = ElementTree.fromstring(exported)  # noqa: S314 - our own
    styles = {found["name"]: found["style"] for found in _LOOK.finditer(exported)}
    grounds: dict[int, list[Ground]] = {}
    runs: dict[int, list[Run]] = {}
    for rect in root.iter(f"{_SVG}rect"):
        if rect.get("shape-rendering"):
            cell, width = (
                round(float(rect.get(each, 0)) / EXPORTED_WIDTH) for each in ("x", "width")
            )
            row = round((float(rect.get("y", 0)) - 1.5) / ROW_HEIGHT)
            grounds.setdefault(row, []).append(Ground(cell, width, rect.get("fill", "")))
    for text in root.iter(f"{_SVG}text"):
        name = text.get("class", "").rpartition("-")[2]
        if name in styles and (text.text or "").strip(_BLANK):
            cell = round(float(text.get("x", 0)) / EXPORTED_WIDTH)
            row = round((float(text.get("y", 0)) - 20) / ROW_HEIGHT)
            runs.setdefault(row, []).append(_without_blanks(cell, text.text or "", styles[name]))
    last = max([*grounds, *runs])
    return tuple(
        Row(tuple(_joined(grounds.get(row, ()))), tuple(runs.get(row, ())))
        for row in range(last + 1)
    )


def moving_picture(frames: Sequence[Frame], columns: int) -> str:
    """The frames, one after the other, again and again."""
    drawn = _Drawn(columns, max(len(frame.rows) for frame in frames))
    shown = [drawn.frame(frame) for frame in frames]
    total = sum(frame.seconds for frame in frames)
    rules, begin = [], 0.0
    for number, frame in enumerate(frames):
        until = begin + frame.seconds
        rules.append(_rule(number, 100 * begin / total, 100 * until / total, total))
        begin = until
    groups = "\n".join(f'<g class="f f{number}">{each}</g>' for number, each in enumerate(shown))
    animated = "\n".join(rules)
    moves = f"@media (prefers-reduced-motion:no-preference){{\n{animated}\n}}"
    return drawn.document(f".f{{visibility:hidden}}.f0{{visibility:visible}}\n{moves}", groups)


def still_picture(frame: Frame, columns: int) -> str:
    """One frame of it."""
    drawn = _Drawn(columns, len(frame.rows))
    return drawn.document("", drawn.frame(frame))


class _Drawn:
    """What frames have in common: rows and looks, each once."""

    def __init__(self, columns: int, height: int) -> None:
        self._width = round(columns * CELL_WIDTH + 2 * LEFT)
        self._inner = round(height * ROW_HEIGHT)
        self._rows: dict[Row, int] = {}
        self._styles: dict[str, int] = {}

    def frame(self, frame: Frame) -> str:
        """The rows of a frame and what stands below them."""
        uses = "".join(
            f'<use href="#r{self._rows.setdefault(row, len(self._rows))}" '
            f'y="{number * ROW_HEIGHT:.4g}"/>'
            for number, row in enumerate(frame.rows)
            if row.runs or any(ground.color != GROUND for ground in row.grounds)
        )
        return uses + "".join(_caption(frame, self._inner))

    def document(self, style: str, body: str) -> str:
        """The whole file."""
        rows = "\n".join(
            f'<g id="r{number}">{"".join([*self._grounds(row), *self._runs(row)])}</g>'
            for row, number in self._rows.items()
        )
        looks = "".join(f".c{number}{{{look}}}" for look, number in self._styles.items())
        height = self._inner + TOP + CAPTION
        lights = "".join(
            f'<circle cx="{24 + 20 * number}" cy="20" r="6" fill="{color}"/>'
            for number, color in enumerate(("#ff5f57", "#febc2e", "#28c840"))
        )
        inner = f'width="{self._width - 2 * LEFT}" height="{self._inner}"'
        return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self._width} {height}">
<title>jobs-tui: a job document, a status, a conflict, the next job, and a thousand things</title>
<style>
g[id] rect{{shape-rendering:crispEdges}}
text{{font-family:{FONTS};font-size:20px;white-space:pre}}
.k{{fill:{KEY};font-weight:bold}}.w{{fill:{BRIGHT}}}
{looks}
{style}
</style>
<defs>
{rows}
</defs>
<rect width="{self._width}" height="{height}" rx="8" fill="{BAR}"/>
{lights}
<text x="{self._width // 2}" y="26" text-anchor="middle" fill="{DIM}">jobs-tui</text>
<g transform="translate({LEFT},{TOP})">
<rect {inner} fill="{GROUND}"/>
{body}
</g>
</svg>
"""

    def _grounds(self, row: Row) -> Iterator[str]:
        for ground in row.grounds:
            if ground.color != GROUND:
                yield (
                    f'<rect x="{ground.cell * CELL_WIDTH:.5g}" height="24.7" '
                    f'width="{ground.width * CELL_WIDTH:.5g}" fill="{ground.color}"/>'
                )

    def _runs(self, row: Row) -> Iterator[str]:
        for run in row.runs:
            look = self._styles.setdefault(run.style.replace(" ", ""), len(self._styles))
            yield (
                f'<text class="c{look}" x="{run.cell * CELL_WIDTH:.5g}" y="{TEXT_AT}" '
                f'textLength="{len(run.text) * CELL_WIDTH:.5g}">{escape(run.text)}</text>'
            )


def _caption(frame: Frame, top: float) -> Iterator[str]:
    """The keys as they look on a keyboard, and what they do."""
    x = 4.0
    for key in frame.keys:
        width = len(key) * CELL_WIDTH + 18
        yield (
            f'<rect x="{x:.5g}" y="{top + 13}" width="{width:.5g}" height="30" rx="5" '
            f'fill="{GROUND}" stroke="{DIM}"/>'
            f'<text class="k" x="{x + 9:.5g}" y="{top + 35}" '
            f'textLength="{len(key) * CELL_WIDTH:.5g}">{escape(key)}</text>'
        )
        x += width + 8
    yield f'<text class="w" x="{x + 6:.5g}" y="{top + 35}">{escape(frame.caption)}</text>'


def _rule(number: int, begin: float, end: float, total: float) -> str:
    """When a frame is to be seen, in hundredths of the whole."""
    at = {"0%": "hidden", f"{begin:.3f}%": "visible", f"{end:.3f}%": "hidden"}
    if begin == 0:
        at = {"0%": "visible", f"{end:.3f}%": "hidden"}
    steps = "".join(f"{moment}{{visibility:{seen}}}" for moment, seen in at.items())
    return (
        f"@keyframes k{number}{{{steps}}}"
        f".f{number}{{animation:k{number} {total:g}s step-end infinite}}"
    )


def _without_blanks(cell: int, text: str, style: str) -> Run:
    begins = len(text) - len(text.lstrip(_BLANK))
    return Run(cell + begins, text.strip(_BLANK), style)


def _joined(grounds: Sequence[Ground]) -> Iterator[Ground]:
    """With neighbours of one colour as one."""
    before: Ground | None = None
    for ground in sorted(grounds):
        if before is not None and before.color == ground.color:
            before = before._replace(width=ground.cell + ground.width - before.cell)
            continue
        if before is not None:
            yield before
        before = ground
    if before is not None:
        yield before
