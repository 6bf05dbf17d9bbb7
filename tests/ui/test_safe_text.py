"""What reaches the terminal of other people's words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs_tui.ui.terminal.safe_text import safe_field, safe_line


@given(st.text(st.characters(codec=None)))
def test_no_control_format_or_surrogate_character_is_left(text: str) -> None:
    for safe in (safe_line(text), safe_field(text)):
        assert not {unicodedata.category(character) for character in safe} & {
            "Cc",
            "Cs",
            "Zl",
            "Zp",
        }
        bidi = {unicodedata.bidirectional(character) for character in safe}
        assert not bidi & {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert safe_line(text) == text
    assert safe_field(text) == text


@pytest.mark.parametrize("text", ["Zürich 42 °C", "固件升级", "прошивка", "🎉", "é"])
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
    assert len(safe_line("a" + "\u0301" * 2000)) < 10
