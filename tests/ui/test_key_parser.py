"""From bytes on a bad line to keys: reports, pastes, and keys in pieces."""

from collections.abc import Callable

import pytest
from textual.events import Key, Paste

from jobs_tui.ui.terminal.key_parser import KeyParser

REPORT = "\x1b[0n"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """What comes of texts, and of seconds that pass between them."""
    now = 0.0
    monkeypatch.setattr("textual._parser.get_time", lambda: now)

    def take(*arrives: str | float, escape_delay: float = 0.1) -> list[str]:
        nonlocal now
        parser = KeyParser(lambda: escape_delay, now=lambda: now)
        events = []
        for each in (*arrives, 9.0):
            if isinstance(each, str):
                events += parser.feed(each)
            else:
                now += each
            events += parser.tick()
        return [
            event.key if isinstance(event, Key) else f"paste {event.text}"
            for event in events
            if isinstance(event, Key | Paste)
        ]

    return take


def test_a_report_keeps_its_place_between_the_keys(typed) -> None:
    assert typed(f"a{REPORT}b\x1b[3n\r") == ["a", "status-report", "b", "status-report", "enter"]
    assert typed(f"\x1b{REPORT}") == ["escape", "status-report"]
    assert typed(*REPORT) == ["status-report"]


def test_a_report_that_is_held_up_for_long_after_its_first_byte_is_not_typed(typed) -> None:
    assert typed("\x1b", 0.3, "[", 0.3, "0", 0.3, "n") == ["escape", "status-report"]


def test_an_arrow_key_in_pieces_types_nothing(typed) -> None:
    assert typed("\x1b", 0.3, "[", 0.3, "B") == ["escape", "down"]
    assert typed("\x1b", 0.3, "[B") == ["escape", "down"]


def test_with_a_longer_delay_an_arrow_key_in_pieces_is_no_escape(typed) -> None:
    assert typed("\x1b", 0.3, "[", 0.3, "B", escape_delay=0.5) == ["down"]
    assert typed("\x1b", 0.6, escape_delay=0.5) == ["escape"]


def test_a_bracket_long_after_escape_is_a_bracket(typed) -> None:
    assert typed("\x1b", 3.0, "[") == ["escape", "left_square_bracket"]
    assert typed("\x1b", 0.3, "x[") == ["escape", "x", "left_square_bracket"]


def test_a_paste_is_text_whatever_it_holds(typed) -> None:
    pasted = "a\r\x1b\r\x1b[B" + "b" * 40 + "\r\x1b"
    assert typed(f"\x1b[200~{pasted}\x1b[201~\r") == [f"paste {pasted}", "enter"]


@pytest.mark.parametrize("cut", range(1, 18))
def test_a_paste_may_come_in_pieces(typed, cut: int) -> None:
    stream = "x\x1b[200~one\x1b[201~y"
    assert typed(stream[:cut], stream[cut:]) == ["x", "paste one", "y"]


def test_two_pastes_are_two(typed) -> None:
    assert typed("\x1b[200~a\x1b[201~\x1b[200~b\x1b[201~") == ["paste a", "paste b"]


def test_a_report_in_the_middle_of_a_paste_is_not_pasted(typed) -> None:
    assert typed("\x1b[200~long ", f"te{REPORT}xt", "\x1b[201~") == [
        "paste long text",
        "status-report",
    ]
