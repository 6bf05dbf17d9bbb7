"""How the program ends when it fails: one line, and the traceback without values in the log.

Textual would print every local variable, credentials and job documents among them.
"""

import logging
import sys
import threading
import traceback
from contextlib import suppress

from rich.text import Text

from jobs_tui.ui.terminal.parts import AppPart
from jobs_tui.ui.terminal.patient_writer import PatientOutput

LOGGER = logging.getLogger("jobs_tui")

FAILED = 1


class QuietCrash(AppPart):
    """Part of an app that tells a failure in one line."""

    def run_quietly(self, *, mouse: bool) -> int:
        """Run until the end, however that comes; returns the exit status."""
        hooks = threading.excepthook, sys.unraisablehook
        threading.excepthook, sys.unraisablehook = _thread_failed, _not_raised
        try:
            status = self.run(mouse=mouse)
        except Exception as error:  # noqa: BLE001 - in the middle of leaving, so that nobody else does
            _log(error)
            if isinstance(self._driver, PatientOutput):
                self._driver.give_back_at_once()
            with suppress(OSError):
                self.error_console.print(Text(_told(error)))
            return FAILED
        finally:
            threading.excepthook, sys.unraisablehook = hooks
        return self.return_code or status or 0

    def _handle_exception(self, error: Exception) -> None:
        """End the program; an error that could draw itself is told as the others are."""
        self._return_code = FAILED
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        _log(error)
        if not self._exit_renderables:
            # of several, the first is the cause
            self._exit_renderables.append(Text(_told(error)))
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self._handle_exception(_cause(sys.exception()))


def _told(error: Exception) -> str:
    name = type(_cause(error)).__name__
    return f"jobs-tui: it failed ({name}); --log-file FILE keeps the details"


def _log(error: BaseException) -> None:
    lines = traceback.format_exception(_cause(error))
    LOGGER.critical("the program failed\n%s", "".join(lines))


def _cause(error: BaseException | None) -> Exception:
    """What failed, where that was in a worker of Textual's, which tells of it by another error."""
    inner = getattr(error, "error", None)
    if type(error).__name__ == "WorkerFailed" and isinstance(inner, Exception):
        return inner
    return error if isinstance(error, Exception) else RuntimeError("unknown")


def _thread_failed(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None and failed.exc_type is not SystemExit:
        lines = traceback.format_exception(failed.exc_value)
        LOGGER.error("a thread failed\n%s", "".join(lines))


def _not_raised(failed: "sys.UnraisableHookArgs") -> None:
    if failed.exc_value is not None:
        lines = traceback.format_exception(failed.exc_value)
        LOGGER.error("something failed where nobody could be told\n%s", "".join(lines))
