"""The things that were watched last."""

from pathlib import Path

from jobs_tui.engine.recent_things import FILE_NAME, KEPT, RecentThings
from jobs_tui.service.remembered import Remembered


def test_the_latest_come_first_and_each_once(tmp_path: Path) -> None:
    recent = RecentThings(tmp_path)
    recent.remember("lyon", ("a", "b"))
    recent.remember("lyon", ("c", "a"))
    recent.remember("bench", ("x",))
    assert RecentThings(tmp_path).of("lyon") == ("c", "a", "b")
    assert RecentThings(tmp_path).of("bench") == ("x",)
    assert RecentThings(tmp_path).of("") == ()


def test_no_more_are_kept_than_fit_on_a_screen(tmp_path: Path) -> None:
    recent = RecentThings(tmp_path)
    recent.remember("", tuple(f"thing-{number}" for number in range(1000)))
    recent.remember("", ("gw",))
    assert recent.of("") == ("gw", *(f"thing-{number}" for number in range(KEPT - 1)))


def test_what_is_no_thing_name_is_not_offered(tmp_path: Path) -> None:
    Remembered(tmp_path / FILE_NAME).put("", ["a/b", 5, "gw\u001b[31m", "gw-1"])
    assert RecentThings(tmp_path).of("") == ("gw-1",)
    Remembered(tmp_path / FILE_NAME).put("", "gw-1")
    assert RecentThings(tmp_path).of("") == ()
