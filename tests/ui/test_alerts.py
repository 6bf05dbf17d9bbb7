"""Calling somebody who does not look: by which sequence, how often, and for what."""

import asyncio

import pytest

from jobs_tui.ui.terminal.alerts import BELL, LONGEST, Alerts, alert_sequence
from jobs_tui.ui.terminal.sturdy_driver import SturdyDriver

NINE = "\x1b]9;jobs-tui: {}\x07"


@pytest.mark.parametrize(
    ("how", "environment", "sequence"),
    [
        ("off", {"TERM": "xterm-256color"}, ""),
        ("bell", {"TERM": "xterm-256color"}, BELL),
        ("desktop", {"TERM": "xterm-256color"}, NINE.format("x")),
        ("desktop", {}, NINE.format("x")),
        ("desktop", {"TERM": "foot"}, "\x1b]777;notify;jobs-tui;jobs-tui: x\x07"),
        ("desktop", {"TERM": "rxvt-unicode"}, "\x1b]777;notify;jobs-tui;jobs-tui: x\x07"),
        ("desktop", {"TERM": "linux"}, BELL),
        ("desktop", {"TERM": "vt220"}, BELL),
        ("desktop", {"TERM": "screen"}, BELL),
        (
            "desktop",
            {"TERM": "screen-256color", "TMUX": "socket,1,0"},
            "\x1bPtmux;\x1b\x1b]9;jobs-tui: x\x07\x1b\\\x07",
        ),
    ],
)
def test_each_terminal_gets_what_it_obeys(how, environment, sequence) -> None:
    assert alert_sequence(how, "x", environment) == sequence


@pytest.mark.parametrize(
    "text", ["\x1b]52;c;ZXZpbA==\x07", "a\x9cb\x9d", "4;1;50", "\u202ea\ud800", ""]
)
def test_no_text_can_end_the_sequence_or_begin_another(text: str) -> None:
    sequence = alert_sequence("desktop", text, {"TERM": "xterm"})
    assert sequence.startswith("\x1b]9;jobs-tui: ")
    assert sequence.endswith("\x07")
    told = sequence[len("\x1b]9;") : -1]
    assert told.isascii()
    assert told.isprintable()
    assert ";" not in told


def test_a_text_of_any_length_is_cut() -> None:
    sequence = alert_sequence("desktop", "x" * 10**6, {"TERM": "xterm"})
    assert len(sequence) == len("\x1b]9;\x07") + LONGEST


def test_nobody_is_called_twice_within_ten_seconds() -> None:
    now = 100.0
    sent: list[str] = []
    alerts = Alerts("bell", {}, lambda: now, sent.append)
    for seconds, calls in ((0, 1), (9.9, 1), (0.2, 2), (5, 2), (5, 3)):
        now += seconds
        alerts.call("x")
        assert len(sent) == calls


@pytest.mark.slow
async def test_bad_news_call_and_other_notices_do_not(account, cockpit, monkeypatch) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1", call_by="bell") as screen:
        sent: list[str] = []
        monkeypatch.setattr(screen.app, "alert", sent.append)
        await screen.see("No pending jobs")
        await screen.press("o")
        await screen.see("not now")
        screen.engine.notices.tell("gw-1 / fw-1: new job", news=True)
        assert sent == []
        await screen.take_endpoint_away()
        await screen.see("the endpoint is lost")
        assert sent == [BELL]


async def test_nobody_is_called_who_has_not_asked_for_it(account, cockpit, monkeypatch) -> None:
    async with cockpit("gw-1") as screen:
        sent: list[str] = []
        monkeypatch.setattr(screen.app, "alert", sent.append)
        await screen.see("No pending jobs")
        screen.engine.notices.tell("the endpoint is lost", "alarm", news=True)
        assert sent == []


class Held(SturdyDriver):
    """A driver that keeps what is written, in the state that a test wants."""

    def __init__(self, *, held: bool, stalled: float) -> None:
        self.written: list[str] = []
        self._held = held
        self._stalled = stalled

    @property
    def stalled_seconds(self) -> float:
        return self._stalled

    def write(self, data: str) -> None:
        self.written.append(data)


@pytest.mark.parametrize(
    ("held", "stalled", "written"), [(True, 0.0, [BELL]), (False, 0.0, []), (True, 60.0, [])]
)
async def test_a_terminal_that_others_have_or_that_takes_nothing_is_not_written_to(
    held, stalled, written
) -> None:
    await asyncio.sleep(0)
    driver = Held(held=held, stalled=stalled)
    driver.alert(BELL)
    assert driver.written == written
