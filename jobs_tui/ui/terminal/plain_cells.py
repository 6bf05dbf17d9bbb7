"""A row of cells for a terminal that lacks signs or colours: others that say the same."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from jobs_tui.ui.terminal.cells import Cell, Row
from jobs_tui.ui.terminal.renditions import OLDEST, Rendition

UNKNOWN = "?"

CONSOLE = {
    "\u2026": ".",
    "\u2013": "-",
    "\u2022": "*",
    "\u25cf": "*",
    "\u25b6": ">",
    "\u25b8": "+",
    "\u25be": "v",
    "\u256d": "\u250c",
    "\u256e": "\u2510",
    "\u256f": "\u2518",
    "\u2570": "\u2514",
    "\u258f": "\u2502",
    "\u2595": "\u2502",
    "\u258e": "\u2502",
    "\u258a": "\u2502",
    "\u2590": "\u2588",
}
"""Signs of our own that the font of a Linux console may lack, and such as it has."""

ASCII = {
    **{sign: plain for sign, plain in CONSOLE.items() if plain.isascii()},
    "\u00b7": "-",
    "\u2192": ">",
    "\u2190": "<",
    "\u2588": "#",
    "\u2591": ".",
    "\u2592": ":",
    "\u2593": "#",
    "\u00a0": " ",
} | dict.fromkeys("\u2502\u258f\u2595\u258e\u258a\u2503\u2551\u2590\u258c", "|")
"""Signs of our own without ASCII's equal, and what stands for them; see `_ascii` for the rest."""

BAR_HEIGHTS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"
"""Parts of a bar, the most urgent highest: in ASCII digits, from 1."""


def plain_row(signs: str, *, colors: bool, dims: bool = False) -> Callable[[Row], Row] | None:
    """What makes a row fit for a terminal; None for one that has all there is.

    Args:
        signs: `all`, those of a `console` font, or `ascii`.
        colors: whether there are any.
        dims: whether it knows what is dim, where there are none.
    """
    if signs == "all" and colors:
        return None
    ways: Mapping[str, Callable[[str], str]]
    ways = {"all": str, "console": _of_console, "ascii": _ascii}
    sign = ways[signs]
    known = (*OLDEST, "2") if dims else OLDEST

    def cell(drawn: Cell) -> Cell:
        text, rendition = drawn
        if not colors:
            rendition = _without_colors(rendition, known)
        if text.isascii():
            # the second half of a wide character stays without one only beside the first
            return text or ("" if signs != "ascii" else " "), rendition
        return sign(text), rendition

    return lambda row: [cell(drawn) for drawn in row]


@lru_cache(maxsize=1024)
def _without_colors(rendition: Rendition, known: tuple[str, ...]) -> Rendition:
    return Rendition(tuple(code for code in rendition.attributes if code in known))


def _of_console(text: str) -> str:
    return CONSOLE.get(text, text)


def _ascii(text: str) -> str:
    known: Mapping[str, str] = ASCII
    if text in known:
        return known[text]
    if text in BAR_HEIGHTS:
        return str(BAR_HEIGHTS.index(text) + 1)
    if "\u2500" <= text <= "\u257f":
        # lines of boxes: those that are neither level nor upright meet
        return "-" if text in "\u2500\u2501\u2550\u2574\u2576" else "+"
    if "\u2400" <= text <= "\u2421":
        # the pictures of control characters
        return "^"
    return UNKNOWN
