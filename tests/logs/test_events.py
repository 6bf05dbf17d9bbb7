"""`--debug` through the front door: what was asked, answered and decided stands in the log."""

import stat
from pathlib import Path

import pytest
from aiohttp import web

OURS = {"asked", "answered", "decided"}


def about(lines, what: str, **fields: str):
    """The lines of this kind that have these fields."""
    return [each for each in lines if each.what == what and fields.items() <= each.fields.items()]


def test_each_call_is_logged_with_thing_job_and_the_request_id_that_was_sent(gateway) -> None:
    assert gateway.run("list", "gw-1", "gw-2", "--debug") == 0
    lines = gateway.lines()
    assert {(each.level, each.what) for each in lines} <= {("DEBUG", what) for what in OURS}
    answered = about(lines, "answered")
    assert [each.request for each in answered] == gateway.request_ids
    assert [(each.thing, each.job) for each in answered] == [
        ("gw-1", "-"),
        ("gw-2", "-"),
        ("gw-1", "fw-1"),
    ]
    assert all(each.fields["outcome"] == "done" for each in answered)
    assert all(each.fields["http"] == "200" for each in answered)
    assert all(int(each.fields["bytes"]) > 1 for each in answered)
    assert [each.fields["operation"] for each in about(lines, "asked")] == [
        "GetPendingJobExecutions",
        "GetPendingJobExecutions",
        "DescribeJobExecution",
    ]
    assert about(lines, "answered", in_progress="1", queued="0")[0].thing == "gw-1"
    assert about(lines, "decided", about="credentials", by="env")
    assert about(lines, "decided", about="endpoint", by="given")
    assert stat.S_IMODE(gateway.log.stat().st_mode) == 0o600
    assert stat.S_IMODE(gateway.log.parent.stat().st_mode) == 0o700


def test_a_change_is_logged_on_its_whole_way_but_for_the_values_in_it(gateway, tmp_path) -> None:
    log = tmp_path / "a.log"
    words = ("--yes", "--debug", "--log-file", f"{log}")
    assert (
        gateway.run("update", "gw-1", "fw-1", "FAILED", "--detail", "reason=in-the-dark", *words)
        == 0
    )
    lines = gateway.lines(log)
    (asked,) = about(lines, "asked", operation="UpdateJobExecution")
    assert asked.fields["status"] == "FAILED"
    assert asked.fields["expectedVersion"] == "2"
    assert asked.fields["statusDetails"] == "progress,reason"
    assert "in-the-dark" not in log.read_text()
    steps = about(lines, "decided", about="change", change="1")
    assert [(each.fields.get("was"), each.fields["now"]) for each in steps] == [
        (None, "waiting for the endpoint"),
        ("waiting for the endpoint", "sending"),
        ("sending", "confirmed"),
    ]
    (answered,) = about(lines, "answered", operation="UpdateJobExecution")
    assert answered.request == gateway.request_ids[-1] == steps[-1].request
    assert {(each.thing, each.job) for each in (asked, answered, *steps)} == {("gw-1", "fw-1")}
    assert not gateway.log.exists()


def test_a_failure_is_logged_with_its_reason_and_a_conflict_with_what_stands_there(gateway) -> None:
    account = gateway.emulator.account

    def another_writer(request: web.Request) -> None:
        if request.method == "POST":
            account.update_job_execution("gw-1", "fw-1", status="IN_PROGRESS")

    gateway.instead = another_writer
    assert gateway.run("update", "gw-1", "fw-1", "FAILED", "--yes", "--debug") == 1
    lines = gateway.lines()
    refused = [each for each in about(lines, "answered") if each.fields["outcome"] != "done"]
    assert [(each.fields["outcome"], each.fields["http"]) for each in refused] == [
        ("conflict", "400")
    ]
    assert "version" in refused[0].fields["reason"].lower()
    assert refused[0].request in gateway.request_ids
    (step,) = about(lines, "decided", about="change", now="conflict")
    assert step.fields["stands"] == "3"
    assert step.request == refused[0].request


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [(400, "InvalidRequestException", "refused"), (403, "AccessDeniedException", "not allowed")],
)
def test_what_came_instead_of_an_answer_is_told_in_the_words_of_outcomes(
    gateway, status: int, code: str, outcome: str
) -> None:
    def instead(request: web.Request) -> web.StreamResponse | None:
        if "gw-1" not in request.path or len(gateway.request_ids) > 1:
            return None
        headers = {"x-amzn-ErrorType": code, "x-amzn-RequestId": "r-1"}
        return web.json_response({"message": "not\nnow"}, status=status, headers=headers)

    gateway.instead = instead
    gateway.run("describe", "gw-1", "fw-1", "--debug")
    (first, *_) = about(gateway.lines(), "answered", outcome=outcome)
    assert (first.request, first.fields["http"]) == ("r-1", f"{status}")
    assert first.fields["reason"]


def test_without_debug_the_log_is_for_warnings(gateway, tmp_path: Path) -> None:
    assert gateway.run("list", "gw-1", "--log-file", f"{tmp_path / 'a.log'}") == 0
    assert (tmp_path / "a.log").read_text() == ""
    assert not gateway.log.exists()


def test_the_environment_and_the_file_can_ask_for_it(gateway, monkeypatch) -> None:
    (gateway.home / "none.toml").write_text("debug = true\n")
    assert gateway.run("list", "gw-1") == 0
    before = len(gateway.lines())
    assert before
    monkeypatch.setenv("JOBS_TUI_DEBUG", "false")
    assert gateway.run("list", "gw-1") == 0
    assert len(gateway.lines()) == before


def test_the_doctor_logs_what_it_tries(gateway, capsys) -> None:
    gateway.run("doctor", "gw-1", "--debug", "--json")
    asked = {each.fields["operation"] for each in about(gateway.lines(), "asked")}
    assert {"GetPendingJobExecutions", "DescribeJobExecution"} <= asked
    del capsys


def test_info_tells_where_the_log_is_and_who_wants_it(gateway, capsys) -> None:
    gateway.run("info", "--debug")
    lines = dict(line.split(":", 1) for line in capsys.readouterr().out.splitlines())
    assert lines["log"].strip() == f"{gateway.log} (not there yet)"
    assert lines["debug"].strip() == "on, by --debug"
    gateway.run("info")
    lines = dict(line.split(":", 1) for line in capsys.readouterr().out.splitlines())
    assert (lines["log"].strip(), lines["debug"].strip()) == ("(none is named)", "off")
    assert not gateway.log.exists()
