"""The terminal while another program has it, which shares it out as a shell does.

The program gets a process group of its own, so that ctrl+c and ctrl+z in it are for it alone, and
so that all it has started can be ended with it.
"""

import os
import signal
import termios
from contextlib import suppress
from typing import Any

from jobs_tui.ui.terminal.sturdy_driver import SturdyDriver, from_background


class LentTerminal:
    """Takes the terminal from the app, gives it to a process group, and takes it back."""

    def __init__(self, driver: SturdyDriver) -> None:
        """Give back the terminal as it was before the app had it."""
        self._driver = driver
        self._group = 0
        self._modes: Any = None
        driver.suspend_application_mode()
        with suppress(termios.error):
            self._modes = termios.tcgetattr(driver.fileno)

    def give_to(self, group: int) -> None:
        """Let this process group have it from now on, and again when the app is continued."""
        self._group = group
        self._driver.lent_to = self.go_on
        self.go_on()

    def go_on(self) -> None:
        """Let the group have it and go on, once the shell lets us have it."""
        with suppress(OSError), from_background():
            while (front := os.tcgetpgrp(self._driver.fileno)) != self._group:
                if front == os.getpgrp():
                    os.tcsetpgrp(self._driver.fileno, self._group)
                else:
                    os.kill(os.getpid(), signal.SIGSTOP)
        with suppress(OSError):
            os.killpg(self._group, signal.SIGCONT)

    def stop_all(self) -> None:
        """Stop as the group was stopped, so that the shell has its turn; go on with it afterwards.

        Where no shell would ever continue us, the system leaves us running.
        """
        self._to_ourselves()
        before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        try:
            os.kill(0, signal.SIGTSTP)
        finally:
            signal.signal(signal.SIGTSTP, before)
        self.go_on()

    def take_back(self, *, tidy: bool) -> None:
        """Have it again, as it was when it was lent, without what was typed for the other.

        `tidy` leaves every mode that a program may have entered that did not end well.
        """
        self._driver.lent_to = None
        self._to_ourselves()
        with suppress(termios.error), from_background():
            if self._modes is not None:
                termios.tcsetattr(self._driver.fileno, termios.TCSANOW, self._modes)
            termios.tcflush(self._driver.fileno, termios.TCIFLUSH)
        if tidy:
            self._driver.leave_all_modes()

    def end(self) -> None:
        """Let the app have it again."""
        self._driver.resume_application_mode()

    def _to_ourselves(self) -> None:
        with suppress(OSError), from_background():
            if os.tcgetpgrp(self._driver.fileno) == self._group:
                os.tcsetpgrp(self._driver.fileno, os.getpgrp())
