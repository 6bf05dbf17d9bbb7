"""How the program ends when it fails: one line, and the traceback without values in the log.

Textual would print every local variable, credentials and job documents among them.
"""

import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from rich.text import Text

from jobs_tui.ui.terminal.parts import AppPart

LOGGER = logging.getLogger("jobs_tui")


class QuietCrash(AppPart):
    """Part of an app that tells a failure in one line."""

    @contextmanager
    def failures_told(self) -> Iterator[None]:
        """Tell of a failure while the program ends, where Textual would let it through."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - whatever it is, it ends the program
            self._handle_exception(error)

    def _fatal_error(self) -> None:
        error = sys.exception() or self._exception
        LOGGER.critical("the program failed\n%s", "".join(traceback.format_exception(error)))
        name = type(error).__name__
        self._exit_renderables.append(
            Text(f"jobs-tui: it failed ({name}); --log-file FILE keeps the details")
        )
        self._close_messages_no_wait()
