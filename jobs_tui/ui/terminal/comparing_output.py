"""Sends what changed on the screen, and nothing else.

Textual sends each region that was painted again, also where every cell of it is as it was, and it
does so several times for one key. Here a whole frame is taken some milliseconds after the first of
such repaints, or when the link has taken the frame before it, and compared with what was sent last.

This touches private parts of Textual: `App._display`, which each repaint ends in, the compositor of
a screen, and what lies behind a dialog. Where they are not as expected, Textual's own output is
used as it is, and the log says so.
"""

import asyncio
import logging
import os
from typing import TYPE_CHECKING, NamedTuple, cast

from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, RenderableType
from rich.segment import Segment
from textual import events
from textual.geometry import Offset, Size
from textual.screen import Screen

from jobs_tui.ui.terminal import textual_parts
from jobs_tui.ui.terminal.abilities import abilities, has_colors, signs
from jobs_tui.ui.terminal.cells import Row, row_of
from jobs_tui.ui.terminal.differences import Pen, differences
from jobs_tui.ui.terminal.parts import AppPart
from jobs_tui.ui.terminal.patient_writer import PatientOutput
from jobs_tui.ui.terminal.start_checks import is_too_small, no_room_lines
from jobs_tui.ui.terminal.sturdy_driver import SturdyDriver

if TYPE_CHECKING:
    from textual._compositor import LayoutUpdate

LOGGER = logging.getLogger("jobs_tui")

FRAME_SECONDS = 0.016
"""From the first repaint until a frame is taken: those that follow from the same key are in it."""

SLOW_SECONDS = 1.0
"""A link that takes longer for what a frame weighs is slow."""

SLOW_FRAMES = 2
"""So many frames on a slow link are no accident."""

REPAINT_KEY = "ctrl+l"

KEYS_IN_NO_ROOM = (REPAINT_KEY, "ctrl+q")
"""What can be done where the screen has no room: see it, and leave it."""

SYNCHRONIZED = "\x1b[?2026h{}\x1b[?2026l"
"""Around a frame where the terminal then shows it at once."""


class _Sent(NamedTuple):
    """What the terminal shows."""

    start: int
    """Which time it was taken by the program; it forgets in between."""
    size: Size
    lines: list[list[Segment]]
    rows: list[Row]
    cursor: Offset | None
    """Where an input method of the terminal shows what is being typed; None where nothing is."""


class ComparingOutput(AppPart):
    """Part of an app that compares each frame with the one before it, cell by cell."""

    def __init__(self) -> None:
        super().__init__()
        self._compares = textual_parts.are_as_expected()
        if not self._compares:
            LOGGER.warning("this Textual is not the one expected: its own output is used")
            from jobs_tui.ui.terminal.safe_segments import (  # noqa: PLC0415 - where none of ours
                SafeSegments,
            )

            self._filters.append(SafeSegments())
        self._abilities = abilities(os.environ)
        self._plain_row = None
        lacking = signs(os.environ), has_colors(os.environ)
        if lacking != ("all", True):
            from jobs_tui.ui.terminal.plain_cells import plain_row  # noqa: PLC0415 - few need it

            dims = self._abilities.takes_back
            self._plain_row = plain_row(lacking[0], colors=lacking[1], dims=dims)
        self._no_room: Size | None = None
        """The size of a terminal that has become too small for a screen."""
        self._sent: _Sent | None = None
        self._told_no_room: list[str] = []
        self._terminal_size: Size | None = None
        self._frame_timer: asyncio.TimerHandle | None = None
        self._frame_waits = False
        """Whether a frame is to be taken once the link has taken the last one."""
        self._missed = False
        """Whether a frame was due while Textual had nothing shown; it draws no second time then."""
        self._settled = asyncio.Event()
        self._settled.set()
        self._drained = asyncio.Event()
        self._slow_frames = 0
        self._pointer_shape = "default"

    def forget_sent(self) -> None:
        """Send all cells with the next frame: what the terminal shows is not known."""
        self._sent = None
        self._told_no_room = []

    def action_repaint(self) -> None:
        """Send the whole screen again, such as after others have written on it."""
        self.forget_sent()
        self.screen.refresh(repaint=True, layout=True)

    async def output_settled(self) -> None:
        """Return when no frame is due and the terminal has taken all that was written."""
        await self._settled.wait()
        driver = self._driver
        while isinstance(driver, PatientOutput) and not driver.idle:
            driver.on_drained = self.output_drained
            self._drained.clear()
            await self._drained.wait()

    def output_drained(self) -> None:
        """Take the frame that had to wait; the driver calls this when all is written."""
        self._drained.set()
        # the thread that has written knows of no app, and some widgets ask which one they are in
        with self._context():
            self._go_on()

    def alert(self, sequence: str) -> None:
        """Call somebody by the terminal, between two frames."""
        if isinstance(self._driver, SturdyDriver):
            self._driver.alert(sequence)

    def offer_low_bandwidth(self) -> None:
        """Do something about a slow link, once; nothing unless an app can."""

    async def on_event(self, event: events.Event) -> None:
        """Forget what was sent where a terminal of another size shows it in its own way.

        The key that repaints is taken before a screen sees it: dialogs hide the keys of the app.
        """
        if isinstance(event, events.Key) and event.key == REPAINT_KEY and not event.is_forwarded:
            self.action_repaint()
            return
        if self._no_room is not None and self._is_for_screen(event):
            return
        if isinstance(event, events.Resize):
            if self._has_no_room(event.size):
                return
            if self._terminal_size is not None:
                self.forget_sent()
            if self._terminal_size == event.size:
                # it was another one meanwhile, and Textual sees no reason to draw anything
                self.frame_is_due()
            self._terminal_size = event.size
        await super().on_event(event)

    def _is_for_screen(self, event: events.Event) -> bool:
        """Whether it is a key, a paste or a click that is meant for what cannot be seen."""
        if isinstance(event, events.Key):
            return event.key not in KEYS_IN_NO_ROOM
        return isinstance(event, events.Paste | events.MouseEvent)

    def _has_no_room(self, size: Size) -> bool:
        """Whether the terminal is too small; the screen then stays as it was, for later."""
        had_room = self._no_room is None
        self._no_room = size if self.takes_frames and is_too_small(*size) else None
        if self._no_room is not None:
            self.forget_sent()
            self.frame_is_due()
            return True
        if not had_room:
            self.forget_sent()
            # what came in meanwhile was not to be seen: a dialog takes no Enter for it yet
            self.screen.post_message(events.ScreenResume())
        return False

    @property
    def has_room(self) -> bool:
        """Whether the terminal is large enough for a screen."""
        return self._no_room is None

    @property
    def takes_frames(self) -> bool:
        """Whether what is drawn is sent as frames that are compared."""
        return self._compares and not self.is_headless and not self.is_inline

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if not self.takes_frames:
            super()._display(screen, renderable)
        elif renderable is not None:
            self.frame_is_due()

    def frame_is_due(self) -> None:
        """Take a frame soon: something was drawn anew."""
        if self._frame_timer is not None or self._frame_waits:
            return
        if self._sent is None and self._no_room is None and not self._is_laid_out:
            # a blank frame would only hold up the first one
            return
        self._settled.clear()
        if self._sent is None:
            self._send_frame()
            return
        loop = asyncio.get_running_loop()
        self._frame_timer = loop.call_later(FRAME_SECONDS, self._send_frame)

    @property
    def _is_laid_out(self) -> bool:
        """Whether what is on the screen has got its place."""
        stack = self._screen_stack
        return bool(stack) and bool(stack[-1]._compositor.size)  # noqa: SLF001 - see above

    def _set_pointer_shape(self, shape: str) -> None:
        """Tell the terminal only of another shape; Textual does at each screen."""
        if shape != self._pointer_shape:
            self._pointer_shape = shape
            super()._set_pointer_shape(shape)

    def _end_batch(self) -> None:
        super()._end_batch()
        if self._missed and self._sent is not None and not self._batch_count:
            self.frame_is_due()

    def _go_on(self) -> None:
        if isinstance(self._driver, PatientOutput) and self._driver.took_seconds > SLOW_SECONDS:
            self._slow_frames += 1
            if self._slow_frames == SLOW_FRAMES:
                self.offer_low_bandwidth()
        if self._frame_waits:
            self._send_frame()
        elif self._frame_timer is None:
            self._settled.set()

    def _send_frame(self) -> None:
        self._frame_timer, self._frame_waits = None, False
        driver = self._driver
        if driver is None or not self._running or self._closed or not self._screen_stack:
            self._settled.set()
            return
        ours = driver if isinstance(driver, PatientOutput) else None
        if ours is not None:
            ours.on_drained = self.output_drained
            if not ours.idle:
                self._frame_waits = True
                return
        try:
            self._missed = bool(self._batch_count)
            sequence = "" if self._missed else self._frame(ours.starts if ours else 0)
        except Exception as error:  # noqa: BLE001 - as Textual does: it ends the program
            self._handle_exception(error)
            return
        if sequence:
            driver.write(SYNCHRONIZED.format(sequence) if self._sync_available else sequence)
        if not sequence or ours is None:
            self._settled.set()
        self.post_display_hook()

    def _frame(self, start: int) -> str:
        """What makes the terminal show what the screen is now."""
        if self._no_room is not None:
            return self._tell_no_room(self._no_room)
        compositor = self.screen._compositor  # noqa: SLF001 - see above
        frame = compositor.render_update(full=True, screen_stack=self._background_screens)
        update = cast("LayoutUpdate", frame)
        sent, size = self._sent, update.region.size
        if sent is not None and (sent.start, sent.size) != (start, size):
            sent = None
        lines, rows = [], []
        color_system = COLOR_SYSTEMS.get(self.console.color_system or "", ColorSystem.TRUECOLOR)
        for number, strips in enumerate(update.strips):
            line = [segment for strip in strips if strip for segment in strip]
            same = sent is not None and sent.lines[number] == line
            lines.append(sent.lines[number] if sent and same else line)
            rows.append(sent.rows[number] if sent and same else self._row(line, size, color_system))
        pen = Pen(self._abilities)
        differences(sent.rows if sent else None, rows, pen)
        pen.rest()
        cursor = None
        if hasattr(self.focused, "cursor_screen_offset"):
            cursor = self.screen.outer_size.clamp_offset(self.cursor_position)
            if any(pen.sent) or sent is None or cursor != sent.cursor:
                pen.move(cursor.y, cursor.x)
        self._sent = _Sent(start, size, lines, rows, cursor)
        return "".join(pen.sent)

    def _row(self, line: list[Segment], size: Size, color_system: ColorSystem) -> Row:
        row = row_of(line, size.width, color_system)
        return row if self._plain_row is None else self._plain_row(row)

    def _tell_no_room(self, size: Size) -> str:
        """One sentence instead of the screen, as much of it as there is room for."""
        self._sent = None
        lines = no_room_lines(*size, self.no_room_note)
        if lines == self._told_no_room:
            return ""
        self._told_no_room = lines
        return "\x1b[m\x1b[2J\x1b[H" + "\r\n".join(lines)

    @property
    def no_room_note(self) -> str:
        """What can be done while the terminal is too small for a screen."""
        return "ctrl+q leaves"
