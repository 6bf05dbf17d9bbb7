"""The screen with the panels: in good days, in bad ones, and with too many things for panels."""

import pytest

from jobs_tui.cli.demo_things import demo_things
from jobs_tui.emulator.demo.fleet import DEMO_THINGS
from jobs_tui.ui.widgets import calm_order
from snapshots.shots import ALL_IN, ROWS_IN, SELECTED_IN, shot
from snapshots.stage import Scene, Stage

FLEET = Scene(demo_things(60))
LISTED = ((), "2 due"), ((), "71 min"), (("home",), "\u25b6   rennes-meter-0001")


LOST = SELECTED_IN, (Stage.take_endpoint_away, ""), (("R",), "stale"), ((), "tried in <")

SHOTS = [
    *shot("cockpit", ALL_IN, ((), "? help"), fast=True),
    *shot("empty-panel", ALL_IN, (("tab", "tab", "tab", "z"), "No pending jobs")),
    *shot("filter-open", ALL_IN, (("slash", *"cert"), "1 of")),
    *shot("filter-finds-nothing", ALL_IN, (("slash", *"xyz", "enter"), "0 of")),
    *shot("only-what-needs-attention", ALL_IN, (("exclamation_mark",), "shown")),
    *shot("sort-menu", ALL_IN, (("comma", "down"), "sort rows")),
    *shot("add-a-thing", ALL_IN, (("a",), "add a thing")),
    *shot(
        "add-a-thing-refused",
        ALL_IN,
        (("a",), "add a thing"),
        ("gw lyon", ""),
        (("enter",), "may hold"),
    ),
    *shot("marked", ALL_IN, (("space", "space"), "2 marked")),
    *shot("paused", ALL_IN, (("p",), "paused")),
    *shot("unreachable", *LOST, scene=Scene(DEMO_THINGS[:1])),
    *shot("never-reached", ((), "is lost"), ((), "tried in <"), scene=Scene(away=True)),
    *shot("fleet", *LISTED, scene=FLEET),
    *shot("fleet-filter", *LISTED, (("slash", *"boiler"), "of 60"), scene=FLEET),
    *shot("fleet-sort-menu", *LISTED, (("comma",), "sort things"), scene=FLEET),
    *shot("fleet-kept-in-view", *LISTED, (("v", "down"), "stays in view"), scene=FLEET),
    *shot("low-bandwidth", ROWS_IN, scene=Scene(low_bandwidth=True)),
    *shot("no-colour", ALL_IN, scene=Scene(environment=(("NO_COLOR", "1"),))),
    *shot("console", ALL_IN, scene=Scene(environment=(("TERM", "linux"),))),
    *shot("read-only", ALL_IN, (("s",), "read"), scene=Scene(read_only=True)),
    *shot("smallest", ((), "! stuck"), sizes=[(40, 12)]),
]


@pytest.fixture(autouse=True)
def no_calm(monkeypatch) -> None:
    """The list of things takes up each new order at once."""
    for name in ("URGENT_SECONDS", "CALM_SECONDS", "MOVING_SECONDS"):
        monkeypatch.setattr(calm_order, name, 0.0)


@pytest.mark.parametrize(("scene", "steps", "size"), SHOTS)
def test_screen(looks_as_before, scene, steps, size) -> None:
    assert looks_as_before(scene, steps, size)
