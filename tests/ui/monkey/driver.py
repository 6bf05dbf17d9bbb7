"""Between the app and a terminal in memory, where Textual's driver would be."""

from collections.abc import Callable

from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message

from monkey.terminal import Terminal


class TerminalDriver(Driver):
    """Gives what is written to the terminal, and what is typed to the app."""

    def __init__(
        self, terminal: Terminal, *args: object, synchronizes: bool, **options: object
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.terminal = terminal
        self._synchronizes = synchronizes
        self.written: list[str] = []
        self.on_write: Callable[[str], object] = self.written.append
        self._parser = XTermParser()

    def write(self, data: str) -> None:
        self.terminal.feed(data)
        self.on_write(data)

    def send_message(self, message: Message) -> None:
        # there is no other thread here
        self._app.post_message(message)

    def type(self, text: str) -> None:
        """Have the app read something, as the input thread does."""
        for event in self._parser.feed(text):
            self.process_message(event)
        if self._parser._timeout_time is not None:
            # an Escape, and nothing follows in time
            self._parser._timeout_time = 0.0
            for event in self._parser.tick():
                self.process_message(event)

    def tell_size(self) -> None:
        """Tell the app how large the terminal is."""
        size = Size(self.terminal.columns, self.terminal.lines)
        self.process_message(Resize(size, size))

    def start_application_mode(self) -> None:
        self.tell_size()
        self.write("\x1b[?1049h\x1b[?25l\x1b[?7l")
        if self._synchronizes:
            self.type("\x1b[?2026;2$y")

    def disable_input(self) -> None:
        pass

    def stop_application_mode(self) -> None:
        self.write("\x1b[?7h\x1b[?1049l\x1b[?25h")
