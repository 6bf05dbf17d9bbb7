"""The arrows between the layers, and what is not imported before the first frame."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

LATER = {
    "aiobotocore",
    "aiohttp",
    "botocore",
    "pygments",
    "sqlite3",
    "jobs_tui.cli.demo_things",
    "jobs_tui.cli.journal_folder",
    "jobs_tui.cli.links",
    "jobs_tui.domain.checks",
    "jobs_tui.domain.description",
    "jobs_tui.domain.job_document",
    "jobs_tui.domain.masking",
    "jobs_tui.domain.requests",
    "jobs_tui.engine.change",
    "jobs_tui.engine.change_queue",
    "jobs_tui.engine.journal.author",
    "jobs_tui.engine.thing_search",
    "jobs_tui.service.connection",
    "jobs_tui.domain.own_command",
    "jobs_tui.ui.aside",
    "jobs_tui.ui.commands.context",
    "jobs_tui.cli.settings.keys",
    "jobs_tui.ui.commands.every_screen",
    "jobs_tui.ui.commands.journal",
    "jobs_tui.ui.commands.key_map",
    "jobs_tui.ui.commands.key_names",
    "jobs_tui.ui.commands.notices",
    "jobs_tui.ui.commands.own",
    "jobs_tui.ui.commands.taking_out",
    "jobs_tui.ui.commands.theme",
    "jobs_tui.ui.low_bandwidth",
    "jobs_tui.ui.screens.clicking",
    "jobs_tui.ui.screens.menu",
    "jobs_tui.ui.terminal.contrast",
    "jobs_tui.ui.terminal.high_contrast",
    "jobs_tui.ui.terminal.theme_names",
    "jobs_tui.ui.themes",
    "jobs_tui.ui.terminal.plain_colors",
    "jobs_tui.ui.terminal.plain_looks",
    "jobs_tui.ui.terminal.plain_screen",
    "jobs_tui.ui.views.changed_rows",
    "jobs_tui.ui.views.changes",
    "jobs_tui.ui.views.document",
    "jobs_tui.ui.views.execution",
    "jobs_tui.ui.views.help",
}
"""What the first frame shows nothing of: each costs from a tenth of a millisecond to a quarter of a
second, for everybody at each start."""

CHOOSING = {
    "jobs_tui.cli.journal_folder",
    "jobs_tui.cli.links",
    "jobs_tui.engine.thing_search",
    "jobs_tui.service.connection",
    "jobs_tui.ui.commands.context",
}
"""What of it is there all the same where things are chosen on the first screen."""


def test_the_layers_keep_their_contracts() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_map_of_the_code_names_every_folder_and_nothing_that_is_not_there() -> None:
    text = (ROOT / ".github" / "ARCHITECTURE.md").read_text()
    named = set(re.findall(r"`(jobs_tui/[a-z_/.]+|tests/[a-z_/.]+)`", text))
    for folder, _, files in re.findall(r"(?m)^\| `(jobs_tui/.*?)` \|(.*)\|(.*)\|$", text):
        named |= {f"{folder}/{each}" for each in re.findall(r"`(.*?)`", files)}
    assert [each for each in sorted(named) if not (ROOT / each).exists()] == []
    packages = (ROOT / "jobs_tui").glob("**/__init__.py")
    folders = {f"{each.parent.relative_to(ROOT)}" for each in packages} - {"jobs_tui"}
    assert sorted(folders - named) == []


def test_nothing_is_loaded_when_the_first_frame_is_painted_that_it_does_not_show(
    tmp_path: Path,
) -> None:
    program = """
import asyncio, sys
from jobs_tui.cli.arguments import parse
from jobs_tui.cli.cockpit import run_cockpit, run_demo
from jobs_tui.cli.settings.reading import settings_source
from jobs_tui.ui.app import CockpitApp

painted = asyncio.Event()

def first_frame_is_painted(app):
    print(*sys.modules, file=sys.__stdout__)
    painted.set()

async def headless(app):
    async with app.run_test():
        await asyncio.wait_for(painted.wait(), 10)

CockpitApp._begin = first_frame_is_painted
CockpitApp.run = lambda app, **_: asyncio.run(headless(app))
arguments = parse(sys.argv[1:])
source = settings_source(arguments.flags, {})
run_demo(source.in_force(), None, None) if arguments.command == "demo" else run_cockpit(source)
"""
    file = tmp_path / "config.toml"
    file.write_text('[contexts.lyon]\nthings = ["gw-1"]\ncert = "c.pem"\nkey = "k.pem"\n')
    usual = os.environ | {"TERM": "xterm-256color"}
    usual.pop("NO_COLOR", None)
    in_context = ["--config", f"{file}", "--context", "lyon"]
    for command in (["demo"], in_context, ["gw-1"], []):
        done = subprocess.run(
            [sys.executable, "-c", program, *command],
            capture_output=True,
            text=True,
            check=False,
            env=usual,
        )
        loaded = set(done.stdout.split())
        assert "jobs_tui.ui.app" in loaded, done.stderr
        # who names no thing chooses some: from a file, by a search, whose names are checked
        chosen = set() if command else CHOOSING
        assert sorted(loaded & (LATER - chosen)) == [], command
