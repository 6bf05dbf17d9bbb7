"""The dialogs that can send something, and what they tell of what was sent."""

import pytest

from snapshots.shots import ALL_IN, shot
from snapshots.stage import Stage

STATUS = ALL_IN, (("s",), "the change is based on it")
FAILED = *STATUS, (("f", "tab", *"reason", "tab", *"disk full"), "disk full")
MARKED = ALL_IN, (("asterisk", "tab", "asterisk"), "6 marked"), (("s",), "just read; each")
ASKED = *MARKED, (("f",), "6 requests go out")


def agent_reports(stage: Stage) -> None:
    stage.report(progress="81", step="install")


CONFLICT = *FAILED, (agent_reports, ""), (("enter", "enter"), "Apply to version")
SENDING = *FAILED, (Stage.hold_changes, ""), (("enter", "enter"), "sending")
AT_40_COLUMNS = ((), "! stuck"), (("s",), "( ) f FAILED"), (("f",), "(\u2022)")
MARKED_AT_40_COLUMNS = (
    ((), "! stuck"),
    (("asterisk", "tab", "asterisk"), "6 marked"),
    (("s",), "just read"),
    (("f",), "(\u2022)"),
)
NOTHING_TO_START = (("tab", "tab", "tab", "n"), "nothing to start")

SHOTS = [
    *shot("change-status", *STATUS),
    *shot("change-status-to-failed", *FAILED, fast=True),
    *shot(
        "change-status-with-problems",
        *STATUS,
        (("f", "tab"), ""),
        ("bad name", "bad name"),
        (("tab", "x", "enter", "shift+tab", *"99999"), "stepTimeoutInMinutes"),
    ),
    *shot("change-status-smallest", *AT_40_COLUMNS, sizes=[(40, 12)]),
    *shot("change-confirmed", *FAILED, (("enter", "enter"), "confirmed")),
    *shot("change-sending", *SENDING),
    *shot("conflict", *CONFLICT),
    *shot("leave", *SENDING, (("escape",), "FAILED, sending"), (("q",), "not settled")),
    *shot("start-next-in-progress", ALL_IN, (("n",), "already in progress")),
    *shot("start-next-nothing", ALL_IN, NOTHING_TO_START),
    *shot("start-next", *STATUS, (("f", "enter"), "confirmed"), (("n",), "now QUEUED")),
    *shot("bulk", *MARKED),
    *shot("bulk-to-failed", *ASKED, fast=True),
    *shot("bulk-smallest", *MARKED_AT_40_COLUMNS, sizes=[(40, 12)]),
    *shot("bulk-progress", *ASKED, (Stage.hold_changes, ""), (("enter",), "2 sending")),
    *shot(
        "bulk-stopped",
        *ASKED,
        (Stage.hold_changes, ""),
        (("enter",), "2 sending"),
        (("x",), "stopped: 2 sent"),
        (Stage.free_changes, "2 confirmed"),
    ),
    *shot("bulk-done", *ASKED, (("enter",), "6 sent \u00b7 6 confirmed")),
]


@pytest.mark.parametrize(("scene", "steps", "size"), SHOTS)
def test_screen(looks_as_before, scene, steps, size) -> None:
    assert looks_as_before(scene, steps, size)
