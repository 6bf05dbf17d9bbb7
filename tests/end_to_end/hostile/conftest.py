"""A service that has gone bad, and a journal that holds what it said before."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hostile.service import TAME, HostileService
from hostile.texts import HOSTILE
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Attempt, AttemptKind, Author, Change, ChangeState
from jobs_tui.engine.journal.journal_file import JournalFile
from jobs_tui.engine.journal.sqlite_journal import FILE_NAME

LONG_AGO = 1_700_000_000.0
TEXT_MAX = 300


@pytest.fixture
def service() -> Iterator[HostileService]:
    """It answers on loopback."""
    with HostileService() as service:
        yield service


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal in the home folder, each member of which was hostile once."""
    path = tmp_path / ".local/state/jobs-tui" / FILE_NAME
    states = (ChangeState.REFUSED, ChangeState.CONFLICT, ChangeState.LEFT, ChangeState.CONFIRMED)
    with closing(JournalFile(path)) as file:
        for number, whole in enumerate(HOSTILE.values()):
            # no file of UTF-8 holds a surrogate, and a thousand marks more say no more
            text = whole[:TEXT_MAX].encode("utf-8", "replace").decode()
            seen = JobExecution(text, TAME, Status.IN_PROGRESS, {text: text}, version_number=1)
            change = Change(
                0,
                UpdateJobExecution(TAME, text, Status.FAILED, {text: text}, expected_version=1),
                seen,
                LONG_AGO + number,
                f"https://{text}",
                Author(text, text, text),
                states[number % len(states)],
                text,
                standing=seen,
                attempts=(Attempt(AttemptKind.SEND, LONG_AGO, text, text, text, text),),
            )
            file.write(file.record(change, "a", lambda _: False))
    return path
