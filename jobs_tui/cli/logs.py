"""Where warnings go, and events when debugging: to a file if one is wanted, never to the screen."""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobs_tui.cli.settings.in_force import Settings

EVENTS = "jobs_tui.events"
"""The logger of `jobs_tui.domain.logged`, which is loaded when there is something to log."""

NO_HOME = "this user has no home folder for it; name a file by --log-file"


def log_problem(settings: "Settings", command: str) -> str | None:
    """Begin to log as the settings say; returns why that cannot be, in one line, or None."""
    path = settings.log_file
    if settings.debug and path is None:
        from jobs_tui.cli.log_folder import usual_log  # noqa: PLC0415 - where debugging
        from jobs_tui.domain.private_files import make_private_folder  # noqa: PLC0415 - as above

        path = usual_log()
        if path is None:
            keep_off_the_screen(None)
            return f"the log file cannot be written: {NO_HOME}"
    try:
        if settings.log_file is None and path is not None:
            make_private_folder(path.parent)
        keep_off_the_screen(path, debug=settings.debug)
    except OSError as error:
        keep_off_the_screen(None)
        told = f"the log file cannot be written: {error.strerror}"
        return told if settings.log_file else f"{told} ({path}); name another by --log-file"
    if settings.debug:
        from jobs_tui import __version__  # noqa: PLC0415 - where debugging
        from jobs_tui.domain.logged import decided  # noqa: PLC0415 - as above

        decided("log", command=command, version=__version__, context=settings.context or None)
    return None


def keep_off_the_screen(log_file: Path | None, *, debug: bool = False) -> None:
    """Send warnings and errors of every library to the file, or nowhere.

    Nothing else below a warning is kept than, when debugging, this program's own events: the SDK's
    debug lines hold signed headers. Raises OSError if the file cannot be written; it is readable by
    its owner only.
    """
    handler: logging.Handler = logging.NullHandler()
    if log_file is not None:
        from jobs_tui.cli.log_lines import LogLines  # noqa: PLC0415 - most name none
        from jobs_tui.cli.log_writer import LogWriter  # noqa: PLC0415 - as above

        handler = LogWriter(log_file)
        handler.setFormatter(LogLines(os.environ))
    root = logging.getLogger()
    before, root.handlers[:] = root.handlers[:], [handler]
    for each in before:
        if hasattr(each, "tell_problem"):
            each.close()
    root.setLevel(logging.WARNING)
    level = logging.DEBUG if debug and log_file is not None else logging.NOTSET
    logging.getLogger(EVENTS).setLevel(level)
    logging.captureWarnings(capture=True)


def tell_when_it_fails(tell: Callable[[str], object]) -> None:
    """Have this told once, from whatever thread, where the log cannot be written, or could not."""
    for handler in logging.getLogger().handlers:
        if hasattr(handler, "tell_problem"):
            handler.tell_problem(lambda why: tell(f"the log file cannot be written: {why}"))
