"""An open document: ways, folds, places found, masks; whatever it is."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs_tui.ui.forms.open_document import OpenDocument, Way
from jobs_tui.ui.views.document import Validity

SECRET = "5ec7e7"
URL = f"https://b.s3.amazonaws.com/k?X-Amz-Signature={SECRET}&a=1"
STEPS = json.dumps({"steps": [{"action": {"name": "go", "input": {"command": URL}}}], "x": 1})


def shown(document: OpenDocument) -> list[str]:
    return ["".join(piece.text for piece in line.pieces) for line in document.lines]


def looks(document: OpenDocument) -> list[tuple[str, str]]:
    return [
        (piece.text, piece.look)
        for line in document.lines
        for piece in line.pieces
        if piece.look.startswith("found")
    ]


def test_a_document_with_steps_opens_with_them_and_goes_round() -> None:
    document = OpenDocument(STEPS, masked=True)
    seen = []
    for _ in range(4):
        seen.append(document.way)
        document.next_way()
    assert seen == [Way.STEPS, Way.TREE, Way.RAW, Way.STEPS]
    document.look(Way.RAW)
    assert SECRET not in shown(document)[0]


@pytest.mark.parametrize("way", [Way.STEPS, Way.TREE, Way.RAW])
def test_secrets_are_hidden_in_every_way_and_not_found_while_they_are(way: Way) -> None:
    document = OpenDocument(STEPS, masked=True)
    document.look(way)
    document.find(SECRET, 0)
    assert document.count == "not found"
    assert SECRET not in "\n".join(shown(document))
    document.mask(on=False)
    assert document.count == "1 found"
    assert SECRET in "\n".join(shown(document))


def test_a_search_for_a_masked_text_does_not_outlive_the_mask() -> None:
    document = OpenDocument(STEPS, masked=False)
    document.find(SECRET, 0)
    assert document.count == "1 of 1"
    document.mask(on=True)
    assert document.count == "not found"


def test_places_are_gone_to_from_the_cursor_on_and_round_the_ends() -> None:
    document = OpenDocument('{"Ab": 1, "x": "ab ab", "y": 2}', masked=True)
    assert document.find("ab", 2) == 2
    assert document.count == "2 of 3"
    assert looks(document) == [("Ab", "found"), ("ab", "found-now"), ("ab", "found")]
    assert [document.find_next(1, 2), document.count] == [2, "3 of 3"]
    assert [document.find_next(1, 2), document.count] == [1, "1 of 3"]
    assert [document.find_next(-1, 1), document.count] == [2, "3 of 3"]
    # the cursor has gone elsewhere since
    assert [document.find_next(-1, 4), document.count] == [2, "3 of 3"]
    assert [document.find_next(1, 0), document.count] == [1, "1 of 3"]
    assert [document.find_next(-1, 2), document.count] == [1, "1 of 3"]
    document.find("", 0)
    assert (document.count, looks(document)) == ("", [])


def test_what_is_folded_tells_its_members_and_is_unfolded_where_something_is_found() -> None:
    document = OpenDocument('{"a": {"b": [1, 2], "c": 3}, "d": [{"e": 4}]}', masked=True)
    document.look(Way.TREE)
    document.fold_all(on=True)
    assert shown(document) == [
        "{",
        '  "a": { 2 members },',
        '  "d": [ 1 element ]',
        "}",
    ]
    assert document.find("c", 0) == 6
    assert shown(document)[1:5] == [
        '  "a": {',
        '    "b": [ 2 elements ],',
        '    "c": 3',
        "  },",
    ]
    assert document.position_of(4) == 2, "the line is within what is folded"
    document.fold_all(on=False)
    assert len(shown(document)) == 14


def test_folding_goes_from_the_inside_to_the_outside() -> None:
    document = OpenDocument('{"a": {"b": [1]}}', masked=True)
    assert document.fold(3) == 3, "a value is nothing to fold"
    assert document.fold(3, on=True) == 2
    assert document.fold(2, on=True) == 1
    assert document.fold(5) == 1, "a closing line stands for what it closes"
    assert document.fold(2, on=False) == 2
    assert shown(document) == ["{", '  "a": {', '    "b": [', "      1", "    ]", "  }", "}"]


def test_the_value_under_the_cursor_is_told_in_steps_and_tree() -> None:
    document = OpenDocument(STEPS, masked=True)
    assert document.value_at(1) == ("steps[0].action.input.command", URL)
    document.look(Way.TREE)
    assert document.value_at(6) == ("steps[0].action.input.command", URL)
    document.look(Way.RAW)
    assert document.value_at(0) is None


def test_what_changed_is_told_masked() -> None:
    document = OpenDocument(STEPS, masked=False)
    before = OpenDocument(STEPS.replace('"x": 1', '"x": 2'), masked=True).masked_lines
    assert document.differs_from(before)
    assert not document.differs_from(document.masked_lines)
    document.compare(before)
    assert '-   "x": 2' in shown(document)
    assert '+   "x": 1' in shown(document)
    assert SECRET not in "\n".join(shown(document))
    assert document.leave_changes()
    assert document.way is Way.STEPS


def test_a_document_that_is_fetched_again_is_looked_at_as_before() -> None:
    earlier = OpenDocument(STEPS, masked=True)
    earlier.next_way()
    earlier.fold_all(on=True)
    earlier.find('"x"', 0)
    document = OpenDocument(STEPS.replace(SECRET, "other"), masked=True)
    document.continue_from(earlier)
    assert (document.way, shown(document)[1]) == (Way.TREE, '  "steps": [ 1 element ],')
    assert document.wanted == '"x"'


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (3700, "presigned URL: valid for 61 min"),
        (120, "presigned URL: valid for 2 min"),
        (119, "presigned URL: valid for 120 s"),
        (101, "presigned URL: valid for 110 s"),
        (1, "presigned URL: valid for 10 s"),
        (0, "presigned URL: no longer valid; f fetches a new one"),
    ],
)
def test_the_end_of_a_presigned_url_is_told_in_few_steps(left: float, words: str) -> None:
    assert Validity(1, 1000.0 + left).words(1000.0) == words


def test_where_bytes_are_spared_it_is_told_in_minutes() -> None:
    assert Validity(2, 1050.0).words(1000.0, in_minutes=True) == (
        "2 presigned URLs: valid for <1 min"
    )


LARGE = {
    "members": json.dumps(list(range(20_000))),
    "lines": "\n".join(map(str, range(100_000))),
    "levels": "[" * 10_000 + "]" * 10_000,
    "line": "1" * 1_000_000,
    "names": json.dumps({f"n{number}": {"1": number} for number in range(6_000)}),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_large_documents_are_searched_and_folded_soon(name: str) -> None:
    begun = time.process_time()
    document = OpenDocument(LARGE[name], masked=True)
    if document.way is Way.TREE:
        document.fold_all(on=True)
        assert document.lines
        document.value_at(document.position_of(15_000))
    document.find("1", 0)
    for _ in range(3):
        document.find_next(1, 0)
        assert document.lines
    document.next_way()
    took = time.process_time() - begun
    assert took < 3, f"{took:.1f} s"


KEYS = st.lists(st.sampled_from("tfFoO/nNu"), max_size=12)
VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@settings(max_examples=40)
@given(VALUES.map(json.dumps) | st.text(), KEYS, st.integers(0, 20))
def test_whatever_is_pressed_lines_and_positions_fit(text: str, keys: list[str], at: int) -> None:
    document = OpenDocument(text, masked=True)
    line = 0
    for key in keys:
        line = document.line_at(at)
        assert document.line_at(document.position_of(line)) == line
        document.value_at(line)
        match key:
            case "t":
                document.next_way()
            case "u":
                document.mask(on=False)
            case "/":
                line = document.find("1", line)
            case "n" | "N":
                line = document.find_next(1 if key == "n" else -1, line)
            case _ if document.way is Way.TREE:
                if key in "fF":
                    line = document.fold(line, on=key == "f" or None)
                else:
                    document.fold_all(on=key == "o")
        assert len(document.lines) >= 1
        if key in "/nN" and document.count.partition(" ")[0].isdigit():
            assert document.line_at(document.position_of(line)) == line
