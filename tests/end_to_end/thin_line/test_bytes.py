"""How many bytes each event costs at the terminal, beside the same app with Textual's own output.

`pytest -n0 -s` prints the table. The terminal says nothing by itself, as a serial console.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

import pytest


class AtMost(NamedTuple):
    """What an event may cost, in bytes."""

    usually: int
    low_bandwidth: int


BARS = {
    "start to quiet": AtMost(5_000, 3_000),
    "refreshes in which nothing changed": AtMost(0, 0),
    "one cell changed": AtMost(40, 40),
    "one row changed": AtMost(120, 100),
    "row down": AtMost(200, 160),
    "a notice comes and goes": AtMost(400, 200),
    "status dialog opens": AtMost(3_000, 1_800),
    "status dialog closes": AtMost(2_500, 1_500),
    "document opens": AtMost(4_000, 3_000),
    "document closes": AtMost(4_000, 3_000),
    "next panel, both in sight": AtMost(1_000, 400),
    "idle for 10 s": AtMost(0, 0),
}

TIMES_LESS_AT_START = 3
"""How many times as much the same app has to send at the start with Textual's own output."""


@dataclass
class Meter:
    """Takes down what a cockpit in a terminal sends for each event."""

    terminal: object
    bytes: dict[str, int]

    @contextmanager
    def event(self, what: str) -> Iterator[None]:
        """Count what comes from now on until it is quiet."""
        before = len(self.terminal.raw)
        yield
        self.terminal.wait_for_quiet()
        self.bytes[what] = len(self.terminal.raw) - before


def bytes_of_events(gateway, *flags: str, idle: float = 0.0) -> Mapping[str, int]:
    """What the cockpit sends for each event, in one run of it."""
    terminal = gateway.start(*flags)
    meter = Meter(terminal, {})
    # where bytes are spared too little is asked by itself to wait for
    ask = "R" if "--low-bandwidth" in flags else ""
    with meter.event("start to quiet"):
        terminal.wait_for(lambda: terminal.text.count("live") == 4)
    if ask:
        terminal.press(ask)
        terminal.wait_for("refreshing all things")
    with meter.event("refreshes in which nothing changed"):
        rounds = gateway.rounds_done
        terminal.press(ask)
        terminal.wait_for(lambda: gateway.rounds_done >= rounds + (1 if ask else 2))
    with meter.event("one cell changed"):
        gateway.report("gw-lyon-01", "cert-1")
        terminal.press(ask)
        terminal.wait_for(lambda: "v4" in terminal.line_with(" cert-1 "))
    with meter.event("one row changed"):
        gateway.report("gw-lyon-01", "edge-fw-2-2")
        terminal.press(ask)
        terminal.wait_for(lambda: "IN_PROGRESS" in terminal.line_with("edge-fw-2-2"))
    with meter.event("row down"):
        terminal.press("down")
        terminal.wait_for(lambda: "cert-1" in terminal.line_with("\u25b6"))
    with meter.event("a notice comes and goes"):
        terminal.press("ctrl+c")
        terminal.wait_for("q leaves the program")
        terminal.press("v")
        terminal.wait_for("all things are shown as panels")
    with meter.event("status dialog opens"):
        terminal.press("s")
        terminal.wait_for("the change is based on it")
    with meter.event("status dialog closes"):
        terminal.press("escape")
        terminal.wait_for(lambda: "Change status" not in terminal.text)
    with meter.event("document opens"):
        terminal.press("o")
        terminal.wait_for("ubuntu")
    with meter.event("document closes"):
        terminal.press("escape")
        terminal.wait_for("boiler-07")
    with meter.event("next panel, both in sight"):
        terminal.press("tab")
        terminal.wait_for("\u25be boiler-07")
    if idle:
        with meter.event(f"idle for {idle:g} s"):
            terminal.read_for(idle)
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    return meter.bytes


def table(bars: Mapping[str, int], ours: Mapping[str, int], stock: Mapping[str, int] = {}) -> str:
    """One line for each event."""
    lines = [f"{'bytes at the terminal':<36}{'stock':>8}{'ours':>8}{'at most':>9}"]
    for what, sent in ours.items():
        missed = "" if sent <= bars[what] else "  MISSED"
        lines.append(f"{what:<36}{stock.get(what, '-'):>8}{sent:>8}{bars[what]:>9}{missed}")
    return "\n".join(lines)


def test_what_an_event_costs_is_within_its_bounds(gateway) -> None:
    ours = bytes_of_events(gateway)
    bars = {what: bar.usually for what, bar in BARS.items()}
    assert all(sent <= bars[what] for what, sent in ours.items()), "\n" + table(bars, ours)


@pytest.mark.slow
def test_with_low_bandwidth_it_costs_less(gateway) -> None:
    ours = bytes_of_events(gateway, "--low-bandwidth", idle=10.0)
    bars = {what: bar.low_bandwidth for what, bar in BARS.items()}
    assert all(sent <= bars[what] for what, sent in ours.items()), "\n" + table(bars, ours)


@pytest.mark.slow
def test_stock_output_costs_a_multiple_in_the_same_run(new_gateway: Callable[[], object]) -> None:
    stock = bytes_of_events(new_gateway(), "--stock", idle=10.0)
    ours = bytes_of_events(new_gateway(), idle=10.0)
    bars = {what: bar.usually for what, bar in BARS.items()}
    told = "\n" + table(bars, ours, stock)
    print(told)
    assert all(sent <= bars[what] for what, sent in ours.items()), told
    assert all(sent <= stock[what] for what, sent in ours.items()), told
    assert ours["start to quiet"] * TIMES_LESS_AT_START < stock["start to quiet"], told
