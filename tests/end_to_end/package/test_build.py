"""What is in the wheel and the sdist, built where there is nothing but the build back end."""

import zipfile
from pathlib import Path

import pytest

import jobs_tui
from package.commands import NO_NETWORK, ROOT, run_well

pytestmark = pytest.mark.slow


FOR_SHELLS_AND_MAN = (
    "share/bash-completion/completions/jobs-tui",
    "share/zsh/site-functions/_jobs-tui",
    "share/fish/vendor_completions.d/jobs-tui.fish",
    "share/man/man1/jobs-tui.1",
)
"""Below the folder that it is installed into, where these look."""


def files_of_the_package() -> set[str]:
    return {
        f"{path.relative_to(ROOT)}"
        for path in (ROOT / "jobs_tui").rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    about = f"jobs_tui-{jobs_tui.__version__}.dist-info"
    expected = files_of_the_package() | {
        f"{about}/{name}"
        for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")
    }
    expected |= {f"jobs_tui-{jobs_tui.__version__}.data/data/{path}" for path in FOR_SHELLS_AND_MAN}
    with zipfile.ZipFile(wheel) as archive:
        assert set(archive.namelist()) == expected
    assert {"jobs_tui/py.typed", "jobs_tui/ui/app.tcss"} < expected
    assert wheel.name == f"jobs_tui-{jobs_tui.__version__}-py3-none-any.whl"


def test_the_sdist_builds_the_same_wheel_without_network(
    tools: Path, source: Path, wheel: Path, tmp_path: Path
) -> None:
    build = [tools / "python", "-m", "build", "--no-isolation", "--wheel", "--outdir", tmp_path]
    run_well([*build, source], tmp_path, NO_NETWORK)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()
