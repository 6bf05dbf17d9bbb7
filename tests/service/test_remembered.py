"""Facts kept between runs, of which the loss does no harm."""

import stat
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.service.endpoints.endpoint_cache import FILE_NAME, CachedEndpoint, EndpointCache
from jobs_tui.service.remembered import Remembered

DAY = 86400.0
NOW = 1_800_000_000.0
HOST = "abc-ats.iot.eu-west-3.amazonaws.com"


def test_what_is_kept_is_found_by_the_next_run(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "facts.json"
    Remembered(file).put("a", 1)
    Remembered(file).put("b", ["x"])
    assert Remembered(file).get("a") == 1
    assert Remembered(file).get("b") == ["x"]
    assert Remembered(file).get("c") is None
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["facts.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", "\xff", "[" * 100_000])
def test_a_bad_file_is_as_good_as_none_and_is_replaced(tmp_path: Path, text: str) -> None:
    file = tmp_path / "facts.json"
    file.write_text(text, "latin-1")
    assert Remembered(file).get("a") is None
    Remembered(file).put("a", 1)
    assert Remembered(file).get("a") == 1


def test_a_folder_that_cannot_be_made_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    facts = Remembered(tmp_path / "file" / "facts.json")
    facts.put("a", 1)
    assert facts.get("a") is None
    Remembered(None).put("a", 1)
    assert Remembered(None).get("a") is None


@pytest.mark.parametrize(
    ("host", "age", "found"),
    [
        (HOST, 0.0, CachedEndpoint(HOST, fresh=True)),
        (HOST, 6.9 * DAY, CachedEndpoint(HOST, fresh=True)),
        (HOST, 7.1 * DAY, CachedEndpoint(HOST, fresh=False)),
        # the clock was set back: what was said may be from any time
        (HOST, -1.0, CachedEndpoint(HOST, fresh=False)),
        (None, 0.9 * DAY, CachedEndpoint(None, fresh=True)),
        (None, 1.1 * DAY, CachedEndpoint(None, fresh=False)),
    ],
)
def test_an_endpoint_is_taken_without_asking_for_a_while(
    tmp_path: Path, host: str | None, age: float, found: CachedEndpoint
) -> None:
    EndpointCache(tmp_path).keep("123456789012", "eu-west-3", host, NOW)
    cache = EndpointCache(tmp_path)
    assert cache.find("123456789012", "eu-west-3", NOW + age) == found
    assert cache.find("123456789012", "eu-west-1", NOW) is None
    assert cache.find("999999999999", "eu-west-3", NOW) is None


@pytest.mark.parametrize(
    "entry",
    [
        1,
        {},
        {"host": HOST},
        {"host": HOST, "at": "x"},
        {"host": "https://a/b", "at": NOW},
        {"host": "user@host", "at": NOW},
        {"host": 5, "at": NOW},
    ],
)
def test_an_entry_that_is_no_host_is_not_taken(tmp_path: Path, entry: Any) -> None:
    Remembered(tmp_path / FILE_NAME).put("eu-west-3 123456789012", entry)
    assert EndpointCache(tmp_path).find("123456789012", "eu-west-3", NOW) is None
