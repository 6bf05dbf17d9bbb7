"""How a cell is drawn, and the shortest way from one look of the pen to the next.

The terms are those of ECMA-48: what a cell looks like is its rendition, set by SELECT GRAPHIC
RENDITION (SGR). Only those parameters are used that every terminal of today knows.
"""

from functools import lru_cache
from typing import NamedTuple

from rich.color import ColorSystem
from rich.style import Style

ATTRIBUTES = {
    "bold": "1",
    "dim": "2",
    "italic": "3",
    "underline": "4",
    "blink": "5",
    "blink2": "6",
    "reverse": "7",
    "conceal": "8",
    "strike": "9",
    "underline2": "21",
    "frame": "51",
    "encircle": "52",
    "overline": "53",
}
"""The SGR parameter of each attribute that a style of Rich can have."""

TURNED_OFF_BY = {"1": "22", "2": "22", "4": "24", "7": "27"}
"""What takes an attribute back; those that are not here need a reset of everything."""

SEEN_ON_BLANKS = frozenset({"4", "5", "6", "7", "9", "21", "51", "52", "53"})
"""Attributes that make a difference on a cell without a character."""

OLDEST = ("1", "4", "5", "7")
"""Attributes that terminals without colours know."""

DEFAULT_COLORS = ("39", "49")


class Rendition(NamedTuple):
    """The SGR parameters of a cell; empty ones are the terminal's own."""

    attributes: tuple[str, ...] = ()
    foreground: str = ""
    background: str = ""

    @property
    def marks_blanks(self) -> bool:
        """Whether a blank in it shows more than its background."""
        return not SEEN_ON_BLANKS.isdisjoint(self.attributes)


PLAIN = Rendition()
"""What a terminal draws in after a reset."""


@lru_cache(maxsize=1024)
def rendition_of(style: Style | None, color_system: ColorSystem) -> Rendition:
    """What a style is on a terminal with so many colours."""
    if style is None:
        return PLAIN
    attributes = tuple(code for name, code in ATTRIBUTES.items() if getattr(style, name))
    colors = []
    for color, foreground in ((style.color, True), (style.bgcolor, False)):
        codes = color.downgrade(color_system).get_ansi_codes(foreground) if color else ()
        code = ";".join(codes)
        colors.append("" if code in DEFAULT_COLORS else code)
    return Rendition(attributes, *colors)


@lru_cache(maxsize=1024)
def on_blank(rendition: Rendition) -> Rendition:
    """What is left of a rendition on a cell that holds a blank."""
    return rendition if rendition.marks_blanks else Rendition((), "", rendition.background)


@lru_cache(maxsize=4096)
def turned(before: Rendition, after: Rendition, *, by_reset: bool = False) -> str:
    """The shortest sequence that makes the pen draw in another rendition.

    With `by_reset` nothing is taken back in another way.
    """
    if before == after:
        return ""
    anew = _sgr(("", *after.attributes, after.foreground, after.background))
    step = None if by_reset else _step(before, after)
    return anew if step is None or len(step) > len(anew) else step


def _step(before: Rendition, after: Rendition) -> str | None:
    """The parameters that differ; None if one of the attributes can only be reset."""
    gone = set(before.attributes) - set(after.attributes)
    if not gone <= TURNED_OFF_BY.keys():
        return None
    off = sorted({TURNED_OFF_BY[attribute] for attribute in gone})
    on = [
        attribute
        for attribute in after.attributes
        if attribute not in before.attributes or TURNED_OFF_BY.get(attribute) in off
    ]
    colors = []
    for old, new, default in zip(before[1:], after[1:], DEFAULT_COLORS, strict=True):
        if old != new:
            colors.append(new or default)
    return _sgr((*off, *on, *colors))


def _sgr(parameters: tuple[str, ...]) -> str:
    """An empty first parameter resets; other empty ones are left out."""
    first, *rest = parameters
    return f"\x1b[{';'.join([first, *filter(None, rest)])}m"
