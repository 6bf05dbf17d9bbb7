"""What is kept across restarts, however the run before came to its end."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import boto3
import pytest
from botocore.config import Config

from jobs_tui.emulator import Account, Emulator, ManualClock, RetryCriterion, Switches, Target
from jobs_tui.emulator.state.state_file import StateFile, StateFileError

PROGRAM = Path(sys.executable).with_name("jobs-tui")
NOON = 1795435200.0
GROUP = Target.parse("arn:aws:iot:eu-west-3:999988887777:thinggroup/all")


@pytest.fixture
def path(tmp_path) -> Path:
    """Where the state is kept."""
    return tmp_path / "state.sqlite"


@pytest.fixture
def reopened(path, clock) -> Callable[..., Account]:
    """End the run before, if there was one, and begin the next."""
    opened: list[StateFile] = []

    def begin() -> Account:
        for each in opened:
            each.close(clock.now())
        opened.append(StateFile(path))
        account = Account(clock, Random(1), keeper=opened[-1])
        account.restore(opened[-1].records())
        return account

    return begin


def _everything(account: Account) -> list[Any]:
    """All that can be told of an account, by its operations."""
    things = account.list_things()
    return [
        things,
        [account.list_things_in_thing_group(name, recursive=True) for name in ("all", "north")],
        account.list_jobs(),
        [account.job_executions_for_thing(each.name) for each in things],
        [account.get_pending_job_executions(each.name) for each in things],
        [account.describe_job_execution(each.name, "$next") for each in things],
    ]


def test_every_kind_of_record_comes_back_as_it_was(reopened, clock) -> None:
    account = reopened()
    for name in ("gw-1", "gw-2"):
        account.create_thing(name, {"site": "lyon"})
    account.create_thing_group("all", description="every thing", attributes={"a": "b"})
    account.create_thing_group("north", parent="all")
    account.add_thing_to_thing_group("gw-2", "north")
    account.create_job(
        "first",
        ["gw-1", GROUP],
        '{"ünïcode": "☃"}',
        description="all",
        continuous=True,
        in_progress_timeout_in_minutes=60,
        retry_criteria=[RetryCriterion("FAILED", 2)],
        presigned_url_seconds=600,
        presigned_url_role="arn:aws:iam::123456789012:role/download",
    )
    for job_id in ("second", "third"):
        clock.advance(1.25)
        account.create_job(job_id, ["gw-1", "gw-2"], "{}")
    account.start_next_pending_job_execution(
        "gw-1", status_details={"step": "1"}, step_timeout_in_minutes=5
    )
    account.update_job_execution("gw-2", "first", "FAILED", status_details={"reason": "x"})
    account.cancel_job("second", force=True, reason_code="R", comment="called off")
    before = _everything(account)
    after = reopened()
    assert _everything(after) == before
    assert after.describe_job("first").job == account.describe_job("first").job


def test_what_is_deleted_and_left_stays_so(reopened) -> None:
    account = reopened()
    account.create_thing("gw-1")
    account.create_thing_group("all")
    account.add_thing_to_thing_group("gw-1", "all")
    account.remove_thing_from_thing_group("gw-1", "all")
    account.create_job("first", ["gw-1"], "{}")
    account.cancel_job("first")
    account.delete_job("first")
    account.create_job("second", ["gw-1"], "{}")
    account = reopened()
    assert account.list_things_in_thing_group("all") == []
    assert [each.job.job_id for each in account.list_jobs()] == ["second"]
    account.create_job("first", ["gw-1"], "{}")


def test_the_order_of_a_moment_comes_back(reopened) -> None:
    account = reopened()
    account.create_thing("gw-1")
    for job_id in ("b", "a", "c"):
        account.create_job(job_id, ["gw-1"], "{}", retry_criteria=[RetryCriterion("FAILED", 1)])
    account.update_job_execution("gw-1", "b", "FAILED")
    account.update_job_execution("gw-1", "c", "IN_PROGRESS")
    for _ in range(2):
        listed = account.get_pending_job_executions("gw-1")
        assert [each.job_id for each in listed] == ["c", "a", "b"]
        account = reopened()


def test_a_timer_that_ran_out_between_two_runs_has_run_out(reopened, clock) -> None:
    account = reopened()
    account.create_thing("gw-1")
    account.create_job("first", ["gw-1"], "{}")
    account.start_next_pending_job_execution("gw-1", step_timeout_in_minutes=5)
    clock.advance(3600)
    execution = reopened().job_execution("gw-1", "first")
    assert (execution.status, execution.last_updated_at) == ("TIMED_OUT", NOON + 300)


@pytest.mark.slow
def test_what_was_answered_outlives_a_kill(path) -> None:
    for run in range(2):
        server = subprocess.Popen(
            [PROGRAM, "emulator", "--state", path, "--things", "gw-1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert server.stdout is not None
            client = _client("iot", server.stdout.readline().strip())
            jobs = [each["jobId"] for each in client.list_jobs()["jobs"]]
            assert jobs == [f"job-{number}" for number in range(run)]
            target = "arn:aws:iot:us-east-1:123456789012:thing/gw-1"
            client.create_job(jobId=f"job-{run}", targets=[target], document="{}")
        finally:
            server.send_signal(signal.SIGKILL)
            server.wait()


def test_time_never_goes_back_behind_what_a_faster_run_has_shown(path) -> None:
    with Emulator(Switches(state=path, things=["gw-1"]), clock=ManualClock(NOON)) as emulator:
        emulator.account.clock.advance(900 * 86400)
        emulator.call(emulator.account.create_thing, "gw-2")
    with Emulator(Switches(state=path)) as emulator:
        assert emulator.call(emulator.account.clock.now) >= NOON + 900 * 86400


def test_a_seed_does_not_give_out_the_same_ids_in_the_next_run(path) -> None:
    ids = set()
    for name in ("gw-1", "gw-2"):
        with Emulator(Switches(state=path, seed=1)) as emulator:
            ids.add(emulator.call(emulator.account.create_thing, name).thing_id)
    assert len(ids) == 2


def test_one_emulator_at_a_time_has_the_file(path) -> None:
    first, second = (Emulator(Switches(state=path)) for _ in range(2))
    with first, pytest.raises(StateFileError, match="another emulator is using it"):
        second.start()
    with second:
        assert second.url


def test_the_file_is_for_its_owner_only(path) -> None:
    mask = os.umask(0)
    try:
        with Emulator(Switches(state=path, things=["gw-1"])):
            modes = {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()}
    finally:
        os.umask(mask)
    assert set(modes.values()) == {0o600}
    assert path.name in modes


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"not a database, but long enough to be read as one", "not a state file"),
        ("CREATE TABLE t (a)", "is a database of another program"),
        ("PRAGMA application_id = 1; CREATE TABLE t (a)", "is a database of another program"),
        (
            "PRAGMA application_id = 1785684595; PRAGMA user_version = 99; CREATE TABLE t (a)",
            "was written by another version",
        ),
    ],
)
def test_a_file_that_is_no_state_is_told_and_left_as_it_is(content, told, path) -> None:
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        with sqlite3.connect(path) as connection:
            connection.executescript(content)
        connection.close()
    before = path.read_bytes()
    with pytest.raises(StateFileError, match=told):
        Emulator(Switches(state=path)).start()
    assert path.read_bytes() == before


def test_a_folder_that_is_missing_is_told(tmp_path) -> None:
    with pytest.raises(StateFileError, match="No such file"):
        Emulator(Switches(state=tmp_path / "missing" / "state")).start()


def test_a_record_that_is_none_is_told(path) -> None:
    with Emulator(Switches(state=path, things=["gw-1"])):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute('UPDATE record SET members = \'{"name": 1, "size": 2}\'')
    connection.close()
    with pytest.raises(StateFileError, match="holds a Thing that is none"):
        Emulator(Switches(state=path)).start()


def test_after_a_change_that_cannot_be_kept_nothing_is_answered_and_the_file_stays_whole(
    path,
) -> None:
    with Emulator(Switches(state=path, things=["gw-1"])) as emulator:
        client = _client("iot", emulator.url)
        emulator.call(_fill_the_disk, emulator.account)
        with pytest.raises(client.exceptions.ServiceUnavailableException, match="is full"):
            _create_things(client, count=200)
        with pytest.raises(client.exceptions.ServiceUnavailableException, match="is full"):
            client.list_things()
        before = len(emulator.account.list_things()) - 1
    with Emulator(Switches(state=path)) as emulator:
        assert len(emulator.account.list_things()) == before


def _fill_the_disk(account: Account) -> None:
    """Let the file grow no more, as a full disk does."""
    connection = account._keeper._ready
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")


def _create_things(client: Any, count: int) -> None:
    for number in range(10, 10 + count):
        attributes = {"attributes": {"a": "b" * 800}}
        client.create_thing(thingName=f"gw-{number}", attributePayload=attributes)


def _client(name: str, url: str) -> Any:
    session = boto3.session.Session("test", "test", region_name="eu-west-3")
    config = Config(retries={"total_max_attempts": 1}, proxies={})
    return session.client(name, endpoint_url=url, config=config)
