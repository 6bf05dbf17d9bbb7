"""Taking a document out: a copy, a file, another program; and what the panels copy."""

import json
import os
import shlex
import stat

import pytest

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.domain.indented_json import with_visible_signs
from jobs_tui.engine.store import Connected
from jobs_tui.ui.aside.aws_command import describe_command
from jobs_tui.ui.aside.copying import MOST_BYTES
from jobs_tui.ui.aside.private_text import file_name, private_text
from jobs_tui.ui.aside.private_write import write_private
from jobs_tui.ui.aside.told_end import told_end
from jobs_tui.ui.aside.viewer import NoViewerError, viewer

URL = "https://b.s3.amazonaws.com/k?X-Amz-Signature=hunter2"
DOCUMENT = json.dumps({"url": URL, "note": "a\nb\u202e", "n": 1}, separators=(",", ":"))


@pytest.fixture(autouse=True)
def outside(monkeypatch, tmp_path):
    """In a folder of its own, with a pager that is a script."""
    for name in ("PAGER", "VISUAL", "EDITOR", "TMUX", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.chdir(tmp_path)


async def open_document(account, screen, document=DOCUMENT) -> None:
    account.create_thing("gw-1")
    account.create_job("fw-1", ("gw-1",), document)
    await screen.see("fw-1")
    await screen.press("o")
    await screen.see(lambda: screen.app.screen.document_read)


async def test_c_asks_for_value_or_document_and_copies_it_masked(account, cockpit) -> None:
    async with cockpit("gw-1") as screen:
        await open_document(account, screen)
        await screen.press("c")
        await screen.see("copied the document")
        await screen.press("down", "c")
        await screen.see("secrets stay masked")
        await screen.press("enter")
        await screen.see("copied url")
        assert screen.app.clipboard == URL.replace("hunter2", "•" * 6)
        await screen.press("c")
        await screen.press("tab", "enter")
        await screen.see("copied the document")
        assert json.loads(screen.app.clipboard)["note"] == "a\nb\u202e"
        assert "\u202e" not in screen.app.clipboard
        assert f"{len(screen.app.clipboard.encode())} bytes (if the terminal" in screen.text
        await screen.press("u", "c")
        await screen.see("secrets are in it")
        await screen.press("enter")
        await screen.see(lambda: screen.app.clipboard == URL)


async def test_what_is_too_large_to_copy_is_not_sent_but_told(account, cockpit) -> None:
    at_most = json.dumps({"a": "x" * (MOST_BYTES - 8)}, separators=(",", ":"))
    for text, copied in ((at_most, True), (at_most + " ", False)):
        async with cockpit("gw-1") as screen:
            account.create_thing("gw-1")
            await screen.see("gw-1")
            screen.app.screen.copy(text, "it")
            await screen.see("copied it, 56,244 bytes" if copied else "it not copied: 56,245 bytes")
            assert (screen.app.clipboard == text) is copied


async def test_w_writes_a_file_for_its_owner_and_asks_before_it_replaces_one(
    account, cockpit, tmp_path, monkeypatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    path = tmp_path / "fw-1.json"
    async with cockpit("gw-1") as screen:
        await open_document(account, screen)
        await screen.press("w")
        await screen.see("masked (u shows them first)")
        await screen.press("enter")
        await screen.see("written: ")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.read_text() == DOCUMENT.replace("hunter2", "•" * 6)
        await screen.press("u", "w")
        await screen.see("as received, secrets in it")
        await screen.press("enter")
        await screen.see("There is such a file already")
        await screen.press("enter")
        await screen.see(lambda: "There is such a file" not in screen.text)
        assert "hunter2" not in path.read_text()
        await screen.press("enter")
        await screen.see("There is such a file already")
        await screen.press("left", "enter")
        await screen.see("written: ")
        assert path.read_text() == DOCUMENT
        await screen.press("w", *["backspace"] * len("fw-1.json"))
        await screen.type("~/no/such.json")
        await screen.press("enter")
        await screen.see("not written: No such file or directory")
        await screen.type("x" * 100_000)
        await screen.press("enter")
        await screen.see("not written: File name too long")
        await screen.press("escape")
        await screen.see("fetch again")
    assert sorted(each.name for each in tmp_path.glob("*.json")) == ["fw-1.json"]
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".fw-1")]


async def test_e_opens_what_is_shown_and_leaves_no_file(
    account, cockpit, tmp_path, monkeypatch
) -> None:
    reader = tmp_path / "my reader"
    reader.write_text(f'#!/bin/sh\necho "$*" >> {tmp_path}/seen\ncat "$2" >> {tmp_path}/seen\n')
    reader.chmod(0o700)
    monkeypatch.setenv("PAGER", f"'{reader}' -x")
    seen = tmp_path / "seen"
    async with cockpit("gw-1") as screen:
        await open_document(account, screen)
        await screen.press("e")
        await screen.see(lambda: seen.exists() and '"n": 1' in seen.read_text())
        assert seen.read_text().startswith("-x /")
        assert "hunter2" not in seen.read_text()
        assert "\\u202e" in seen.read_text()
        await screen.press("u", "e")
        await screen.see(lambda: "hunter2" in seen.read_text())
    assert not list(tmp_path.glob("jobs-tui-*"))


async def test_what_is_wrong_with_the_pager_is_told(
    account, cockpit, monkeypatch, tmp_path
) -> None:
    async with cockpit("gw-1") as screen:
        await open_document(account, screen)
        for pager, told in (
            ("/no/such", "there is no program /no/such, which $PAGER names"),
            ("less 'x", "$PAGER cannot be read: No closing quotation"),
            ("sh -c 'echo x >> $0'", "what was changed in the file is not kept"),
            ("sh -c 'kill -9 $$'", "sh was ended by SIGKILL"),
            ("sh -c 'exit 7'", "sh ended with status 7"),
        ):
            monkeypatch.setenv("PAGER", pager)
            await screen.press("e")
            await screen.see(told)
    assert not list(tmp_path.glob("jobs-tui-*"))


async def test_the_panels_copy_the_job_id_and_a_command(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1") as screen:
        await screen.press("c")
        await screen.see("Copy the job id: not now, this thing has no pending job")
        account.create_job("fw-1", ("gw-1",), "{}")
        await screen.see("fw-1")
        await screen.press("c")
        await screen.see("copied the job id fw-1, 4 bytes")
        assert screen.app.clipboard == "fw-1"
        await screen.press("C")
        await screen.see("copied an AWS CLI command for fw-1")
        words = shlex.split(screen.app.clipboard)
        assert words[:3] == ["aws", "iot-jobs-data", "describe-job-execution"]
        assert words[words.index("--endpoint-url") + 1] == screen.server.url
        assert words[words.index("--execution-number") + 1] == "1"


def test_a_command_is_quoted_for_a_shell() -> None:
    link = Connected("https://h/?a&b", "eu-west-3", "given")
    command = describe_command(ExecutionKey("-x", "a; rm -rf $HOME 'b'", 2), link)
    assert shlex.split(command)[3:] == [
        "--thing-name=-x",
        "--job-id",
        "a; rm -rf $HOME 'b'",
        "--execution-number",
        "2",
        "--endpoint-url",
        "https://h/?a&b",
        "--region",
        "eu-west-3",
        "--include-job-document",
    ]
    assert "--endpoint-url" not in describe_command(ExecutionKey("gw-1", "fw-1"), None)


def test_the_pager_counts_before_the_editor_and_less_where_neither_is_set() -> None:
    assert viewer({"EDITOR": "vi -R", "PAGER": "most"}).words == ("most",)
    assert viewer({"EDITOR": "vi -R", "PAGER": " "}).words == ("vi", "-R")
    assert viewer({"EDITOR": "vi", "VISUAL": "emacs"}).source == "VISUAL"
    assert viewer({}).words == ("less",)
    assert "set PAGER or EDITOR" in viewer({}).not_there()
    with pytest.raises(NoViewerError):
        viewer({"PAGER": "''"})


def test_a_temporary_file_is_gone_also_when_there_is_no_time(tmp_path) -> None:
    at_once = set()
    with private_text("a.json", "x\udc80", {"XDG_RUNTIME_DIR": "relative"}, at_once) as path:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        for call in at_once:
            call()
        assert not path.parent.exists()
    assert not at_once
    assert file_name("../\x1b;") == "_____.json"
    assert file_name("") == "job.json"


def test_only_a_file_is_replaced_and_only_when_told_so(tmp_path) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    with pytest.raises(FileExistsError):
        write_private(path, b"new", replace=False)
    assert path.read_text() == "old"
    os.mkfifo(tmp_path / "pipe")
    for other in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(OSError, match="could be replaced"):
            write_private(other, b"new", replace=True)
    write_private(path, b"new", replace=True)
    assert path.read_text() == "new"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a", "pipe"]


def test_what_draws_nothing_is_written_as_json_writes_it() -> None:
    text = '{"a": "é😀\u200b\x7f\ue000",\r\n\t"b": 1}'
    written = with_visible_signs(text)
    assert written == '{"a": "é😀\\u200b\\u007f\\ue000",\r\n\t"b": 1}'
    assert json.loads(written) == json.loads(text)


def test_the_end_of_a_program_is_told_by_its_status() -> None:
    assert told_end("vi", 0) is None
    assert told_end("vi", 1) == "vi ended with status 1"
    assert told_end("vi", -9) == "vi was ended by SIGKILL"
    assert told_end("vi", -63) == "vi was ended by signal 63"
