"""Input that cannot end the program by accident.

Textual's own reader gives up at the first byte that is not UTF-8, and spins for ever once the
terminal is gone. A pasted binary file, or noise on a serial line, is bytes like that.
"""

import os
import selectors
from codecs import getincrementaldecoder
from contextlib import suppress

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

POLL_SECONDS = 0.1
"""How often the reader looks whether the program has ended, and whether an Escape stands alone."""

HUNG_UP = 129
"""The exit status when the terminal is gone: 128 and the number of SIGHUP."""


class SturdyDriver(LinuxDriver):
    """Reads what is not UTF-8 as replacement characters; ends the program when input ends."""

    def report_mouse(self, *, on: bool) -> None:
        """Let the terminal report the mouse from now on, or keep it to itself."""
        if on != self._mouse:
            # either of them does nothing where the mouse is off
            self._mouse = True
            change = self._enable_mouse_support if on else self._disable_mouse_support
            change()
            self._mouse = on

    def run_input_thread(self) -> None:
        """Read until the program ends, or the terminal does."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(POLL_SECONDS):
                    data = b""
                    with suppress(OSError):
                        data = os.read(self.fileno, 4096)
                    if not data:
                        self._app.call_later(self._app.exit, HUNG_UP)
                        return
                    for event in parser.feed(decode(data)):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
