"""Where warnings go: to a file if one was named, and never to the screen."""

import logging
import os
from pathlib import Path

from jobs_tui.ui.terminal.safe_text import safe_line

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


class SafeLines(logging.Formatter):
    """Writes records that no terminal obeys when the file is looked at, and that none can forge.

    What looks like a secret is masked, such as in the message of an exception. Only the first line
    of a record begins at the margin, whatever line ends its words hold.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record with its traceback, with a visible sign for each unsafe character."""
        from jobs_tui.cli.log_masking import (  # noqa: PLC0415 - seldom is anything logged
            without_secrets,
        )

        lines = without_secrets(super().format(record), os.environ).split("\n")
        return "\n  ".join(map(safe_line, lines))


def keep_off_the_screen(log_file: Path | None) -> None:
    """Send warnings and errors of every library to the file, or nowhere.

    Nothing below a warning is kept: the SDK's debug lines hold signed headers. Raises OSError if
    the file cannot be written; it is readable by its owner only.
    """
    handler: logging.Handler = logging.NullHandler()
    if log_file is not None:
        from jobs_tui.cli.log_file import open_log  # noqa: PLC0415 - most name none

        handler = logging.StreamHandler(os.fdopen(open_log(log_file), "a", encoding="utf-8"))
        handler.setFormatter(SafeLines(FORMAT))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
