"""`jobs-tui start` and `update` with --yes: what goes out, how it ends, what the journal holds."""

import json
from pathlib import Path

import pytest

from jobs_tui.cli import change_errand
from jobs_tui.engine.change import ChangeState

UPDATE = ("update", "gw-1", "fw-1")


@pytest.fixture
def sent(bench):
    """The bodies of the changes that arrived."""
    bodies = []
    answer = bench.emulator.server.answer

    async def note(request):
        if request.method != "GET":
            bodies.append(json.loads(await request.read() or b"{}"))
        return await answer(request)

    bench.emulator.server.answer = note
    return bodies


def test_an_update_keeps_the_details_and_is_for_the_version_that_was_read(bench, told) -> None:
    status, out, err = told(*UPDATE, "succeeded", "--detail", "note=a=b", "--yes")
    assert (status, out, err) == (0, "gw-1 / fw-1: SUCCEEDED, confirmed: version 3\n", "")
    assert bench.execution().status_details == {"progress": "60%", "note": "a=b"}
    (change,) = bench.journal()
    assert change.state is ChangeState.CONFIRMED
    assert (change.request.expected_version, change.request.execution_number) == (2, 1)
    assert [attempt.outcome for attempt in change.attempts] == ["done"]
    assert bench.changes_sent == 1


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["failed"], {}),
        (["failed", "--detail", "progress=60%"], {}),
        (["In_Progress", "--detail", "a=1"], {"statusDetails": {"progress": "60%", "a": "1"}}),
        (["failed", "--replace-details"], {"statusDetails": {}}),
        (["failed", "--replace-details", "--detail", "a=1"], {"statusDetails": {"a": "1"}}),
        (["in_progress", "--step-timeout", "-1"], {"stepTimeoutInMinutes": -1}),
        (["in_progress", "--step-timeout", "10080"], {"stepTimeoutInMinutes": 10080}),
        (["rejected", "--expected-version", "2", "--execution-number", "1"], {}),
    ],
)
@pytest.mark.slow
def test_what_is_asked_for_is_what_goes_out(bench, told, sent, words, expected) -> None:
    assert told(*UPDATE, *words, "--yes")[0] == 0
    (body,) = sent
    for name, value in {"expectedVersion": 2, "includeJobExecutionState": True}.items():
        assert body.pop(name) == value
    for name in ("status", "executionNumber", "includeJobDocument"):
        del body[name]
    assert body == expected


def test_a_start_tells_a_program_what_stands_now(bench, told_json) -> None:
    status, ending = told_json(
        "start", "gw-2", "--detail", "who=me", "--step-timeout", "5", "--yes"
    )
    assert status == 0
    assert ending == {
        "outcome": "confirmed",
        "reason": "fw-1, version 2",
        "advice": None,
        "change": 1,
        "sent": True,
        "thing": "gw-2",
        "job": "fw-1",
        "execution_number": 1,
        "wanted": "start next",
        "request": {
            "thingName": "gw-2",
            "statusDetails": {"who": "me"},
            "stepTimeoutInMinutes": 5,
        },
        "seen": {"job": "fw-1", "status": "QUEUED", "version": 1, "status_details": {}},
        "execution": {
            "job": "fw-1",
            "status": "IN_PROGRESS",
            "version": 2,
            "status_details": {"who": "me"},
        },
    }


@pytest.mark.parametrize(
    ("words", "outcome", "told_of"),
    [
        (["start", "gw-1"], "nothing started", "fw-1 is already in progress, version 2"),
        pytest.param(
            *(["start", "gw-9"], "nothing started", "nothing is pending"), marks=pytest.mark.slow
        ),
        ([*UPDATE, "failed", "--expected-version", "1"], "conflict", "version 2 stands there"),
        (["update", "gw-1", "no", "failed"], "not sent", "not found"),
        pytest.param(
            *([*UPDATE, "failed", "--execution-number", "7"], "not sent", "not found"),
            marks=pytest.mark.slow,
        ),
        ([*UPDATE, "failed", "--read-only"], "not sent", "read-only, by --read-only"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_sent(
    bench, told, words, outcome, told_of
) -> None:
    status, out, err = told(*words, "--yes")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert f", {outcome}: " in err
    assert told_of in err
    assert bench.changes_sent == 0
    assert bench.journal() == []


def test_read_only_by_the_environment_asks_nothing_and_writes_nothing(
    bench, told_json, monkeypatch
) -> None:
    monkeypatch.setenv("JOBS_TUI_READ_ONLY", "true")
    status, ending = told_json(*UPDATE, "failed", "--yes")
    assert (status, ending["outcome"], ending["sent"]) == (1, "not sent", False)
    assert ending["reason"] == "nothing may be changed: read-only, by JOBS_TUI_READ_ONLY"
    assert bench.asked == []
    assert not bench.folder.exists()


def test_a_change_whose_answer_is_lost_is_settled_by_reading_and_not_sent_twice(
    bench, told
) -> None:
    bench.fault("UpdateJobExecution=cut-after:once")
    status, out, _ = told(*UPDATE, "in_progress", "--detail", "a=1", "--yes")
    assert (status, "version 3, by reading again" in out) == (0, True)
    assert bench.changes_sent == 1
    (change,) = bench.journal()
    assert [str(attempt.kind) for attempt in change.attempts] == ["send", "read"]


def test_a_conflict_is_told_in_full(bench, told) -> None:
    bench.before_change = lambda: bench.by_the_agent(
        status="IN_PROGRESS", status_details={"progress": "80%"}
    )
    words = ("--detail", "why=me", "--step-timeout", "-1")
    status, out, err = told(*UPDATE, "failed", *words, "--yes")
    assert (status, out) == (1, "")
    *table, last = err.splitlines()
    assert [line.split() for line in table] == [
        ["YOU", "SAW", "STANDS", "THERE", "YOU", "WANTED"],
        ["job", "fw-1", "fw-1"],
        ["status", "IN_PROGRESS", "IN_PROGRESS", "FAILED"],
        ["version", "2", "3"],
        ["progress", "60%", "80%", "60%"],
        ["why", "-", "-", "me"],
        ["step", "timeout", "cancelled"],
    ]
    assert "gw-1 / fw-1: FAILED, conflict: " in last
    assert last.endswith("`jobs-tui describe gw-1 fw-1`")
    assert bench.execution().status_details == {"progress": "80%"}
    assert bench.journal()[0].state is ChangeState.CONFLICT


@pytest.mark.slow
def test_a_conflict_tells_a_program_what_stands_there(bench, told_json) -> None:
    bench.before_change = lambda: bench.by_the_agent(status="IN_PROGRESS")
    status, ending = told_json(*UPDATE, "failed", "--yes")
    assert (status, ending["outcome"], ending["change"]) == (1, "conflict", 1)
    assert ending["execution"]["version"] == 3
    assert ending["seen"]["version"] == 2


@pytest.mark.slow
def test_what_is_throttled_is_sent_again(bench, told) -> None:
    bench.fault("UpdateJobExecution=429:once", "DescribeJobExecution=429:once")
    status, out, _ = told(*UPDATE, "failed", "--yes")
    assert (status, "confirmed" in out) == (0, True)
    assert bench.changes_sent == 2


def test_what_cannot_be_sent_while_it_is_waited_for_is_dropped(bench, told) -> None:
    bench.fault("UpdateJobExecution=429")
    status, out, err = told(*UPDATE, "failed", "--wait", "0.1", "--yes")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "FAILED, dropped: " in err
    assert "nothing was changed" in err
    (change,) = bench.journal()
    assert change.state is ChangeState.DROPPED
    assert bench.execution().status == "IN_PROGRESS"


@pytest.mark.slow
def test_what_is_not_confirmed_in_time_is_told_so_and_settled_before_the_next_change(
    bench, told, monkeypatch
) -> None:
    bench.fault("UpdateJobExecution=hang-after:once")
    status, out, err = told(*UPDATE, "in_progress", "--detail", "a=1", "--wait", "0.3", "--yes")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "IN_PROGRESS, not confirmed: no answer so far; it is number 1 in" in err
    assert "`jobs-tui gw-1`, or the next change of the thing, settles it" in err
    assert bench.journal()[0].state is ChangeState.SENDING

    status, out, err = told(*UPDATE, "failed", "--yes")
    assert (status, err.count("\n")) == (0, 1)
    assert "number 1 of an earlier run, fw-1 / IN_PROGRESS, is confirmed" in err
    assert [each.state for each in bench.journal()] == [ChangeState.CONFIRMED] * 2
    assert bench.changes_sent == 2


@pytest.mark.slow
def test_an_endpoint_that_is_not_there_is_told_in_one_line(bench, told, monkeypatch) -> None:
    monkeypatch.setenv("JOBS_TUI_ENDPOINT_URL", "http://127.0.0.1:1")
    status, out, err = told(*UPDATE, "failed", "--yes")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "FAILED, not sent: " in err


@pytest.mark.slow
def test_who_may_not_is_told_so(bench, told) -> None:
    bench.fault("UpdateJobExecution=403")
    status, _, err = told(*UPDATE, "failed", "--yes")
    assert (status, err.count("\n")) == (1, 1)
    assert "FAILED, refused: " in err


@pytest.mark.slow
def test_where_nothing_can_be_recorded_nothing_is_sent(
    bench, told, monkeypatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", f"{tmp_path}/file")
    status, _, err = told(*UPDATE, "failed", "--yes")
    assert (status, err.count("\n")) == (1, 1)
    assert "FAILED, not sent: " in err
    assert "--no-journal" in err
    assert bench.changes_sent == 0
    assert told(*UPDATE, "failed", "--yes", "--no-journal")[0] == 0


def test_a_grant_among_the_details_is_neither_recorded_nor_sent_nor_printed(bench, told) -> None:
    url = "u=https://b/k?X-Amz-Signature=0123abcd"
    status, out, err = told(*UPDATE, "failed", "--detail", url, "--yes", "--json")
    assert status == 1
    assert json.loads(out)["outcome"] == "not recorded"
    assert "0123abcd" not in out + err
    assert bench.changes_sent == 0
    assert bench.journal() == []


def test_without_a_terminal_and_without_yes_nothing_is_even_asked(bench, told) -> None:
    status, out, err = told(*UPDATE, "failed")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "--yes" in err
    assert bench.asked == []


@pytest.mark.slow
def test_a_drop_that_takes_too_long_leaves_the_change_as_it_is(bench, told, monkeypatch) -> None:
    monkeypatch.setattr(change_errand, "DROPPED_WITHIN", 0.0)
    bench.fault("UpdateJobExecution=429")
    status, _, err = told(*UPDATE, "failed", "--wait", "0.1", "--yes")
    assert status == 1
    assert "not confirmed" in err
