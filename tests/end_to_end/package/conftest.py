"""The package as people get it: made once for all tests, by the commands that the README gives."""

import fcntl
import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from package.commands import NO_NETWORK, ROOT, block_with, own_environment, run_well

TOOLS = ("build", "hatchling>=1.26", "mypy>=1.16", "pytest>=8.2,<9", "shiv>=1.0.8", "pipx", "uv")
"""What builds, installs and checks packages; taken from the index."""


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Has a folder filled by the first process that asks for it; the others wait meanwhile."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        made = folder / f"package-{name}"
        made.mkdir(exist_ok=True)
        done = folder / f"package-{name}.done"
        with (folder / f"package-{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                fill(made)
                done.touch()
        return made

    return make


@pytest.fixture(scope="session")
def tools(made_once: Callable[..., Path]) -> Path:
    """The folder with the programs that build, install and check packages."""

    def fill(folder: Path) -> None:
        run_well([sys.executable, "-m", "venv", folder], folder)
        install = [folder / "bin" / "pip", "install", "--quiet", "--no-compile", *TOOLS]
        run_well(install, folder)

    return made_once("tools", fill) / "bin"


@pytest.fixture(scope="session")
def built(made_once: Callable[..., Path], tools: Path) -> Path:
    """A folder with wheel and sdist, built where there is nothing but the build back end."""

    def fill(folder: Path) -> None:
        build = [tools / "python", "-m", "build", "--no-isolation", "--outdir", folder]
        run_well([*build, "--wheel", "--sdist", ROOT], folder, NO_NETWORK)

    return made_once("built", fill)


@pytest.fixture(scope="session")
def wheel(built: Path) -> Path:
    """The wheel."""
    (wheel,) = built.glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def source(made_once: Callable[..., Path], built: Path) -> Path:
    """What somebody has who has unpacked the sdist."""

    def fill(folder: Path) -> None:
        (sdist,) = built.glob("*.tar.gz")
        with tarfile.open(sdist) as archive:
            archive.extractall(folder, filter="data")

    (unpacked,) = made_once("source", fill).iterdir()
    return unpacked


@pytest.fixture(scope="session")
def readme_says(tools: Path) -> Callable[..., str]:
    """Run a block of commands of the README, with the tools on the PATH."""

    def run(block: str, folder: Path, environment: Mapping[str, str] = {}) -> str:
        path = {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
        return run_well(["bash", "-euc", block], folder, {**path, **environment})

    return run


@pytest.fixture(scope="session")
def wheels(made_once: Callable[..., Path], source: Path, readme_says: Callable[..., str]) -> Path:
    """The folder of wheels for a machine like this one."""

    def fill(_: Path) -> None:
        readme_says(block_with("pip wheel"), source)

    made_once("wheels", fill)
    return source / "wheels"


@pytest.fixture(scope="session")
def installed(
    made_once: Callable[..., Path], wheels: Path, readme_says: Callable[..., str]
) -> Path:
    """The folder of programs of an environment that has nothing but the wheels, without network."""

    def fill(folder: Path) -> None:
        (folder / "wheels").symlink_to(wheels)
        readme_says(block_with("--no-index"), folder, NO_NETWORK)

    return made_once("installed", fill) / "jobs-tui" / "bin"


@pytest.fixture
def shows_the_demo(run: Callable[..., object]) -> Callable[..., None]:
    """Whether a program shows the demo in a terminal, and is left by a key."""

    def check(*program: str | Path, **environment: str) -> None:
        command = [str(part) for part in program]
        terminal = run("demo", program=command, environment=environment)
        terminal.wait_for("live", 60)
        terminal.wait_for("! stuck")
        terminal.press("q")
        assert terminal.wait_for_end() == 0

    return check


@pytest.fixture
def lists_jobs(tmp_path: Path) -> Callable[..., None]:
    """Whether a program asks a service, here the emulator of the same program, and prints it."""

    def check(*program: str | Path) -> None:
        jobs = tmp_path / "jobs.jsonl"
        jobs.write_text('{"jobId": "reboot-7", "targets": ["gw-1"], "document": {"a": 1}}\n')
        emulator = subprocess.Popen(
            [*program, "emulator", "--jobs", jobs],
            stdout=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
            env=own_environment(),
        )
        try:
            url = re.search(r"http://127\.0\.0\.1:\d+", emulator.stdout.readline())[0]
            told = run_well(
                [*program, "list", "--region", "eu-west-3", "--endpoint-url", url, "gw-1"],
                tmp_path,
                {
                    "HOME": str(tmp_path),
                    "AWS_ACCESS_KEY_ID": "test",
                    "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
                },
            )
            assert "reboot-7" in told
        finally:
            emulator.terminate()
            assert emulator.wait(10) == 0
            emulator.stdout.close()

    return check
