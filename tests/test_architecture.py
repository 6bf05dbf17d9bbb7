"""The arrows between the layers, and what is not imported before the first frame."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_layers_keep_their_contracts() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_nothing_of_the_sdk_is_loaded_when_the_first_frame_is_painted(tmp_path: Path) -> None:
    program = """
import asyncio, sys
from jobs_tui.cli.arguments import parse
from jobs_tui.cli.cockpit import run_cockpit, run_demo
from jobs_tui.cli.settings.reading import settings_source
from jobs_tui.ui.app import CockpitApp

painted = asyncio.Event()

def first_frame_is_painted(app):
    loaded = {name.partition(".")[0] for name in sys.modules}
    found = sorted(loaded & {"aiobotocore", "botocore", "aiohttp", "pygments"})
    print(found, file=sys.__stdout__)
    painted.set()

async def headless(app):
    async with app.run_test():
        await asyncio.wait_for(painted.wait(), 10)

CockpitApp._begin = first_frame_is_painted
CockpitApp.run = lambda app: asyncio.run(headless(app))
arguments = parse(sys.argv[1:])
source = settings_source(arguments.flags, {})
run_demo(source.in_force()) if arguments.command == "demo" else run_cockpit(source)
"""
    file = tmp_path / "config.toml"
    file.write_text('[contexts.lyon]\nthings = ["gw-1"]\ncert = "c.pem"\nkey = "k.pem"\n')
    in_context = ["--config", f"{file}", "--context", "lyon"]
    for command in (["demo"], in_context, []):
        done = subprocess.run(
            [sys.executable, "-c", program, *command], capture_output=True, text=True, check=False
        )
        assert done.stdout.strip() == "[]", done.stderr
