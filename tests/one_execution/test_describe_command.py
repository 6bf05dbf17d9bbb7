"""`jobs-tui describe`: all members for a person, or for a program, or the document alone."""

import io
import json
import sys

import pytest
from aiohttp import web

from jobs_tui.cli import main

DOCUMENT = (
    '{"a": "\u202e\x1b[31m",\n\t"u": "https://b/k?X-Amz-Signature=0123abcd", "half": "\ud800"}'
)
HOSTILE = {"a\x1b[31m": "1\n2\u202e", "url": "https://b/k?X-Amz-Signature=0123abcd"}


def answer(bench, **members: object) -> None:
    """Let the service tell of an execution with these members."""
    told = {"jobId": "fw-1", "thingName": "gw-1", "status": "IN_PROGRESS", **members}
    bench.instead = lambda path: web.json_response({"execution": told})


def test_every_member_stands_on_a_line_of_its_own(bench, told) -> None:
    status, out, err = told("describe", "gw-1", "$next")
    assert (status, err) == (0, "")
    lines = dict(line.split(maxsplit=1) for line in out.splitlines() if line.startswith("  "))
    assert lines == {"progress": "60%"}
    names = ["thing", "job", "status", "version number", "execution number", "queued", "started"]
    assert [line[:20].rstrip() for line in out.splitlines()][:7] == names
    assert out.splitlines()[2].split() == ["status", "IN_PROGRESS"]
    assert bench.asked == ["GET /things/gw-1/jobs/%24next?includeJobDocument=false"]


def test_hostile_details_are_shown_as_signs_and_grants_are_hidden(bench, told) -> None:
    answer(bench, statusDetails=HOSTILE)
    status, out, err = told("describe", "gw-1", "fw-1")
    assert status == 0
    assert "a\u241b[31m" in out
    assert "1\u240a2<U+202E>" in out
    assert "X-Amz-Signature=\u2022" in out
    assert (out + err).replace("\n", "").isprintable()


def test_a_pipe_gets_the_document_byte_for_byte(bench, capsysbinary) -> None:
    answer(bench, jobDocument=DOCUMENT)
    assert main(["describe", "gw-1", "fw-1", "--document"]) == 0
    printed = capsysbinary.readouterr()
    assert printed.out == DOCUMENT.replace("\ud800", "\\ud800").encode()
    assert printed.err == b""
    assert bench.asked == ["GET /things/gw-1/jobs/fw-1?includeJobDocument=true"]


def test_a_terminal_gets_the_document_with_signs_and_without_grants(
    bench, capsys, monkeypatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    answer(bench, jobDocument=DOCUMENT)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    assert main(["describe", "gw-1", "fw-1", "--document"]) == 0
    out = terminal.getvalue()
    assert out.startswith('{"a": "<U+202E>\u241b[31m",\n        "u": ')
    assert out.endswith(
        'X-Amz-Signature=\u2022\u2022\u2022\u2022\u2022\u2022", "half": "<U+D800>"}\n'
    )
    assert "a pipe or a file gets all of it" in capsys.readouterr().err


@pytest.mark.slow
def test_a_program_gets_all_members(bench, told_json) -> None:
    status, members = told_json("describe", "gw-1", "fw-1", "--execution-number", "1")
    assert status == 0
    assert members["queued_at"].endswith("Z")
    del members["queued_at"], members["started_at"], members["last_updated_at"]
    assert members == {
        "thing": "gw-1",
        "job": "fw-1",
        "execution_number": 1,
        "status": "IN_PROGRESS",
        "version": 2,
        "seconds_before_timed_out": None,
        "status_details": {"progress": "60%"},
    }
    assert "executionNumber=1" in bench.asked[0]


@pytest.mark.slow
def test_what_cannot_be_described_is_told_in_one_line(bench, told, monkeypatch) -> None:
    cases = {
        ("gw-9", "$next"): "gw-9: nothing is pending (an unknown thing",
        ("gw-1", "none"): "not found",
        ("gw-1", "fw-1"): "has finished",
    }
    bench.emulator.call(bench.by_the_agent, status="FAILED")
    for (thing, job), words in cases.items():
        status, out, err = told("describe", thing, job)
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert words in err
    bench.fault("DescribeJobExecution=429:once")
    assert told("describe", "gw-2", "fw-1")[0] == 0
    monkeypatch.setenv("JOBS_TUI_ENDPOINT_URL", "http://127.0.0.1:1")
    status, out, err = told("describe", "gw-1", "fw-1")
    assert (status, out, err.count("\n")) == (1, "", 1)


@pytest.mark.slow
def test_an_execution_without_a_document_has_none_to_print(bench, told) -> None:
    answer(bench)
    status, out, err = told("describe", "gw-1", "fw-1", "--document")
    assert (status, out) == (1, "")
    assert "no job document" in err


@pytest.mark.slow
def test_the_json_of_hostile_details_can_be_read_and_looked_at(bench, told) -> None:
    answer(bench, statusDetails=HOSTILE)
    _, out, _ = told("describe", "gw-1", "fw-1", "--json")
    assert out.isascii()
    assert json.loads(out)["status_details"]["a\x1b[31m"] == "1\n2\u202e"
    assert "0123abcd" not in out
