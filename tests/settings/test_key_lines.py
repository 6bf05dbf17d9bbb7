"""On which line a key stands, however its author wrote the file."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs_tui.cli.settings.lines import KeyLines

ROOT = Path(__file__).parent.parent.parent

AWKWARD = '''\
# a = 1, [b]
a = 1
"b # c" . 'd' = "=" # e = 2
'f.g'."\\u0068" = [ # [x]
    "] }", # y = 1
    ["z = 1", { i = 1 }], { i = 2 }, {},
]
j = { k = 1, l.m = [1, 2], "n" = { o = "}" }, p = { } }
q = """
r = 1
[s]
\\""" ""\\
t = 1"""
u = \'\'\'
v = 1
[w]\'\'\'
x = """"quoted""""" # y = 1
z = 1979-05-27T07:32:00.5Z
[ aa . "b.b" ]
c-c.dd = -1.5e+3
ee = { ff = 1 } # gg = 2
[[hh]]
ii = 1
[[hh]]
ii = 2
[jj.kk.ll]
[jj]
mm = [[{ nn = 1 }, 2], 3]
oo = 1
'''

LINES = {
    ("a",): 2,
    ("b # c",): 3,
    ("b # c", "d"): 3,
    ("f.g",): 4,
    ("f.g", "h"): 4,
    ("j",): 8,
    ("j", "k"): 8,
    ("j", "l"): 8,
    ("j", "l", "m"): 8,
    ("j", "n"): 8,
    ("j", "n", "o"): 8,
    ("j", "p"): 8,
    ("q",): 9,
    ("u",): 14,
    ("x",): 17,
    ("z",): 18,
    ("aa",): 19,
    ("aa", "b.b"): 19,
    ("aa", "b.b", "c-c"): 20,
    ("aa", "b.b", "c-c", "dd"): 20,
    ("aa", "b.b", "ee"): 21,
    ("aa", "b.b", "ee", "ff"): 21,
    ("hh",): 22,
    ("jj",): 26,
    ("jj", "kk"): 26,
    ("jj", "kk", "ll"): 26,
    ("jj", "mm"): 28,
    ("jj", "oo"): 29,
}


def paths(table: dict[str, object], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """All keys and tables of a document."""
    for name, value in table.items():
        yield (*above, name)
        if isinstance(value, dict):
            yield from paths(value, (*above, name))


def test_each_key_is_found_on_its_line() -> None:
    lines = KeyLines(AWKWARD)
    assert set(paths(tomllib.loads(AWKWARD))) == set(LINES)
    assert {path: lines.of(path) for path in LINES} == LINES


def test_what_is_not_found_stands_at_the_table_around_it() -> None:
    lines = KeyLines("a = 1\n\n[b.c]\nd = 1\n")
    assert lines.of(("b", "c", "x", "y")) == 3
    assert lines.of(("x",)) == 1


def test_what_is_in_a_list_has_no_name() -> None:
    lines = KeyLines("a = [\n{ b = 1 },\n{ c = 1 },\n]\nb = { c = 2 }\n")
    assert [lines.of(path) for path in (("a", "b"), ("a", "c"), ("b", "c"))] == [1, 1, 5]


def test_quotes_at_the_end_of_a_text_belong_to_it() -> None:
    assert KeyLines('a = """x"""" # " [\nb = 1').of(("b",)) == 2
    assert KeyLines("a = '''x'''' # ' [\nb = 1").of(("b",)) == 2


def test_a_file_that_people_wrote() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = KeyLines(text)
    found = [path for path in paths(tomllib.loads(text)) if len(path) > 1]
    assert len(found) > 40
    for path in found:
        assert path[-1] in text.splitlines()[lines.of(path) - 1]


def test_thousands_of_brackets_and_dots_are_no_matter() -> None:
    assert KeyLines(f"{'a.' * 5000}a = 1\nb = 1\n").of(("b",)) == 2
    assert KeyLines(f"a = {'[' * 5000}{']' * 5000}\nb = 1\n").of(("b",)) == 2
    assert KeyLines(f"a = {'{a=' * 5000}1{'}' * 5000}\nb = 1\n").of(("b",)) == 2


KEYS = st.sampled_from(["a", "b-1", "3", '"a.b"', "'[x]'", '"\\u0061 = {"', '""', "x . y", "'#'.b"])
VALUES = st.recursive(
    st.sampled_from(
        [
            "1",
            "-1.5",
            "true",
            "1979-05-27",
            '"[a] = {b}, # \\" c"',
            "'\\'",
            '"""\na = 1\n[b]\n"""',
            "'''a = {'b'},\n'''",
            '""""a""" # """"',
        ]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(inner, max_size=3).map(lambda items: "[ # ]\n" + ",\n".join(items) + "\n]"),
        st.lists(inner, max_size=3).map(
            lambda items: (
                "{" + ", ".join(f"k{number} = {item}" for number, item in enumerate(items)) + "}"
            )
        ),
    ),
    max_leaves=6,
)
Statements = list[tuple[str, str]]
STATEMENTS = st.lists(
    st.one_of(
        st.tuples(KEYS, VALUES),
        KEYS.map(lambda key: (f"[{key}]", "")),
        KEYS.map(lambda key: (f"[[ {key} ]]", "")),
        st.sampled_from([("", ""), ("", "# a = 1 ' \" ["), ("", "\t")]),
    ),
    max_size=12,
)


@given(STATEMENTS)
def test_each_key_of_any_document_stands_where_it_should(
    statements: list[tuple[str, str]],
) -> None:
    text, line = "", 1
    table: tuple[str, ...] = ()
    expected: dict[tuple[str, ...], int] = {}
    for key, value in statements:
        statement = f"{key} = {value}\n" if key and value else f"{key}{value} # ]\n"
        try:
            tomllib.loads(text + statement)
        except tomllib.TOMLDecodeError:
            continue
        path = own_path(f"{key} = 0" if value else key) if key else ()
        if key and not value:
            table = path
        elif key:
            path = (*table, *path)
        for length in range(1, len(path) + 1):
            expected.setdefault(path[:length], line)
        text += statement
        line += statement.count("\n")
    lines = KeyLines(text)
    assert {path: lines.of(path) for path in expected} == expected


def own_path(statement: str) -> tuple[str, ...]:
    """The one whole path in a statement, as tomllib reads it."""
    path: tuple[str, ...] = ()
    document: object = tomllib.loads(statement)
    while isinstance(document, dict) and document:
        ((name, document),) = document.items()
        path = (*path, name)
    return path


@pytest.mark.parametrize("ending", ["\n", ""])
def test_the_last_line_needs_no_end(ending: str) -> None:
    assert KeyLines(f"a = 1\nb = 2{ending}").of(("b",)) == 2
