"""An indented document folds where it opens, and each line knows its path and its value."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jobs_tui.domain.indented_json import indented_json
from jobs_tui.domain.json_folds import JsonFolds

DOCUMENT = {"a": [1, {"b": "x, {"}, []], "odd name": {"c": None, "d": "two\nlines"}, "e": "\ud800"}


def folds_of(document: Any) -> JsonFolds:
    return JsonFolds(indented_json(json.dumps(document)).lines)


def test_containers_know_their_end_and_their_members() -> None:
    found = folds_of(DOCUMENT).containers
    assert {opener: tuple(each) for opener, each in found.items()} == {
        0: (13, 3),
        1: (7, 3),
        3: (5, 1),
        8: (11, 2),
    }


def test_a_line_tells_its_path_and_its_value_as_one_would_paste_it() -> None:
    folds = folds_of(DOCUMENT)
    assert [(folds.path(line), folds.value(line)) for line in (2, 4, 6, 9, 10, 12)] == [
        ("a[0]", "1"),
        ("a[1].b", "x, {"),
        ("a[2]", "[]"),
        ('["odd name"].c', "null"),
        ('["odd name"].d', "two\nlines"),
        ("e", '"\\ud800"'),
    ]
    assert folds.path(0) == folds.path(13) == ""
    assert json.loads(folds.value(13)) == DOCUMENT
    assert folds.value(3) == folds.value(5) == '{\n  "b": "x, {"\n}'


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(max_examples=30)
@given(VALUES)
def test_the_value_of_the_first_line_is_the_whole_document(value: Any) -> None:
    folds = folds_of(value)
    text = folds.value(0)
    assert text == value if isinstance(value, str) else json.loads(text) == value


@settings(max_examples=15)
@given(st.dictionaries(st.text(), VALUES))
def test_every_container_is_told_with_as_many_members_as_it_has(document: dict[str, Any]) -> None:
    folds = folds_of(document)
    for line, container in folds.containers.items():
        assert len(json.loads(folds.value(line))) == container.members
