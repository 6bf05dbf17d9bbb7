"""How well a colour can be read on another, by the WCAG: 1 is not at all, 21 black on white."""

from collections.abc import Callable, Sequence
from typing import Final

from textual.color import Color

from jobs_tui.ui.terminal.theme_names import HIGH_CONTRAST, HIGH_CONTRAST_LIGHT

AA_LARGE: Final = 3.0
"""What the WCAG asks of large text, and of signs."""

AAA: Final = 7.0
"""What they ask at their highest level of text of any size."""

STEPS: Final = 20

_BLACK, _WHITE = Color(0, 0, 0), Color(255, 255, 255)


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two opaque colours."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def worst(color: Color, backgrounds: Sequence[Color]) -> float:
    """The contrast of a colour on that background on which it is read least."""
    return min(contrast(color, each) for each in backgrounds)


def readable(color: Color, backgrounds: Sequence[Color], at_least: float) -> Color:
    """The colour, or what is like it and is read on all of these backgrounds.

    It is made lighter or darker as far as it has to be: to white or black if nothing less will do.
    """
    end = max((_BLACK, _WHITE), key=lambda each: worst(each, backgrounds))
    steps = (color.blend(end, step / STEPS) for step in range(STEPS))
    return next((each for each in steps if worst(each, backgrounds) >= at_least), end)


def readable_on(backgrounds: Sequence[Color], theme: str) -> Callable[[Color], Color]:
    """What makes colours readable on all of these, as well as a theme of that name promises."""
    at_least = AAA if theme in (HIGH_CONTRAST, HIGH_CONTRAST_LIGHT) else AA_LARGE
    return lambda color: readable(color, backgrounds, at_least)


def _luminance(color: Color) -> float:
    red, green, blue = (_linear(each / 255) for each in color.rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
