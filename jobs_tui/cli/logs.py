"""Where warnings go: to a file if one was named, and never to the screen."""

import logging
import os
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def keep_off_the_screen(log_file: Path | None) -> None:
    """Send warnings and errors of every library to the file, or nowhere.

    Nothing below a warning is kept: the SDK's debug lines hold signed headers. Raises OSError if
    the file cannot be written; it is readable by its owner only.
    """
    handler: logging.Handler = logging.NullHandler()
    if log_file is not None:
        from jobs_tui.cli.log_masking import MaskingFormatter  # noqa: PLC0415 - where there is a log

        descriptor = os.open(log_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        handler = logging.StreamHandler(os.fdopen(descriptor, "a", encoding="utf-8"))
        handler.setFormatter(MaskingFormatter(FORMAT))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
