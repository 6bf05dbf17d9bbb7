"""Indenting changes how a JSON text looks, never what it says."""

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs_tui.domain.indented_json import (
    LEVELS_INDENTED_MAX,
    LEVELS_MAX,
    NotIndentableError,
    indented_json,
    json_string,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()))
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(ANY_TEXT, inner), max_leaves=20
)
TEXTS = VALUES.map(json.dumps)
DOCUMENTS = TEXTS.filter(lambda text: "NaN" not in text and "Infinity" not in text)
INDENTS = st.sampled_from([None, 0, 1, 4, "\t"])


def as_written(text: str) -> Any:
    """Everything that a JSON text says: numbers as text, members as pairs in their order."""
    return json.loads(
        text,
        parse_int=lambda number: ("number", number),
        parse_float=lambda number: ("number", number),
        object_pairs_hook=lambda members: ("object", members),
    )


def indented(text: str) -> str:
    return "\n".join(indented_json(text).lines)


def refusal(text: str) -> str | None:
    try:
        indented_json(text)
    except NotIndentableError as problem:
        return str(problem)
    return None


@given(VALUES, INDENTS)
def test_any_value_means_the_same_when_indented(value: Any, indent: Any) -> None:
    text = json.dumps(value, indent=indent)
    reason = refusal(text)
    if reason is None:
        assert as_written(indented(text)) == as_written(text)
    else:
        assert "is no number in JSON" in reason


@pytest.mark.slow
@given(DOCUMENTS)
def test_indenting_what_is_indented_changes_nothing(text: str) -> None:
    assert indented(indented(text)) == indented(text)


@given(DOCUMENTS)
def test_every_line_holds_but_one_line_and_no_character_that_cannot_be_seen(text: str) -> None:
    assert all(line.isprintable() for line in indented_json(text).lines)


@given(st.text())
def test_any_text_is_indented_or_refused_with_a_reason_of_one_line(text: str) -> None:
    reason = refusal(text)
    if reason is None:
        assert as_written(indented(text)) == as_written(text)
    else:
        assert "\n" not in reason


def test_two_spaces_a_level_one_entry_a_line_and_what_is_empty_stays_together() -> None:
    text = '{"a":[1,{"b":null}],"c":{},"d":[],"e":[[]]}'
    assert indented_json(text).lines == (
        "{",
        '  "a": [',
        "    1,",
        "    {",
        '      "b": null',
        "    }",
        "  ],",
        '  "c": {},',
        '  "d": [],',
        '  "e": [',
        "    []",
        "  ]",
        "}",
    )


@pytest.mark.slow
@given(
    st.recursive(
        st.text("ab") | st.integers() | st.booleans(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text("ab"), inner),
    )
)
def test_tame_documents_look_as_the_standard_library_would_write_them(value: Any) -> None:
    assert indented(json.dumps(value)) == json.dumps(value, indent=2)


@pytest.mark.parametrize(
    "number",
    [
        *("0", "-0", "1.0", "1.50", "1E5", "1e+5", "1e999", "-1e-999", "1.604067741583E12"),
        *("12345678901234567890.12345678901234567890", "9" * 5000, "0.1" + "0" * 5000),
    ],
)
def test_a_number_stands_as_it_was_written(number: str) -> None:
    assert indented_json(number).lines == (number,)
    assert indented_json(f'{{"n":[{number}]}}').lines[2] == f"    {number}"


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_a_constant_that_json_does_not_know_is_refused_by_name(constant: str) -> None:
    with pytest.raises(NotIndentableError, match=f"not JSON: {constant} is no number in JSON"):
        indented_json(f'{{"n": {constant}}}')


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON: Expecting value: line 1 column 1"),
        ("reboot now", "not JSON: Expecting value: line 1 column 1"),
        ('{"a": 1}\n{"b": 2}', "not JSON: Extra data: line 2 column 1"),
        ('{"a": 1', "not JSON: Expecting ',' delimiter: line 1 column 8"),
        ("{'a': 1}", "not JSON: Expecting property name enclosed in double quotes"),
        ('"a\tb"', "not JSON: Invalid control character at: line 1 column 3"),
        ('"\\x41"', "not JSON: Invalid"),
        ("01", "not JSON: Extra data"),
        ('\ufeff{"a": 1}', r"it starts with a byte order mark \(U\+FEFF\)"),
    ],
)
def test_what_is_no_json_is_refused_with_the_reason_and_the_place(text: str, reason: str) -> None:
    with pytest.raises(NotIndentableError, match=reason):
        indented_json(text)


def test_a_member_that_stands_twice_is_shown_twice_and_named() -> None:
    found = indented_json('{"a": 1, "b": {"c": 1, "c": 2, "c": 3}, "a": 2, "d": {"b": 1}}')
    assert found.lines.count('  "a": 1,') == 1
    assert found.lines.count('  "a": 2,') == 1
    assert [line for line in found.lines if '"c"' in line] == [
        f'    "c": {n}' + "," * (n < 3) for n in (1, 2, 3)
    ]
    assert found.repeated_names == ("c", "a")


def test_a_name_in_different_objects_is_no_repetition() -> None:
    assert indented_json('[{"a": 1}, {"a": {"a": 2}}]').repeated_names == ()


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


def test_as_many_levels_as_allowed_are_indented_and_one_more_is_refused() -> None:
    assert len(indented_json(nested(LEVELS_MAX)).lines) == 2 * LEVELS_MAX - 1
    with pytest.raises(NotIndentableError, match=f"nested more than {LEVELS_MAX} levels deep"):
        indented_json(nested(LEVELS_MAX + 1))


@pytest.mark.parametrize("text", [nested(10_000), '{"a":' * 10_000 + "1" + "}" * 10_000])
def test_ten_thousand_levels_are_refused(text: str) -> None:
    with pytest.raises(NotIndentableError, match="levels deep"):
        indented_json(text)


def test_lines_move_right_only_so_far() -> None:
    lines = indented_json(nested(LEVELS_MAX)).lines
    assert lines[LEVELS_INDENTED_MAX] == "  " * LEVELS_INDENTED_MAX + "["
    assert lines[LEVELS_INDENTED_MAX + 1] == "  " * LEVELS_INDENTED_MAX + "["
    assert sum(map(len, lines)) < 50_000


@given(ANY_TEXT)
def test_a_string_means_what_it_meant(text: str) -> None:
    document = json.dumps(text)
    assert json.loads(indented(document)) == json.loads(document)


@pytest.mark.parametrize(
    "text", ["Ñandú", "прошивка", "固件", "λ < µ & 1/2", "🔥", "e\u0301", "\ufffd", "a b", "~"]
)
def test_ordinary_characters_are_shown_as_they_are(text: str) -> None:
    assert json_string(text) == f'"{text}"'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('say "x" \\', r"say \"x\" \\"),
        ("\n\t\r", r"\n\t\r"),
        ("\x00\x1b[31m\x07", r"\u0000\u001b[31m\u0007"),
        ("\x7f\x80\x9b", r"\u007f\u0080\u009b"),
        ("a\u202eb\u2066c\u200bd", r"a\u202eb\u2066c\u200bd"),
        ("rm\u00a0-rf\u3000/", r"rm\u00a0-rf\u3000/"),
        ("\u2028\u2029\ufeff\u00ad", r"\u2028\u2029\ufeff\u00ad"),
        ("\ud800", r"\ud800"),
        ("\U000e0041\U0010ffff", r"\udb40\udc41\udbff\udfff"),
        ("\u034f\u3164\ufe0f\U000e0100", r"\u034f\u3164\ufe0f\udb40\udd00"),
        ("👩\u200d🚀", r"👩\u200d🚀"),
    ],
)
def test_characters_that_deceive_or_cannot_be_seen_are_escaped(text: str, shown: str) -> None:
    assert json_string(text) == f'"{shown}"'


@given(st.characters(categories=("C", "Zl", "Zp")))
def test_no_control_format_surrogate_private_or_unassigned_character_is_shown(
    character: str,
) -> None:
    assert character not in json_string(f"a{character}b")
    assert json.loads(json_string(f"a{character}b")) == f"a{character}b"


def test_escapes_that_hide_an_ordinary_character_are_undone() -> None:
    assert indented_json(r'"https:\/\/b\u002fk?a=1\u0026b=2 \u0041\ud83d\udd25"').lines == (
        '"https://b/k?a=1&b=2 A🔥"',
    )


def test_member_names_are_written_like_strings() -> None:
    assert indented_json('{"\\u202e": 1, "\\u0041": 2}').lines[1:3] == (
        '  "\\u202e": 1,',
        '  "A": 2',
    )


@given(st.characters(exclude_categories=("C", "Z", "M")))
def test_letters_digits_and_signs_that_draw_something_are_never_escaped(character: str) -> None:
    if character in '"\\\u115f\u1160\u3164\uffa0':
        return
    assert unicodedata.category(character)[0] in "LNPS"
    assert json_string(character) == f'"{character}"'
