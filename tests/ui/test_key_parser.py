"""From bytes on a bad line to keys: reports, pastes, and keys in pieces."""

from codecs import getincrementaldecoder
from collections.abc import Callable

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from textual.events import Key, Paste, Resize

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


@pytest.mark.parametrize(
    "inside",
    ["\x1b[201", "\x1b[200~", "\x1b]52;c;x\x07", "\x9b201~", "\x03\x1a\x1c", "\x1b[<0;1;1M"],
)
def test_nothing_in_a_paste_ends_it_but_its_end(typed, inside: str) -> None:
    assert typed(f"\x1b[200~a{inside}b\x1b[201~x") == [f"paste a{inside}b", "x"]


def test_a_key_that_no_keyboard_has_is_none(typed) -> None:
    assert typed("\x1b[1114112u", "\x1b[99999999999999999999u", "a") == ["a"]


def test_the_mouse_of_a_terminal_without_pixels_does_not_stop_the_keys(typed) -> None:
    assert typed("\x1b[48;24;80;0;0t", "\x1b[<0;10;5M", "a") == ["a"]


def test_what_comes_after_a_false_end_is_typed_and_never_a_command_of_the_paste(typed) -> None:
    assert typed("\x1b[200~a\x1b[201~q\x1b[201~\r") == ["paste a", "q", "enter"]


PIECES = st.one_of(
    st.sampled_from(
        [
            "\x1b",
            "\x1b[",
            "\x1b[200~",
            "\x1b[201~",
            "\x1b[A",
            "\x1b[1;5C",
            "\x1b[0n",
            "\x1b[<0;10;5M",
            "\x1b[M !!",
            "\x1b[?2026;2$y",
            "\x1b[48;24;80;0;0t",
            "\x1b[I",
            "\x1b[97;5u",
            "\x1bO",
            "\x1b]0;t\x07",
            "\x1bP1$r\x1b\\",
            "\x1b[" + "9" * 50,
            "\x1b[<" + "1;" * 40,
            "\x1b[<99999999999999999999;1;1M",
            "\x1b[1114112u",
            "\x1b[55296u",
            "\x1b[;;;;u",
            "\x1b[?2048;9$y",
            "\x1b[48;x;y;0;0t",
        ]
    ).map(str.encode),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(str.encode),
    st.binary(max_size=8),
)
PAUSES = st.sampled_from([0.0, 0.0, 0.05, 0.2, 0.6, 2.0])


def _fuzz(arrives: list[tuple[bytes, float]]) -> None:
    now = 0.0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual._parser.get_time", lambda: now)
        parser = KeyParser(lambda: 0.1, now=lambda: now)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        for data, pause in arrives:
            told = [*parser.feed(decode(data)), *parser.tick()]
            event(f"{min(len(told), 3)} events or more from a piece")
            now += pause
        # whatever came: the end of a paste, and silence, and keys are keys again
        told = list(parser.feed(decode(b"", final=True)))
        for ending in ("", "\x1b[201~", ""):
            told += parser.feed(ending)
            for _ in range(3):
                now += 2.0
                told += parser.tick()
        told = list(parser.feed("q\r"))
    assert [each.key for each in told if isinstance(each, Key)] == ["q", "enter"]


@given(st.lists(st.tuples(PIECES, PAUSES), max_size=12))
def test_no_bytes_in_no_rhythm_stop_the_parser(arrives: list[tuple[bytes, float]]) -> None:
    _fuzz(arrives)


@pytest.mark.slow
@settings(max_examples=3_000, deadline=None)
@given(st.lists(st.tuples(PIECES, PAUSES), max_size=30))
def test_no_bytes_in_no_rhythm_stop_the_parser_in_many_runs(
    arrives: list[tuple[bytes, float]],
) -> None:
    _fuzz(arrives)


@pytest.mark.parametrize("size", [(0, 0), (80, 0), (80, 24), (10_000, 24), (99_999_999, 9_999_999)])
def test_a_size_that_no_terminal_has_is_noise(size: tuple[int, int]) -> None:
    columns, lines = size
    found = KeyParser(lambda: 0.1).feed(f"\x1b[48;{lines};{columns};0;0t")
    told = [event.size for event in found if isinstance(event, Resize)]
    assert told == ([size] if size == (80, 24) else [])
