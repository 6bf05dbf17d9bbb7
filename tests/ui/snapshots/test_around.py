"""What one finds one's way with, what is told afterwards, and where one begins."""

import pytest

from jobs_tui.domain.outcome import Done, Unreachable
from jobs_tui.engine.pulse import FleetSample, Pulse
from snapshots.shots import ALL_IN, shot
from snapshots.stage import Scene, Stage

HOUR = 3600.0

CHANGED = (
    ALL_IN,
    (("s",), "the change is based on it"),
    (("f", "enter"), "confirmed"),
    (("n",), "now QUEUED"),
    (("enter",), "start next, confirmed"),
)


class AtTheEndOfTheHour:
    """A clock of the pulse, so that its bars stand still."""

    def __init__(self, clock: object) -> None:
        self._clock = clock

    def monotonic(self) -> float:
        return HOUR - 5

    def __getattr__(self, name: str) -> object:
        return getattr(self._clock, name)


def an_hour_goes_by(stage: Stage) -> None:
    """Calls that grow slower, some that fail near the end, and things that come to be done."""
    pulse = Pulse(0.0)
    for second in range(int(HOUR) - 5):
        bad = 2700 < second < 2900
        pulse.called(second, 0.02 + second / 50_000, Unreachable("no") if bad else Done(None))
        if second % 60 == 0:
            minute = second // 60
            pulse.sampled(second, FleetSample(minute % 7, 40 - minute // 2, minute // 20, 4 * bad))
    stage.engine._pulse = pulse
    stage.engine.clock = AtTheEndOfTheHour(stage.engine.clock)


def several_are_told(stage: Stage) -> None:
    """Of several things, with places and without."""
    for text, look in (
        ("gw-lyon-01 / fw-2026-11-edge: FAILED, confirmed: version 5", "good"),
        ("gw-lyon-01: start next, confirmed: cert-rotate-0091, version 2", "good"),
        ("meter-112 / meter-fota-1-0-1: FAILED, conflict", "alarm"),
    ):
        stage.engine.notices.tell(text, look)


NOBODY_KNOWN = Scene(choosing=True, searchable=False)

SHOTS = [
    *shot("help", ALL_IN, (("question_mark",), "Open the job")),
    *shot("help-last-page", ALL_IN, (("question_mark",), "Open the job"), (("end",), "")),
    *shot("help-of-document", ALL_IN, (("o",), "files"), (("question_mark",), "An execution")),
    *shot("palette", ALL_IN, (("colon",), "Open the execution")),
    *shot("palette-finds", ALL_IN, (("colon",), "Open the execution"), (tuple("boi"), "boiler")),
    *shot(
        "palette-finds-nothing",
        ALL_IN,
        (("colon",), "Open the"),
        (tuple("xqz"), lambda text: "Open the" not in text),
    ),
    *shot("notices-none", ALL_IN, (("L",), "Nothing was told")),
    *shot("notices", ALL_IN, (several_are_told, "conflict"), (("p", "p", "minus", "L"), "notices")),
    *shot("journal-none", ALL_IN, (("J",), "No change was asked for")),
    *shot("journal", *CHANGED, (("J",), "changes, newest first")),
    *shot("pulse", ALL_IN, (an_hour_goes_by, ""), (("P",), "calls/s")),
    *shot("thing-picker", ((), "4 found"), scene=Scene(choosing=True)),
    *shot(
        "thing-picker-marked",
        ((), "4 found"),
        (("down", "space", *"oo"), "1 marked"),
        scene=Scene(choosing=True),
    ),
    *shot(
        "thing-picker-a-search",
        ((), "4 found"),
        ("group=lyon", "Enter searches"),
        scene=Scene(choosing=True),
    ),
    *shot("first-start", ((), "No account at hand"), scene=NOBODY_KNOWN),
    *shot("first-start-smallest", ((), "No account at hand"), scene=NOBODY_KNOWN, sizes=[(40, 12)]),
]


@pytest.mark.parametrize(("scene", "steps", "size"), SHOTS)
def test_screen(looks_as_before, scene, steps, size) -> None:
    assert looks_as_before(scene, steps, size)
