"""Everything hostile on every screen of the installed program, and what leaves for the terminal."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import jobs_tui
from hostile.allowed import not_allowed
from hostile.service import FLEET, ID_THINGS, TAME, HostileService
from hostile.texts import HOSTILE, SIGNS
from hostile.walk import Walk, text_of, through_everything

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "a",
    "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
    "AWS_DEFAULT_REGION": "x-1",
    "PYTHONPATH": str(Path(jobs_tui.__file__).parent.parent),
}
STEP = 8
"""Texts that the forgetful program shows at once."""

PANELS = (TAME, *ID_THINGS[:2], ID_THINGS[-1])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("things", "columns", "lines", "flags"),
    [
        pytest.param(PANELS, 80, 24, (), id="panels, 80x24"),
        pytest.param(FLEET, 80, 24, ("--low-bandwidth",), id="fleet, 80x24, low bandwidth"),
    ],
)
def test_only_our_own_sequences_leave_whatever_the_service_says(
    run: Callable[..., Any],
    service: HostileService,
    journal: Path,
    things: tuple[str, ...],
    columns: int,
    lines: int,
    flags: tuple[str, ...],
) -> None:
    arguments = (*things, *flags, "--endpoint-url", service.url, "--rate", "100")
    terminal = run(*arguments, columns=columns, lines=lines, environment=ENVIRONMENT)
    walk = Walk(terminal, thin=bool(flags))
    through_everything(walk)
    assert terminal.wait_for_end() == 0
    assert not_allowed(terminal.raw) == []
    assert journal.exists()
    assert walk.missing(SIGNS.values()) == []


@pytest.mark.parametrize("flags", [(), ("--other-textual",)], ids=["ours", "stock output"])
def test_a_widget_that_forgets_sends_nothing_either(
    run: Callable[..., Any], flags: tuple[str, ...]
) -> None:
    folder = Path(__file__).parent
    environment = {**ENVIRONMENT, "PYTHONPATH": f"{ENVIRONMENT['PYTHONPATH']}:{folder.parent}"}
    program = (sys.executable, str(folder / "forgetful.py"))
    terminal = run(*flags, program=program, columns=100, lines=40, environment=environment)
    for left in (*range(len(HOSTILE) - STEP, 0, -STEP), 0):
        terminal.wait_for(lambda left=left: f"{left} left" in text_of(terminal.screen))
        terminal.send(b"\r")
    assert terminal.wait_for_end() == 0
    assert "\ufffd" in terminal.raw.decode()
    assert not_allowed(terminal.raw) == []


@pytest.mark.slow
@pytest.mark.parametrize("columns", [80, 160])
def test_whatever_is_pasted_into_a_field_comes_out_as_signs(
    run: Callable[..., Any], service: HostileService, columns: int
) -> None:
    environment = ENVIRONMENT | {"AWS_ENDPOINT_URL": service.url}
    terminal = run(columns=columns, environment=environment)
    terminal.wait_for("thingName")
    for text in HOSTILE.values():
        data = text[:60].encode("utf-8", "surrogatepass")
        # what ends the paste before its end is typed, as are the bytes without one
        terminal.send(b"\x1b[200~" + data + b"\x1b[201~" + b"\x1b[201~")
    terminal.wait_for("\ufffd")
    terminal.send(b"\x15w\xc3\x28 \xff\x9b31m \xed\xa0\x80 z")
    terminal.wait_for("31m")
    assert not_allowed(terminal.raw) == []
    terminal.send(b"\x1b[1;2H")
    terminal.send(b"\x03")
    terminal.wait_for(lambda: b"\x1b]52;c;" in terminal.raw)
    terminal.send(b"\x18")
    terminal.wait_for_quiet()
    terminal.press("escape")
    terminal.wait_for_quiet()
    if terminal.pid:
        terminal.press("escape")
    assert terminal.wait_for_end() == 0
    assert not_allowed(terminal.raw, copying=True) == []
    assert not_allowed(terminal.raw) != []


@pytest.mark.slow
def test_what_the_last_run_saw_is_shown_as_signs_in_the_next(
    run: Callable[..., Any], service: HostileService, tmp_path: Path
) -> None:
    things = (*ID_THINGS[:2], "message")
    arguments = (*things, "--endpoint-url", service.url)
    for words in ("live", "stale "):
        terminal = run(*arguments, columns=160, lines=48, environment=ENVIRONMENT)
        terminal.wait_for(words)
        terminal.wait_for(SIGNS["red"])
        terminal.wait_for(SIGNS["C1 control sequence"])
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        assert not_allowed(terminal.raw) == []
        service.close()
    (kept,) = (tmp_path / ".cache" / "jobs-tui").glob("things-*.jsonl")
    # nor does the file itself hold what a pager would obey
    assert not_allowed(kept.read_bytes().replace(b"\n", b"\r\n")) == []
