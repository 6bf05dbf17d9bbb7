"""What reaches the terminal of other people's words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from jobs_tui.ui.terminal.cells import MOST_IN_A_CELL, row_of
from jobs_tui.ui.terminal.safe_segments import SafeSegments
from jobs_tui.ui.terminal.safe_text import harmless, safe_field, safe_line

ANY_TEXT = st.text(st.characters(codec=None))

UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Categories of Unicode of which a reader sees nothing."""

EASTERN_LETTERS = (range(0x3400, 0xA000), range(0xAC00, 0xD7A4))
SCRIPTS_END = 0x1FC00
"""After that come letters of rare scripts, private use, and the tags at U+E0000."""


def test_no_character_that_is_obeyed_or_unseen_is_left() -> None:
    codes = (*range(SCRIPTS_END), *range(0xE0000, 0xE1000))
    text = "".join(chr(code) for code in codes if not any(code in each for each in EASTERN_LETTERS))
    for safe in (safe_line(text), safe_field(text), harmless(text)):
        assert not {unicodedata.category(character) for character in safe} & UNSEEN
        bidi = {unicodedata.bidirectional(character) for character in safe}
        assert not bidi & {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(ANY_TEXT)
def test_a_safe_text_is_printable_and_stays_as_it_is(text: str) -> None:
    for make_safe in (safe_line, safe_field):
        safe = make_safe(text)
        assert make_safe(safe) == safe
        assert not {unicodedata.category(character) for character in safe} & UNSEEN


@given(st.lists(ANY_TEXT), st.integers(1, 40))
def test_no_cell_holds_what_a_terminal_obeys_though_a_widget_forgot(
    texts: list[str], columns: int
) -> None:
    row = row_of([Segment(text) for text in texts], columns, ColorSystem.TRUECOLOR)
    assert len(row) == columns
    drawn = [text for text, _ in row]
    assert not {unicodedata.category(character) for text in drawn for character in text} & UNSEEN
    assert max(map(len, drawn)) <= MOST_IN_A_CELL


@given(st.lists(ANY_TEXT))
def test_textual_s_own_output_gets_no_such_character_either(texts: list[str]) -> None:
    link = Style(link="http://x")
    segments = [Segment(text, link) for text in texts] + [Segment("\x1b[c", None, [(1,)])]
    filtered = SafeSegments().apply(segments, Color(0, 0, 0))
    assert len(filtered) == len(texts)
    for text, style, _ in filtered:
        assert not {unicodedata.category(character) for character in text} & UNSEEN
        assert style is None or not style.link


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert safe_line(text) == text
    assert safe_field(text) == text


@pytest.mark.parametrize("text", ["Zürich 42 °C", "固件升级", "прошивка", "🎉", "é", "│ ▶ … ▆"])
def test_the_letters_of_the_world_stay_as_they_are(text: str) -> None:
    assert safe_line(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "␛[31m"),
        ("a\nb\tc", "a␊b␉c"),
        ("\x7f", "␡"),
        ("\u009b31m", "<U+009B>31m"),
        ("\u202eabc", "<U+202E>abc"),
        ("\ud800", "<U+D800>"),
        ("\u200b", "<U+200B>"),
        ("[bold]x[/]", "[bold]x[/]"),
    ],
)
def test_what_was_there_is_seen(text: str, shown: str) -> None:
    assert safe_line(text) == shown


def test_runs_of_combining_marks_are_capped() -> None:
    for mark in "\u0301\u0e49\u064b\u0903\u1161\U0001d167":
        assert len(safe_line("a" + mark * 2000)) < 10
        assert len(safe_field("a" + mark * 2000)) < 10
        assert cell_len(safe_line("a" + mark * 2000)) == 2


@pytest.mark.parametrize("text", ["བསྒྲུབས", "क्षेत्रज्ञ", "ภาษาไทยที่นี่", "שָׁלוֹם", "가각힣", "ế"])
def test_no_language_loses_its_marks(text: str) -> None:
    assert safe_line(text) == safe_field(text) == text
