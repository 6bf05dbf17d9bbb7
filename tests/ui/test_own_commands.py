"""The user's own commands: bound to keys, over the selected row, by its environment alone."""

import os
import time
from pathlib import Path

from jobs_tui.domain.own_command import VARIABLES, OwnCommand
from jobs_tui.ui.screens.choice_dialog import ChoiceDialog

OUTPUT = "yes 0123456789abcdef | head -c 300000; echo; echo 'the \033]0;last\007 line'; exit 4"


def with_job(account, job_id="fw-1", document='{"a":1}') -> None:
    account.create_thing("gw-1")
    account.create_job(job_id=job_id, targets=("gw-1",), document=document)


def is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(condition, seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline


async def test_a_command_gets_its_row_in_the_environment(
    account, cockpit, tmp_path, monkeypatch
) -> None:
    with_job(account)
    monkeypatch.setenv("JOBS_TUI_DOCUMENT_FILE", "/of/another/row")
    notes = tmp_path / "notes"
    command = (
        f'env > {notes}; [ -z "$JOBS_TUI_DOCUMENT_FILE" ] || '
        f'{{ stat -c "mode %a" "$JOBS_TUI_DOCUMENT_FILE"; cat "$JOBS_TUI_DOCUMENT_FILE"; }} '
        f">> {notes}; echo done"
    )
    own = OwnCommand("Look", "F", command, confirm=False)
    async with cockpit("gw-1", commands=(own,)) as screen:
        await screen.see("fw-1")
        await screen.press("F")
        await screen.see("Look ended with status 0 over fw-1: done")
        env = dict(line.partition("=")[::2] for line in notes.read_text().splitlines())
        assert [env.get(name) for name in VARIABLES[:5]] == ["gw-1", "fw-1", "1", "QUEUED", "1"]
        assert env["JOBS_TUI_ENDPOINT"] == screen.server.url
        assert env["JOBS_TUI_REGION"] == "eu-west-3"
        assert not any(name.startswith("AWS_S") for name in env if name not in os.environ)
        assert env.get("JOBS_TUI_DOCUMENT_FILE") != "/of/another/row"
        await screen.press("o")
        await screen.see('"a": 1')
        await screen.press("escape")
        await screen.press("F")
        await screen.see(lambda: "mode 600" in notes.read_text())
        await screen.see(lambda: notes.read_text().endswith('{"a":1}'))
        file = next(line for line in notes.read_text().splitlines() if "DOCUMENT_FILE" in line)
        await screen.see("Look ended with status 0")
        await screen.see(lambda: not Path(file.partition("=")[2]).parent.exists())


async def test_what_a_command_says_is_bounded_and_safe_and_never_on_the_terminal(
    account, cockpit
) -> None:
    with_job(account)
    reach = "read x; (echo wrecked > /dev/tty) 2>/dev/null && echo reached || echo 'no way'"
    owns = (
        OwnCommand("Say", "F", OUTPUT, confirm=False),
        OwnCommand("Row", "M", "printf '%s' \"$JOBS_TUI_JOB ${JOBS_TUI_JOB}\"", confirm=False),
        OwnCommand("Reach", "f5", reach, confirm=False),
    )
    async with cockpit("gw-1", commands=owns) as screen:
        await screen.see("fw-1")
        await screen.press("F")
        await screen.see("Say ended with status 4 over fw-1: the \u241b]0;last\u2407 line")
        await screen.press("M")
        await screen.see("over fw-1: fw-1 fw-1")
        await screen.press("f5")
        await screen.see("over fw-1: no way")


async def test_a_command_that_changes_is_asked_about_and_not_run_by_an_early_enter(
    account, cockpit, tmp_path, monkeypatch
) -> None:
    with_job(account)
    own = OwnCommand("Flash", "f5", "touch run")
    monkeypatch.chdir(tmp_path)
    async with cockpit("gw-1", commands=(own,)) as screen:
        await screen.see("fw-1")
        await screen.press("f5")
        await screen.see("touch run")
        assert "over gw-1 / fw-1, QUEUED" in screen.text
        await screen.press("enter")
        await screen.see(lambda: not isinstance(screen.app.screen, ChoiceDialog))
        assert not (tmp_path / "run").exists()
        await screen.press("f5")
        await screen.see("Flash")
        await screen.press("left", "enter")
        await screen.see("Flash ended with status 0")
        assert (tmp_path / "run").exists()


async def test_commands_are_told_in_help_and_palette_and_not_run_where_nothing_may_change(
    account, cockpit, tmp_path
) -> None:
    with_job(account)
    owns = (
        OwnCommand("Flash", "F", f"touch {tmp_path}/run"),
        OwnCommand("Logs", "f6", "echo 'a\x1b[31m[/]'", confirm=False, reads=True),
    )
    async with cockpit("gw-1", commands=owns, read_only=True, size=(110, 60)) as screen:
        await screen.see("fw-1")
        await screen.press("F")
        await screen.see("not marked as reading")
        await screen.press("f6")
        await screen.see("Logs ended with status 0")
        await screen.press("question_mark")
        await screen.press("end")
        await screen.see("Logs: echo 'a\u241b[31m[/]'")
        await screen.press("escape", "ctrl+p")
        await screen.see("Search for commands")
        await screen.press(*"Logs")
        await screen.see("f6 · Logs")
    assert not (tmp_path / "run").exists()


async def test_a_command_that_hangs_is_seen_and_can_be_ended(account, cockpit, tmp_path) -> None:
    with_job(account)
    pid = tmp_path / "pid"
    command = f"sleep 1000 & echo $! > {pid}; wait; wait"
    own = OwnCommand("Hang", "F", command, confirm=False)
    async with cockpit("gw-1", commands=(own,), size=(110, 60)) as screen:
        await screen.see("fw-1")
        await screen.press("F")
        await screen.see("Hang runs over fw-1")
        await screen.see(lambda: pid.exists() and pid.read_text().strip())
        await screen.press("F")
        await screen.see("has not ended")
        await screen.press("left", "enter")
        await screen.see("Hang was ended by SIGTERM")
        assert not is_there(int(pid.read_text()))


async def test_a_command_that_hangs_ends_with_the_cockpit(account, cockpit, tmp_path) -> None:
    with_job(account)
    pid = tmp_path / "pid"
    own = OwnCommand("Hang", "F", f"sleep 1000 & echo $! > {pid}; wait", confirm=False)
    async with cockpit("gw-1", commands=(own,)) as screen:
        await screen.see("fw-1")
        await screen.press("F")
        await screen.see(lambda: pid.exists() and pid.read_text().strip())
    wait_until(lambda: not is_there(int(pid.read_text())))


async def test_a_command_in_place_ends_with_its_status_told(account, cockpit) -> None:
    with_job(account)
    owns = (
        OwnCommand("Good", "F", "exit 0", confirm=False, in_place=True),
        OwnCommand("Bad", "M", "/no/such 2>/dev/null", confirm=False, in_place=True),
    )
    async with cockpit("gw-1", commands=owns) as screen:
        await screen.see("fw-1")
        await screen.press("F")
        await screen.see("Good ended with status 0 over fw-1")
        await screen.press("M")
        await screen.see("Bad ended with status 127 over fw-1")
