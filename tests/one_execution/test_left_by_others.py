"""What other runs have left, or are about, is never sent by a single change."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Attempt, AttemptKind, Change
from jobs_tui.engine.journal.instances import Instance
from jobs_tui.engine.journal.journal_file import JournalFile

UPDATE = ("update", "gw-1", "fw-1", "failed", "--yes")
LOST = Attempt(AttemptKind.SEND, 1_800_000_000.0, "")


@pytest.fixture
def journal(bench) -> Iterator[JournalFile]:
    """The file that all runs on this machine share."""
    with closing(JournalFile(bench.folder / "journal.sqlite")) as file:
        yield file


def leave(
    journal: JournalFile,
    bench,
    owner: str,
    thing: str,
    *attempts: Attempt,
    wanted: Status = Status.REJECTED,
) -> Change:
    """A run of this name has recorded a change of `fw-1` and got no further."""
    details = {"progress": "60%"}
    seen = JobExecution("fw-1", thing, Status.IN_PROGRESS, details, version_number=2)
    seen = replace(seen, execution_number=1)
    wish = UpdateJobExecution(thing, "fw-1", wanted, None, 2, 1)
    # whose things these are is read from the journal: a change of the command's own
    identity = journal.changes()[0].identity if journal.changes() else ""
    change = Change(0, wish, seen, 1_800_000_000.0, bench.emulator.url, identity=identity)
    change = journal.record(change, owner, lambda _: False)
    change = replace(change, attempts=attempts)
    journal.write(change)
    return change


def owners(journal: JournalFile) -> list[str]:
    rows = journal.database._connection.execute("SELECT owner FROM change ORDER BY number DESC")
    return [row["owner"] for row in rows]


@pytest.fixture
def known(bench, told) -> None:
    """The command has run before, so that the journal knows whose things these are."""
    assert told("update", "gw-1", "fw-1", "in_progress", "--yes")[0] == 0


@pytest.mark.usefixtures("known")
def test_what_an_earlier_run_left_unsent_is_not_sent_and_holds_the_thing_until_it_is_dropped(
    bench, journal, told
) -> None:
    left = leave(journal, bench, "ended", "gw-1")
    status, out, err = told(*UPDATE)
    assert (status, out, err.count("\n")) == (1, "", 1)
    words = "FAILED, not sent: number 2 of an earlier run, fw-1 / REJECTED, is left unsent"
    assert words in err
    assert "`jobs-tui gw-1` asks whether to send it, --drop-left drops it" in err
    assert bench.changes_sent == 1
    assert journal.changes()[0].attempts == left.attempts
    status, out, err = told(*UPDATE, "--drop-left")
    assert (status, err.count("\n")) == (0, 1)
    assert "number 2 of an earlier run, fw-1 / REJECTED, is dropped" in err
    assert bench.changes_sent == 2
    assert [each.state for each in journal.changes()[:2]] == ["confirmed", "dropped"]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("wanted", "became"), [(Status.IN_PROGRESS, "confirmed"), (Status.REJECTED, "conflict")]
)
def test_what_an_earlier_run_left_in_doubt_is_settled_by_reading_before_anything_is_sent(
    bench, journal, told, wanted, became
) -> None:
    leave(journal, bench, "ended", "gw-1", LOST, wanted=wanted)
    status, _, err = told(*UPDATE)
    assert (status, err.count("\n")) == (0, 1)
    assert f"number 2 of an earlier run, fw-1 / {wanted}, is {became}" in err
    assert [each.state for each in journal.changes()[:2]] == ["confirmed", became]
    assert bench.changes_sent == 2


@pytest.mark.slow
@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("attempts", [(), (LOST,)])
def test_what_was_left_of_another_thing_is_not_touched(bench, journal, told, attempts) -> None:
    left = leave(journal, bench, "ended", "gw-2", *attempts)
    status, _, err = told(*UPDATE)
    assert (status, err) == (0, "")
    assert journal.changes()[1] == left
    assert owners(journal)[1] == "ended"
    assert not any("gw-2" in each for each in bench.asked)


@pytest.mark.usefixtures("known")
def test_what_a_cockpit_is_about_at_the_same_time_is_not_taken_over(bench, journal, told) -> None:
    with journal.database.transaction():
        cockpit = Instance(bench.folder / "instances", "cockpit")
    with closing(cockpit):
        under_way = leave(journal, bench, "cockpit", "gw-1", LOST)
        status, _, err = told(*UPDATE)
    assert (status, err.count("\n")) == (1, 1)
    assert "FAILED, not recorded: nothing was sent: another jobs-tui here is changing it" in err
    assert journal.changes()[0] == under_way
    assert owners(journal)[0] == "cockpit"
    assert bench.changes_sent == 1
