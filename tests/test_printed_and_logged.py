"""What the program prints and logs of other people's words: no terminal obeys it later."""

import io
import logging
import sys
from pathlib import Path

import pytest

from jobs_tui.cli import main
from jobs_tui.cli.logs import keep_off_the_screen
from jobs_tui.cli.output import SafeOutput, print_all, tell, write_table

OBEYED = "\x1b]0;t\x07\x9b31m\u202e\x7f\ud800"
SHOWN = "\u241b]0;t\u2407<U+009B>31m<U+202E>\u2421<U+D800>"

TYPED = OBEYED.replace("\ud800", "\udc9b")
"""As an argument: a byte that is no UTF-8 is one of these surrogates."""


@pytest.fixture
def keeps_logging() -> object:
    """Puts the loggers back as they were."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    logging.captureWarnings(capture=False)


def test_what_a_command_prints_is_made_safe_where_it_leaves(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert print_all(lambda output: output.write(f"{OBEYED}\na\n")) is None
    tell([f"{OBEYED}\n", "b\n"])
    printed = capsys.readouterr()
    assert printed.out == f"{SHOWN}\na\n"
    assert printed.err == f"{SHOWN}\nb\n"


def test_the_columns_of_a_table_hold_whatever_is_in_them() -> None:
    output = io.StringIO()
    rows = [["固件", "x"], ["e\u0301", "x"], ["a\nb", "x"], [OBEYED, "x"], ["plain", "x"]]
    write_table(rows, SafeOutput(output))
    lines = output.getvalue().splitlines()
    assert len(lines) == len(rows)
    width = len(SHOWN)
    assert lines[0] == "固件" + " " * (width - 4) + "  x"
    assert lines[1] == "e\u0301" + " " * (width - 1) + "  x"
    assert lines[2] == "a\u240ab".ljust(width) + "  x"
    assert lines[4] == "plain".ljust(width) + "  x"


@pytest.mark.parametrize(
    "words",
    [
        [f"--{TYPED}"],
        ["--rate", TYPED, "gw-1"],
        ["--region", TYPED, "gw-1"],
        ["--config", f"/nowhere/{TYPED}", "gw-1"],
        [TYPED],
        ["--things-file", f"/nowhere/{TYPED}"],
        ["demo", "--seed", TYPED],
        ["journal", "--since", TYPED],
        ["journal", "--thing", TYPED],
        ["emulator", "--port", TYPED],
        ["emulator", "--thing", TYPED],
        ["emulator", "--jobs", f"/nowhere/{TYPED}"],
        ["doctor", TYPED],
        ["describe", TYPED, "fw-1"],
        ["describe", "gw-1", TYPED],
        ["update", "gw-1", "fw-1", TYPED],
        ["update", "gw-1", "fw-1", "FAILED", "--detail", TYPED],
        ["update", "gw-1", "fw-1", "FAILED", "--detail", f"{TYPED}=1"],
        ["start", "gw-1", "--detail", f"reason={TYPED}"],
    ],
)
def test_arguments_are_told_back_as_signs(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    try:
        status = main(words)
    except SystemExit as ended:
        status = ended.code
    printed = capsys.readouterr()
    assert status != 0
    assert printed.err.startswith("jobs-tui: ")
    assert (printed.out + printed.err).replace("\n", "").isprintable()


@pytest.mark.usefixtures("keeps_logging")
def test_a_log_holds_no_line_that_another_has_forged(tmp_path: Path) -> None:
    keep_off_the_screen(tmp_path / "log")
    forged = "2026-01-01 00:00:00,000 CRITICAL jobs_tui all is lost"
    logging.getLogger("a").warning("said %s", f"{OBEYED}\n{forged}\r{forged}")
    error = ValueError(f"{OBEYED}\n{forged}")
    logging.getLogger("a").error("failed", exc_info=error)
    logging.shutdown([])
    text = (tmp_path / "log").read_text("utf-8")
    assert SHOWN in text
    assert text.replace("\n", "").isprintable()
    begun = [line for line in text.splitlines() if not line.startswith("  ")]
    assert [line.split(" ", 7)[7] for line in begun] == [f'said="said {SHOWN}"', "said=failed"]
