"""Screens without what Textual lays over each of them: boxes for notifications and tooltips.

Notices have a line of their own here. The two boxes would be made, styled and laid out before the
first frame, and show nothing.
"""

from jobs_tui.ui.terminal.parts import AppPart


class BareScreens(AppPart):
    """Part of an app whose screens hold nothing but what they compose."""

    def __init__(self) -> None:
        super().__init__()
        # as run_test does it; a Textual without these two has the boxes, which do no harm
        self._disable_notifications = True
        self._disable_tooltips = True
