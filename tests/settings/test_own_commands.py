"""Own commands in the file of settings."""

from jobs_tui.cli import main
from jobs_tui.cli.settings.file import read_file
from jobs_tui.domain.own_command import OwnCommand


def test_what_is_left_out_is_the_safer_of_the_two(file) -> None:
    file.write_text("""
[commands.flash]
key = "F"
command = 'flash "$JOBS_TUI_THING"'
[commands.logs]
key = "f5"
command = "journalctl"
name = "Device logs"
mode = "in-place"
reads = true
""")
    assert read_file(file, must_exist=True).commands == (
        OwnCommand("flash", "F", 'flash "$JOBS_TUI_THING"'),
        OwnCommand("Device logs", "f5", "journalctl", confirm=False, in_place=True, reads=True),
    )


def test_config_tells_own_commands(file, config, capsys) -> None:
    file.write_text('[commands.logs]\nkey = "f5"\ncommand = "journalctl"\nreads = true\n')
    (told,) = config().members["commands"]
    assert (told["key"], told["name"], told["command"]) == ("f5", "logs", "journalctl")
    assert main(["config"]) == 0
    assert "f5   logs         reads" in capsys.readouterr().out


def test_a_program_within_an_own_command_is_not_told_that_its_variables_are_misspelt(
    monkeypatch, config, refused
) -> None:
    monkeypatch.setenv("JOBS_TUI_THING", "gw-1")
    assert "did you mean JOBS_TUI_THINGS" in refused()[0]
    monkeypatch.setenv("JOBS_TUI_JOB", "fw-1")
    assert config()["things"][0] == []
