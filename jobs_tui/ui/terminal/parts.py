"""From what parts of an app or of a widget are made: when they run, from nothing.

Textual looks through each class of its own kinds when that is made, which takes a third of a
millisecond. A part that is only ever mixed into one of them can do without.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen
    from textual.widget import Widget

    AppPart = App[int]
    ScreenPart = Screen[Any]
    WidgetPart = Widget
else:
    AppPart = ScreenPart = WidgetPart = object
