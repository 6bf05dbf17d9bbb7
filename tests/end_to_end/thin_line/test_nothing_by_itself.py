"""Nothing goes over the line that nobody asked for: no report of the mouse, no blinking."""

import pytest

MOUSE_REPORTS = b"\x1b[?1003h"
NO_MOUSE_REPORTS = b"\x1b[?1003l"
LONGER_THAN_A_BLINK = 1.2


@pytest.mark.slow
def test_the_mouse_is_reported_only_while_bandwidth_is_not_saved(gateway) -> None:
    terminal = gateway.start("--low-bandwidth")
    terminal.wait_for("live")
    assert MOUSE_REPORTS not in terminal.raw
    terminal.press("B")
    terminal.wait_for(lambda: MOUSE_REPORTS in terminal.raw)
    assert NO_MOUSE_REPORTS not in terminal.raw
    terminal.press("B")
    terminal.wait_for(lambda: NO_MOUSE_REPORTS in terminal.raw)
    terminal.press("q")
    assert terminal.wait_for_end() == 0


@pytest.mark.slow
def test_the_palette_stands_still(gateway) -> None:
    terminal = gateway.start()
    terminal.wait_for(lambda: terminal.text.count("live") == 4)
    terminal.press(":")
    terminal.wait_for("Search for commands")
    terminal.wait_for_quiet()
    said = len(terminal.raw)
    terminal.read_for(LONGER_THAN_A_BLINK)
    assert len(terminal.raw) == said
    terminal.press("escape")
    terminal.wait_for(lambda: "Search for commands" not in terminal.text)
    terminal.press("q")
    assert terminal.wait_for_end() == 0


STEP_IN_PALETTE = 150
"""Bytes: two rows that change their look, and the line that tells what Enter will do."""


@pytest.mark.slow
def test_a_step_in_the_palette_sends_the_rows_that_it_changes(gateway) -> None:
    terminal = gateway.start("--low-bandwidth", refresh=60)
    terminal.wait_for("live")
    terminal.press(":")
    terminal.wait_for("enter only tells why not")
    terminal.wait_for_quiet()
    for told in ("enter open the execution", "enter open the job document"):
        said = len(terminal.raw)
        terminal.press("down")
        terminal.wait_for(told)
        terminal.wait_for_quiet()
        assert len(terminal.raw) - said < STEP_IN_PALETTE
    terminal.press("escape")
    terminal.wait_for(lambda: "Search for commands" not in terminal.text)
    terminal.press("q")
    assert terminal.wait_for_end() == 0
