"""A job document can be read whatever it holds, and shows no secret unless asked to."""

import json
import time
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs_tui.domain.job_document import JobDocument, read_job_document
from jobs_tui.domain.masking import MASK, mask

SECRET = "5ec7e7"
URL = f"https://b.s3.amazonaws.com/k?X-Amz-Expires=300&X-Amz-Signature={SECRET}"
WAYS = [(masked, raw) for masked in (True, False) for raw in (True, False)]

REAL = sorted(
    entry.name
    for entry in resources.files("jobs_tui.emulator.demo").joinpath("job_documents").iterdir()
    if entry.name.endswith(".json")
)


def real(name: str) -> str:
    folder = resources.files("jobs_tui.emulator.demo").joinpath("job_documents")
    return folder.joinpath(name).read_text(encoding="utf-8")


def shown(document: JobDocument, *, masked: bool = False, raw: bool = False) -> str:
    return "\n".join(document.lines(masked=masked, raw=raw))


def test_there_are_real_documents_to_read() -> None:
    assert REAL


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("masked", [True, False])
def test_a_real_document_means_the_same_in_every_way_of_showing_it(
    name: str, *, masked: bool
) -> None:
    text = real(name)
    document = read_job_document(text)
    assert document.problem is None
    assert document.warning is None
    assert json.loads(shown(document, masked=masked)) == json.loads(text)
    assert shown(document, masked=masked, raw=True) == text


def test_a_document_that_parses_is_indented_and_its_raw_form_is_as_received() -> None:
    document = read_job_document('{"b":1,\n"a":2}')
    assert document.problem is None
    assert document.lines(masked=True, raw=False) == ("{", '  "b": 1,', '  "a": 2', "}")
    assert document.lines(masked=True, raw=True) == ('{"b":1,', '"a":2}')
    assert document.raw == '{"b":1,\n"a":2}'


@pytest.mark.parametrize("raw", [True, False])
@pytest.mark.parametrize("text", [json.dumps({"url": URL}), f"curl {URL}", json.dumps([URL] * 3)])
def test_secrets_are_shown_only_when_asked_for(text: str, *, raw: bool) -> None:
    document = read_job_document(text)
    assert SECRET not in shown(document, masked=True, raw=raw)
    assert MASK in shown(document, masked=True, raw=raw)
    assert SECRET in shown(document, masked=False, raw=raw)


def test_secrets_behind_escapes_do_not_appear_when_the_escapes_are_undone() -> None:
    document = read_job_document('{"url": "https:\\/\\/b/k?X\\u002dAmz-Signature%\\u0033D5ec7e7"}')
    assert "X-Amz-Signature%3D" in shown(document, masked=True)
    for raw in (True, False):
        assert SECRET not in shown(document, masked=True, raw=raw)


def test_no_secret_is_in_the_representation_or_the_warning() -> None:
    name = f"X-Amz-Signature={SECRET}"
    document = read_job_document(f'{{"{name}": "{URL}", "{name}": "{URL}"}}')
    assert SECRET not in repr(document)
    assert document.warning is not None
    assert SECRET not in document.warning


def test_a_repeated_member_is_shown_and_said() -> None:
    document = read_job_document('{"version": "1", "steps": [], "version": "2"}')
    assert document.lines(masked=True, raw=False) == (
        "{",
        '  "version": "1",',
        '  "steps": [],',
        '  "version": "2"',
        "}",
    )
    assert document.warning == (
        '"version" stands more than once in one object: a device may use any of them'
    )


def test_many_repeated_members_are_said_in_one_short_line() -> None:
    names = ["\u202e" * 500, "b", "c"] * 2
    document = read_job_document("{" + ",".join(f"{json.dumps(name)}: 1" for name in names) + "}")
    assert document.warning is not None
    assert "and so do 2 other names" in document.warning
    assert document.warning.isprintable()
    assert len(document.warning) < 400


HOSTILE = {
    "nothing": "",
    "blanks": " \n ",
    "markup": '{"a": "[bold]x[/]", "b": ["a", "[/b]"], "c": "[@click=app.quit]x[/]"}',
    "escape sequences": '{"a": "\x1b[31m\x1b]52;c;ZXZpbA==\x07"}',
    "escaped escape sequences": json.dumps({"a": "\x1b]0;t\x07\x9b31m\x00\x7f"}),
    "bidi override": json.dumps({"a": "\u202egnp.exe"}, ensure_ascii=False),
    "2,000 combining marks": json.dumps("e" + "\u0301" * 2000, ensure_ascii=False),
    "an escaped lone surrogate": '{"a": "\\ud800"}',
    "a lone surrogate": '{"a": "\ud800"}',
    "a byte order mark": '\ufeff{"a": 1}',
    "10,000 levels": "[" * 10_000 + "]" * 10_000,
    "990 levels": "[" * 990 + "]" * 990,
    "10,000 levels of objects": '{"a":' * 10_000 + "1" + "}" * 10_000,
    "levels that do not end": "[" * 1_000_000,
    "5,000 digits": "9" * 5000,
    "a million digits": '{"n": ' + "9" * 1_000_000 + "}",
    "1e999": '{"n": 1e999}',
    "NaN": '{"n": NaN}',
    "Infinity": "[Infinity, -Infinity]",
    "repeated members": '{"a": 1, "a": 2}',
    "100,000 repeated members": "{"
    + ",".join(f'"{n % 50_000}": {n}' for n in range(100_000))
    + "}",
    "a line of 1 MB": json.dumps("x" * 1_000_000),
    "a line of 1 MB that is no JSON": "x" * 1_000_000,
    "1 MB of escapes": '"' + "\\u202e" * 160_000 + '"',
    "1 MB of numbers": "[" + "1," * 500_000 + "1]",
    "1 MB at the deepest level": "[" * 499 + "[" + "1," * 500_000 + "1]" + "]" * 499,
    "100,000 lines": "\n".join(["[0,", *("1," for _ in range(100_000)), "2]"]),
    "30,000 lines": "\n".join(["[0,", *("1," for _ in range(30_000)), "2]"]),
    "a line of 100 kB": json.dumps("x" * 100_000),
    "100,000 lines of nothing": "\n" * 100_000,
    "carriage returns": '{\r\n"a": 1\r}',
    "cut off": '{"a": [1, {"b": "c',
    "a web page": "<html><body>Sign in</body></html>",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_read_soon_and_can_always_be_seen_as_received(name: str) -> None:
    text = HOSTILE[name]
    started = time.process_time()
    document = read_job_document(text)
    ways = {(masked, raw): document.lines(masked=masked, raw=raw) for masked, raw in WAYS}
    assert time.process_time() - started < 2
    assert "\n".join(ways[False, True]) == text
    assert "\n".join(ways[True, True]) == mask(text)
    assert sum(map(len, ways[False, False])) < 5_000_000
    if document.problem is not None:
        assert "\n" not in document.problem
        assert ways[False, False] == ways[False, True]
        assert ways[True, False] == ways[True, True]
    else:
        assert all(line.isprintable() for line in ways[False, False])


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("nothing", "not JSON: Expecting value"),
        ("escape sequences", "not JSON: Invalid control character"),
        ("a byte order mark", "byte order mark"),
        ("10,000 levels", "levels deep"),
        ("10,000 levels of objects", "levels deep"),
        ("levels that do not end", "too many to be indented"),
        ("a line of 1 MB", "1000002 characters are too many to be indented"),
        ("100,000 lines", "too many to be indented"),
        ("NaN", "not JSON: NaN"),
        ("Infinity", "not JSON: Infinity"),
        ("cut off", "not JSON: Unterminated string"),
        ("a web page", "not JSON: Expecting value: line 1 column 1"),
    ],
)
def test_what_cannot_be_indented_is_shown_as_received_with_the_reason(
    name: str, problem: str
) -> None:
    document = read_job_document(HOSTILE[name])
    assert document.problem is not None
    assert problem in document.problem
    assert shown(document) == HOSTILE[name]


@pytest.mark.parametrize(
    "name",
    [
        *("markup", "an escaped lone surrogate", "5,000 digits", "1e999", "repeated members"),
        *("30,000 lines", "a line of 100 kB", "bidi override", "2,000 combining marks"),
    ],
)
def test_what_is_json_is_indented_however_odd(name: str) -> None:
    document = read_job_document(HOSTILE[name])
    assert document.problem is None


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.slow
@given(VALUES)
def test_any_value_can_be_read_back_from_the_lines(value: Any) -> None:
    assert json.loads(shown(read_job_document(json.dumps(value)))) == value


@given(st.text() | VALUES.map(json.dumps))
def test_masked_and_not_have_the_same_number_of_lines(text: str) -> None:
    document = read_job_document(text)
    for raw in (True, False):
        masked = document.lines(masked=True, raw=raw)
        assert len(masked) == len(document.lines(masked=False, raw=raw))


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    document = read_job_document(text)
    assert shown(document, raw=True) == text
    if document.problem is not None:
        assert shown(document) == text
