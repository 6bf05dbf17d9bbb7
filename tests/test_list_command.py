"""`jobs-tui list`: the table, what it says beside it, and how it ends."""

import json
import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from aiohttp import web

from jobs_tui.cli import main
from jobs_tui.cli.list_json import FORMAT
from jobs_tui.domain.clock import SystemClock
from jobs_tui.emulator import Account, EmulatorServer, EmulatorThread

THINGS = ("gw-1", "gw-2", "gw-3")


@pytest.fixture
def account() -> Account:
    account = Account(SystemClock(), random.Random(1))
    for name in THINGS:
        account.create_thing(name)
    return account


@pytest.fixture
def emulator(
    account: Account, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[EmulatorThread]:
    with EmulatorThread(lambda: EmulatorServer(account)) as emulator:
        for name, value in {
            "JOBS_TUI_CONFIG": f"{tmp_path}/none.toml",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
            "AWS_DEFAULT_REGION": "eu-west-3",
            "JOBS_TUI_ENDPOINT_URL": emulator.url,
        }.items():
            monkeypatch.setenv(name, value)
        (tmp_path / "none.toml").touch()
        yield emulator


def two_jobs(account: Account) -> None:
    account.create_job("fw-1", THINGS[:2], "{}")
    account.create_job("log-1", THINGS[:1], "{}")
    account.start_next_pending_job_execution("gw-1")


def refuse(emulator: EmulatorThread, thing_name: str, status: int, times: int) -> None:
    left = times

    async def intercept(request: web.Request) -> web.StreamResponse | None:
        nonlocal left
        if f"/{thing_name}/" not in request.path or not left:
            return None
        left -= 1
        return web.json_response({"message": "Rate exceeded"}, status=status)

    emulator.server.intercept = intercept


@pytest.mark.usefixtures("emulator")
def test_a_row_for_each_execution_in_the_order_of_the_things(account, capsys) -> None:
    two_jobs(account)
    assert main(["list", "gw-3", "gw-2", "gw-1"]) == 0
    said = capsys.readouterr()
    heads, *rows = (line.split() for line in said.out.splitlines())
    assert heads == ["THING", "JOB", "STATUS", "VERSION", "QUEUED", "STARTED", "UPDATED", "NEEDS"]
    assert [row[:4] for row in rows] == [
        ["gw-2", "fw-1", "QUEUED", "1"],
        ["gw-1", "fw-1", "IN_PROGRESS", "2"],
        ["gw-1", "log-1", "QUEUED", "1"],
    ]
    assert [row[5] == "-" for row in rows] == [True, False, True]
    assert said.err == ""


@pytest.mark.usefixtures("emulator")
def test_where_nothing_is_pending_the_table_is_empty_and_it_says_so(capsys) -> None:
    assert main(["list", "gw-1"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == ("jobs-tui: no pending jobs (an unknown thing name gets the same answer)\n")


def test_a_thing_that_cannot_be_asked_is_told_beside_the_others(account, emulator, capsys) -> None:
    two_jobs(account)
    refuse(emulator, "gw-1", 403, times=1)
    assert main(["list", *THINGS]) == 1
    said = capsys.readouterr()
    assert [line.split()[0] for line in said.out.splitlines()] == ["THING", "gw-2"]
    assert said.err.startswith("jobs-tui: gw-1: ")
    assert said.err.count("\n") == 1


def test_a_program_gets_all_members(account, emulator, capsys) -> None:
    two_jobs(account)
    refuse(emulator, "gw-2", 403, times=1)
    assert main(["list", "--json", *THINGS]) == 1
    told = json.loads(capsys.readouterr().out)
    first = told["executions"][0]
    assert (first["thing"], first["job"], first["status"]) == ("gw-1", "fw-1", "IN_PROGRESS")
    assert first["started_at"].endswith("Z")
    assert isinstance(first["execution_number"], int)
    assert [each["thing"] for each in told["failed"]] == ["gw-2"]
    assert told["there_may_be_more"] == []


def test_programs_can_rely_on_exactly_these_members(account, emulator, capsys) -> None:
    two_jobs(account)
    refuse(emulator, "gw-2", 403, times=1)
    assert main(["list", "--json", *THINGS]) == 1
    told = json.loads(capsys.readouterr().out)
    assert list(told) == [
        "format",
        "executions",
        "there_may_be_more",
        "failed",
        "deadlines_unread",
    ]
    assert told["format"] == FORMAT == 1
    for execution in told["executions"]:
        assert list(execution) == [
            "thing",
            "job",
            "execution_number",
            "status",
            "version",
            "queued_at",
            "started_at",
            "last_updated_at",
            "deadline",
            "needs",
        ]
    assert [list(each) for each in told["failed"]] == [["thing", "reason", "code"]]


@pytest.mark.usefixtures("emulator")
def test_what_is_about_to_time_out_is_told_with_its_deadline(account, capsys) -> None:
    account.create_job("fw-1", THINGS[:1], "{}")
    account.start_next_pending_job_execution("gw-1", step_timeout_in_minutes=3)
    assert main(["list", "--json", "gw-1"]) == 0
    (execution,) = json.loads(capsys.readouterr().out)["executions"]
    assert execution["needs"] == "due"
    begun, ends = map(datetime.fromisoformat, (execution["started_at"], execution["deadline"]))
    assert 170 <= (ends - begun).total_seconds() <= 190


def test_deadlines_that_may_not_be_read_are_told_once_and_fail_only_who_wants_them(
    account, emulator, capsys
) -> None:
    account.create_job("fw-1", THINGS, "{}")
    for name in THINGS:
        account.start_next_pending_job_execution(name)
    described = []

    async def forbid(request: web.Request) -> web.StreamResponse | None:
        if not request.path.endswith("/jobs/fw-1"):
            return None
        described.append(request.path)
        headers = {"x-amzn-errortype": "ForbiddenException"}
        return web.json_response({"message": "not yours"}, status=403, headers=headers)

    emulator.server.intercept = forbid
    assert main(["list", "--json", *THINGS]) == 0
    said = capsys.readouterr()
    assert said.err.startswith("jobs-tui: gw-1 / fw-1 and 2 more: the deadline was not read: ")
    assert said.err.count("\n") == 1
    unread = json.loads(said.out)["deadlines_unread"]
    assert [list(each) for each in unread] == [["thing", "job", "reason", "code"]] * 3
    assert len(described) <= len(THINGS)
    assert main(["list", "--fail-on", "stuck", *THINGS]) == 1
    assert main(["list", "--fail-on", "pending", *THINGS]) == 3


@pytest.mark.usefixtures("emulator")
def test_without_a_thing_named_it_takes_those_of_the_settings(
    account, tmp_path: Path, capsys
) -> None:
    two_jobs(account)
    (tmp_path / "none.toml").write_text('context = "a"\n[contexts.a]\nthings = ["gw-2"]\n')
    assert main(["list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["THING", "gw-2"]


@pytest.mark.usefixtures("emulator")
def test_a_list_that_the_service_cut_is_told(account, capsys) -> None:
    for number in range(11):
        account.create_job(f"job-{number}", ("gw-1",), "{}")
    assert main(["list", "gw-1"]) == 0
    assert "gw-1: the service lists no more, there may be more" in capsys.readouterr().err


def test_what_is_throttled_is_asked_again(account, emulator, capsys) -> None:
    two_jobs(account)
    refuse(emulator, "gw-2", 429, times=1)
    assert main(["list", "gw-2"]) == 0
    assert "fw-1" in capsys.readouterr().out


@pytest.mark.usefixtures("emulator")
def test_the_names_may_stand_in_a_file(account, tmp_path: Path, capsys) -> None:
    two_jobs(account)
    (tmp_path / "things").write_text("gw-1\nno name\ngw-2\n")
    assert main(["list", "--things-file", f"{tmp_path}/things"]) == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 4
    assert "line 2" in said.err


@pytest.mark.usefixtures("emulator")
def test_without_a_thing_it_says_what_to_give(capsys) -> None:
    assert main(["list"]) == 2
    assert capsys.readouterr().err == ("jobs-tui: no thing is named: `jobs-tui list THING ...`\n")


def test_an_endpoint_that_is_not_there_is_a_failure(monkeypatch, emulator, capsys) -> None:
    monkeypatch.setenv("JOBS_TUI_ENDPOINT_URL", "http://127.0.0.1:1")
    assert main(["list", "gw-1"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("jobs-tui: gw-1: ")
