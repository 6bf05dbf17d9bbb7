"""How each command of the README is run by a test: one row for each, verbatim."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from readme.world import World

START_NEXT = "jobs-tui start gw-lyon-01 --step-timeout 30"


class Prints(NamedTuple):
    """It ends by itself, and prints."""

    wanted: str
    status: int = 0
    before: Callable[[World], object] = World.nothing
    """What has to have happened."""


class Asks(NamedTuple):
    """It asks on a terminal, where the answer is yes."""

    wanted: str
    before: Callable[[World], object] = World.nothing


class Shows(NamedTuple):
    """It is the cockpit, which shows this, and ends by `q`."""

    wanted: str
    ends_by: str = "q"


class GoesOn(NamedTuple):
    """It prints this, and goes on until it is ended by a signal."""

    wanted: str
    status: int


class TestedBy(NamedTuple):
    """Another test runs it: its file below `tests`, and its name."""

    __test__ = False

    file: str
    name: str


Way = Prints | Asks | Shows | GoesOn | TestedBy

_INSTALLING = "end_to_end/package/test_installing.py"
_WHEELS = TestedBy(_INSTALLING, "test_without_internet_a_folder_of_wheels_is_enough")
_ARM = TestedBy(_INSTALLING, "test_the_folder_for_an_arm64_gateway_is_complete")
_ONE_FILE = TestedBy(_INSTALLING, "test_one_file_starts_nearly_as_fast_as_what_is_installed")
_GATE = TestedBy("../.ci/run", "test_command")
_SESSION = TestedBy(
    "end_to_end/readme/test_commands.py", "test_the_emulator_is_used_as_the_readme_says"
)

WAYS: Mapping[str, Way] = {
    "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/jobs-tui demo": TestedBy(
        _INSTALLING, "test_pip_into_the_environment_that_is_active"
    ),
    "python3 -m venv .venv && .venv/bin/pip install '.[test]' && .venv/bin/python -m pytest": _GATE,
    ".venv/bin/python -m pytest -m slow": _GATE,
    ".venv/bin/python tests/benchmarks": TestedBy(
        "benchmarks/test_benchmarks.py",
        "test_the_command_measures_everything_and_tells_it_in_a_table_and_plots",
    ),
    "jobs-tui demo --things 1000": Shows("of 1,000 asked"),
    # installing
    "python3 -m pip install .": TestedBy(
        _INSTALLING, "test_pip_into_the_environment_that_is_active"
    ),
    "pipx install .": TestedBy(_INSTALLING, "test_pipx"),
    "uv tool install .": TestedBy(_INSTALLING, "test_uv_tool"),
    "python3 -m pip wheel --no-deps --wheel-dir wheels .": _WHEELS,
    "python3 -m pip download --dest wheels wheels/jobs_tui-*.whl": _WHEELS,
    "python3 -m venv jobs-tui": _WHEELS,
    "jobs-tui/bin/pip install --no-index --find-links wheels jobs-tui": _WHEELS,
    "python3 -m pip download --dest wheels --only-binary :all: --platform manylinux2014_aarch64 "
    "--python-version 3.11 wheels/jobs_tui-*.whl": _ARM,
    "shiv --console-script jobs-tui --output-file jobs-tui.pyz --python '/usr/bin/env python3' "
    "wheels/jobs_tui-*.whl": _ONE_FILE,
    "./jobs-tui.pyz demo": _ONE_FILE,
    # the cockpit
    "jobs-tui gw-lyon-01 boiler-07": Shows("fw-1"),
    "jobs-tui --region eu-west-3 --profile field gw-lyon-01": Shows("fw-1"),
    "jobs-tui --group lyon": Shows("fw-1"),
    "jobs-tui --things-file lyon.txt": Shows("fw-1"),
    "jobs-tui": Shows("found", ends_by="escape"),
    "jobs-tui --cert gw.pem --key gw.key "
    "--endpoint-url https://PREFIX-ats.iot.REGION.amazonaws.com gw-1": Shows("job-1"),
    "jobs-tui --cert gw.pem --key gw.key --role-alias jobs --credentials-thing gw-1 "
    "--credentials-endpoint https://PREFIX.credentials.iot.REGION.amazonaws.com gw-1": Shows(
        "job-1"
    ),
    "jobs-tui --context bench": Shows("bench-1"),
    "export AWS_PROFILE=field AWS_REGION=eu-west-3": Prints(""),
    "jobs-tui doctor gw-lyon-01": Prints("get pending"),
    "jobs-tui gw-lyon-01": Shows("fw-1"),
    "python3 -m pip install '.[web]'": _GATE,
    'textual serve -c "jobs-tui demo"': TestedBy(
        "end_to_end/test_served.py",
        "test_somebody_with_nothing_but_a_browser_looks_around_and_changes_nothing",
    ),
    # what tells of itself
    "jobs-tui config --context bench --read-only": Prints("bench.pem"),
    "jobs-tui config --json": Prints('"settings"'),
    "jobs-tui info": Prints("journal.sqlite"),
    "jobs-tui keys": Prints("change-status"),
    "jobs-tui completion bash > ~/.local/share/bash-completion/completions/jobs-tui": Prints(
        "", before=World.make_shell_folders
    ),
    "jobs-tui completion zsh > ~/.zfunc/_jobs-tui": Prints("", before=World.make_shell_folders),
    "jobs-tui completion fish > ~/.config/fish/completions/jobs-tui.fish": Prints(
        "", before=World.make_shell_folders
    ),
    "jobs-tui man | man -l -": Prints("EXIT STATUS"),
    "grep ' decided .*about=change' jobs-tui.log": Prints("now=confirmed", before=World.keep_a_log),
    "awk '$5 == \"thing=gw-1\"' jobs-tui.log": Prints(
        "GetPendingJobExecutions", before=World.keep_a_log
    ),
    "grep 'request=8e525a2f' jobs-tui.log": Prints(" answered ", before=World.keep_a_log),
    "jobs-tui doctor": Prints("get pending"),
    "jobs-tui doctor --endpoint-url http://127.0.0.1:8129 gw-1": Prints("job-1 is QUEUED"),
    # for scripts
    "jobs-tui list gw-lyon-01 boiler-07": Prints("fw-1"),
    "jobs-tui list --group lyon --json": Prints('"job": "fw-1"'),
    "jobs-tui list --group lyon --fail-on stuck": Prints("fw-1"),
    "jobs-tui list --fail-on stuck; case $? in 0) exit 0;; 3) exit 2;; *) exit 3;; esac": Prints(
        "fw-1", before=World.watch_lyon
    ),
    "jobs-tui list --watch gw-lyon-01": GoesOn("fw-1", 128 + 15),
    "jobs-tui describe gw-lyon-01 fw-1": Prints("QUEUED"),
    "jobs-tui describe gw-lyon-01 '$next' --document | jq .": Prints('"operation": "reboot"'),
    START_NEXT: Asks("fw-1"),
    "jobs-tui update gw-lyon-01 fw-1 FAILED --detail reason='disk full'": Asks("FAILED"),
    "jobs-tui update gw-lyon-01 fw-1 SUCCEEDED --expected-version 4 --yes --json": Prints(
        '"outcome": "confirmed"', before=World.bring_to_version_4
    ),
    "jobs-tui journal": Prints("fw-1", before=World.start_next),
    "jobs-tui journal --thing gw-lyon-01 --since 2h --json": Prints(
        "fw-1", before=World.start_next
    ),
    "jobs-tui journal --since 2026-11-01 --csv": Prints("thing", before=World.start_next),
    # the emulator by itself
    "jobs-tui emulator": GoesOn("http://127.0.0.1:", 0),
    "jobs-tui emulator --fault GetPendingJobExecutions=503:5% "
    "--fault UpdateJobExecution=cut-after:once": GoesOn("http://127.0.0.1:", 0),
    "jobs-tui emulator --port 8123": _SESSION,
    "aws iot create-thing --thing-name gw-1 --endpoint-url http://127.0.0.1:8123": _SESSION,
    'aws iot create-job --job-id job-1 --document \'{"operation": "reboot"}\' --targets '
    "arn:aws:iot:us-east-1:123456789012:thing/gw-1 --endpoint-url http://127.0.0.1:8123": _SESSION,
    "aws iot-jobs-data get-pending-job-executions --thing-name gw-1 "
    "--endpoint-url http://127.0.0.1:8123": _SESSION,
    "jobs-tui gw-1 --endpoint-url http://127.0.0.1:8123": _SESSION,
}
