"""In which file the snapshot lies: one for each account and endpoint, told apart before a call."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jobs_tui.cli.cache_folder import cache_folder
from jobs_tui.cli.settings.in_force import Settings
from jobs_tui.cli.settings.reading import settings_source
from jobs_tui.cli.snapshots import snapshot_of, whose
from jobs_tui.domain.clock import SystemClock

ROLE = {
    "cert": Path("c.pem"),
    "key": Path("k.pem"),
    "role-alias": "jobs",
    "credentials-endpoint": "https://c.example.com",
}
KEY_ID, OF_SAME_ACCOUNT = "AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EAAAAAA"
OF_OTHER = "AKIAAAAAAAAAAAAAAAAA"


def told_apart(flags: dict[str, object], environment: dict[str, str]) -> str:
    return whose(settings_source(flags, environment).in_force(), environment)


def test_each_way_to_another_account_or_endpoint_has_a_file_of_its_own() -> None:
    ways: list[tuple[dict[str, object], dict[str, str]]] = [
        ({}, {}),
        ({"region": "eu-west-3"}, {}),
        ({"region": "eu-west-1"}, {}),
        ({"profile": "eu-west-1"}, {}),
        ({"endpoint-url": "https://a.example.com"}, {}),
        ({"cert": Path("c.pem"), "key": Path("k.pem")}, {}),
        ({"cert": Path("d.pem"), "key": Path("k.pem")}, {}),
        (ROLE, {}),
        (ROLE | {"credentials-thing": "gw-1"}, {}),
        ({}, {"AWS_PROFILE": "a"}),
        ({}, {"AWS_DEFAULT_PROFILE": "a"}),
        ({}, {"AWS_REGION": "eu-west-3"}),
        ({}, {"AWS_ENDPOINT_URL": "https://a.example.com"}),
        ({}, {"AWS_ACCESS_KEY_ID": KEY_ID}),
        ({}, {"AWS_ACCESS_KEY_ID": OF_OTHER}),
        ({}, {"AWS_CONFIG_FILE": "/a"}),
    ]
    assert len({told_apart(*way) for way in ways}) == len(ways)
    assert whose(Settings(context="a"), {}) != whose(Settings(context="b"), {})


def test_things_rate_and_keys_that_are_made_anew_make_no_difference() -> None:
    assert told_apart({"things": ("a",), "rate": 3.0}, {}) == told_apart({"read-only": True}, {})
    one, other = ({"AWS_ACCESS_KEY_ID": key} for key in (KEY_ID, OF_SAME_ACCOUNT))
    assert told_apart({}, one | {"AWS_SECRET_ACCESS_KEY": "a"}) == told_apart({}, other)


def test_a_relative_path_means_another_file_in_another_folder(tmp_path, monkeypatch) -> None:
    certificate = {"cert": Path("c.pem"), "key": Path("k.pem")}
    here = told_apart(certificate, {})
    monkeypatch.chdir(tmp_path)
    assert told_apart(certificate, {}) != here


def test_it_is_the_same_file_in_every_run() -> None:
    program = (
        "from jobs_tui.cli.settings.in_force import Settings\n"
        "from jobs_tui.cli.snapshots import whose\n"
        "print(whose(Settings(region='eu-west-3'), {'AWS_PROFILE': '\\udcff'}))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].strip()) == 8


def test_without_a_home_nothing_is_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(home / "gone"))
    assert snapshot_of(Settings(), {}, SystemClock()) is None
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "elsewhere"))
    assert snapshot_of(Settings(), {}, SystemClock()) is not None


def test_it_lies_in_the_platform_s_folder_for_caches(home: Path) -> None:
    assert cache_folder() == home / ".cache" / "jobs-tui"
    assert snapshot_of(Settings(), {}, SystemClock()) is not None
    assert not (home / ".cache").exists()
