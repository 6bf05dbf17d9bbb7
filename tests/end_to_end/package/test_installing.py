"""The ways to install it that the README gives, each where nothing else is."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import jobs_tui
from package.commands import NO_NETWORK, block_with, line_with, run_well
from package.pythons import other_pythons

pytestmark = pytest.mark.slow

VERSION = f"jobs-tui {jobs_tui.__version__}"

SLOWER_AT_MOST = 2.0
"""What a start of the one file may take, in starts of the installed program; it takes 1.2."""


def test_without_internet_a_folder_of_wheels_is_enough(
    installed: Path,
    shows_the_demo: Callable[..., None],
    lists_jobs: Callable[..., None],
    tmp_path: Path,
) -> None:
    assert VERSION in run_well([installed / "python", "-m", "jobs_tui", "--version"], tmp_path)
    run_well([installed / "pip", "check"], tmp_path, NO_NETWORK)
    lists_jobs(installed / "jobs-tui")
    shows_the_demo(installed / "jobs-tui")


def test_the_folder_for_an_arm64_gateway_is_complete(
    wheel: Path, readme_says: Callable[..., str], tools: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "wheels"
    folder.mkdir()
    (folder / wheel.name).write_bytes(wheel.read_bytes())
    readme_says(block_with("--platform"), tmp_path)

    tags = {path.stem.split("-", 2)[2].split("-", 1)[1] for path in folder.iterdir()}
    compiled = {tag for tag in tags if not tag.endswith("none-any")}
    assert compiled
    assert all("cp311" in tag and "manylinux2014_aarch64" in tag for tag in compiled)
    # all that is needed is found without an index, for that machine and no other
    on_the_gateway = ("--platform", "manylinux2014_aarch64", "--python-version", "3.11")
    install = [tools / "pip", "install", "--dry-run", "--target", tmp_path / "there"]
    offline = ["--find-links", folder, "--only-binary", ":all:", "jobs-tui"]
    told = run_well([*install, *on_the_gateway, *offline], tmp_path, NO_NETWORK)
    assert "Would install" in told
    assert f"jobs-tui-{jobs_tui.__version__}" in told


def test_pip_into_the_environment_that_is_active(
    source: Path, readme_says: Callable[..., str], tools: Path, tmp_path: Path
) -> None:
    run_well([tools / "uv", "venv", "--quiet", "--seed", "active"], tmp_path)
    active = tmp_path / "active" / "bin"
    environment = {"PATH": f"{active}{os.pathsep}{os.environ['PATH']}", "PIP_NO_COMPILE": "1"}
    readme_says(line_with("python3 -m pip install"), source, environment)
    assert VERSION in run_well([active / "jobs-tui", "--version"], tmp_path)


def test_pipx(
    source: Path,
    readme_says: Callable[..., str],
    shows_the_demo: Callable[..., None],
    tmp_path: Path,
) -> None:
    folders = {"PIPX_HOME": f"{tmp_path}/pipx", "PIPX_BIN_DIR": f"{tmp_path}/bin"}
    readme_says(line_with("pipx install"), source, folders)
    assert VERSION in run_well([tmp_path / "bin" / "jobs-tui", "--version"], tmp_path)
    shows_the_demo(tmp_path / "bin" / "jobs-tui")


def test_uv_tool(
    source: Path,
    readme_says: Callable[..., str],
    shows_the_demo: Callable[..., None],
    tmp_path: Path,
) -> None:
    folders = {"UV_TOOL_DIR": f"{tmp_path}/uv", "UV_TOOL_BIN_DIR": f"{tmp_path}/bin"}
    readme_says(line_with("uv tool install"), source, folders)
    assert VERSION in run_well([tmp_path / "bin" / "jobs-tui", "--version"], tmp_path)
    shows_the_demo(tmp_path / "bin" / "jobs-tui")


def test_one_file_starts_nearly_as_fast_as_what_is_installed(
    made_once: Callable[..., Path],
    wheels: Path,
    installed: Path,
    readme_says: Callable[..., str],
    shows_the_demo: Callable[..., None],
    lists_jobs: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    (tmp_path / "wheels").symlink_to(wheels)
    readme_says(block_with("shiv"), tmp_path, {**NO_NETWORK, "PIP_FIND_LINKS": f"{wheels}"})
    one_file = tmp_path / "jobs-tui.pyz"
    unpacked = tmp_path / "unpacked"
    monkeypatch.setenv("SHIV_ROOT", f"{unpacked}")

    assert VERSION in run_well([one_file, "--version"], tmp_path)
    (there,) = unpacked.glob("jobs-tui.pyz_*")
    lists_jobs(one_file)

    def fastest(program: Path) -> float:
        took = []
        for _ in range(2):
            begun = time.perf_counter()
            shows_the_demo(program, SHIV_ROOT=f"{unpacked}")
            took.append(time.perf_counter() - begun)
        return min(took)

    # the first start has compiled what is needed for it
    shows_the_demo(one_file, SHIV_ROOT=f"{unpacked}")
    assert fastest(one_file) < SLOWER_AT_MOST * fastest(installed / "jobs-tui")
    assert list(unpacked.glob("jobs-tui.pyz_*")) == [there]


@pytest.mark.parametrize("python", other_pythons())
def test_another_version_of_python_runs_the_demo(
    python: str,
    wheel: Path,
    tools: Path,
    shows_the_demo: Callable[..., None],
    lists_jobs: Callable[..., None],
    tmp_path: Path,
) -> None:
    run_well([tools / "uv", "venv", "--quiet", "--python", python, "other"], tmp_path)
    other = tmp_path / "other" / "bin"
    run_well([tools / "uv", "pip", "install", "--python", other / "python", wheel], tmp_path)
    lists_jobs(other / "jobs-tui")
    shows_the_demo(other / "jobs-tui")
