"""A text in a file that nobody else can read, for as long as another program needs it."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from jobs_tui.domain.private_files import OTHERS

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]")

LONGEST_NAME = 64


def file_name(job_id: str) -> str:
    """The name of a file for the document of a job, whatever the id holds."""
    return f"{_NOT_IN_NAMES.sub('_', job_id)[:LONGEST_NAME] or 'job'}.json"


@contextmanager
def private_text(
    name: str,
    text: str,
    environment: Mapping[str, str],
    at_once: set[Callable[[], object]],
) -> Iterator[Path]:
    """A file with a text, 0600 in a folder of 0700; both are gone afterwards. Raises OSError.

    It lies where the system keeps what ends with the session, in memory as a rule, else where
    temporary files do. What another program puts beside it is removed, too, also by what `at_once`
    is called for: an end of this program that leaves no time.
    """
    folder = Path(tempfile.mkdtemp(prefix="jobs-tui-", dir=_place(environment)))
    remove = partial(shutil.rmtree, folder, ignore_errors=True)
    at_once.add(remove)
    try:
        path = folder / name
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
            file.write(text.encode(errors="backslashreplace"))
        yield path
    finally:
        remove()
        at_once.discard(remove)


def _place(environment: Mapping[str, str]) -> str | None:
    """The folder of this user's session, if there is one of theirs alone."""
    folder = environment.get("XDG_RUNTIME_DIR", "")
    if not folder.startswith("/"):
        return None
    try:
        found = Path(folder).stat()
    except OSError:
        return None
    theirs = found.st_uid == os.geteuid() and not found.st_mode & OTHERS
    return folder if theirs and os.access(folder, os.W_OK | os.X_OK) else None
