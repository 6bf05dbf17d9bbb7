"""Another project's tests use the emulator, with the types that the package ships."""

from collections.abc import Callable
from pathlib import Path

import pytest

from package.commands import run_well

pytestmark = pytest.mark.slow

FOREIGN_TEST = '''
"""An agent's tests."""

import urllib.request
from collections.abc import Iterator

import pytest
from jobs_tui.emulator import Emulator, Fault, ManualClock, Switches


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    faults = [Fault.parse("UpdateJobExecution=cut-after:once")]
    with Emulator(Switches(things=["gw-1"], faults=faults), clock=ManualClock(1.8e9)) as emulator:
        yield emulator


def test_an_agent_is_told_its_job(emulator: Emulator) -> None:
    emulator.call(emulator.account.create_job, "job-1", ["gw-1"], '{"operation": "reboot"}')
    with urllib.request.urlopen(f"{emulator.url}/things/gw-1/jobs") as answer:
        assert b"job-1" in answer.read()
'''


@pytest.fixture(scope="module")
def foreign(made_once: Callable[..., Path], installed: Path, tools: Path) -> Path:
    """Another project; its type checker and its pytest see the installed package."""

    def fill(folder: Path) -> None:
        (folder / "test_agent.py").write_text(FOREIGN_TEST)
        (packages,) = installed.parent.glob("lib/python*/site-packages")
        (of_tools,) = tools.parent.glob("lib/python*/site-packages")
        (of_tools / "installed.pth").write_text(f"{packages}\n")

    return made_once("foreign", fill)


def test_a_strict_type_checker_is_content_and_finds_a_wrong_use(foreign: Path, tools: Path) -> None:
    check = [tools / "mypy", "--strict", "--cache-dir", foreign / "cache"]
    run_well([*check, "test_agent.py"], foreign)
    (foreign / "wrong.py").write_text(
        "from jobs_tui.emulator import Switches\nSwitches(things=1)\n"
    )
    with pytest.raises(AssertionError, match='Argument "things" to "Switches" has incompatible'):
        run_well([*check, "wrong.py"], foreign)


def test_the_fixture_serves_a_test_of_another_project(foreign: Path, tools: Path) -> None:
    assert "1 passed" in run_well([tools / "python", "-m", "pytest", "test_agent.py"], foreign)
