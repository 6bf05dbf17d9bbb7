"""The query language of SearchIndex: what each form finds, and what is refused by words."""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs_tui.emulator import Account, ManualClock, ServiceError

THINGS = {
    "gw-lyon-01": {"site": "Lyon", "rack": "r:1"},
    "gw-lyon-02": {"site": "lyon"},
    "gw-lille-01": {"site": "lille", "empty": ""},
    "meter-7": {},
    "a:b": {"site": "gw"},
}
GROUPS = {"north": ["gw-lille-01", "meter-7"], "lyon": ["gw-lyon-01"], "below": ["a:b"]}


@pytest.fixture(scope="module")
def account() -> Account:
    account = Account(ManualClock(1.8e9), Random(3))
    for name, attributes in THINGS.items():
        account.create_thing(name, attributes)
    for name, members in GROUPS.items():
        account.create_thing_group(name, parent="north" if name == "below" else None)
        for member in members:
            account.add_thing_to_thing_group(member, name)
    return account


@pytest.fixture(scope="module")
def found(account):
    """The names of the things that a query finds."""

    def names(query: str) -> list[str]:
        return [each.name for each in account.search_index(query)]

    return names


EVERY = list(THINGS)
LYON = ["gw-lyon-01", "gw-lyon-02"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("*", EVERY),
        ("thingName:*", EVERY),
        ("thingName:meter-7", ["meter-7"]),
        ("thingName:METER-7", ["meter-7"]),
        ("thingName:meter", []),
        ("thingName:gw-*", ["gw-lyon-01", "gw-lyon-02", "gw-lille-01"]),
        ("thingName:*-01", ["gw-lyon-01", "gw-lille-01"]),
        ("thingName:*lyon*", LYON),
        ("thingName:g*l*1", ["gw-lyon-01", "gw-lille-01"]),
        ("thingName:gw-lyon-0?", LYON),
        ("thingName:gw-lyon-?", []),
        (r"thingName:a\:b", ["a:b"]),
        ('thingName:"a:b"', ["a:b"]),
        (r"thingName:\*", []),
        ("attributes.site:lyon", LYON),
        ("attributes.site:l*", ["gw-lyon-01", "gw-lyon-02", "gw-lille-01"]),
        ("attributes.site:*", ["gw-lyon-01", "gw-lyon-02", "gw-lille-01", "a:b"]),
        ("attributes.empty:*", ["gw-lille-01"]),
        ("attributes.Site:lyon", []),
        ('attributes.rack:"r:1"', ["gw-lyon-01"]),
        ("thingGroupNames:north", ["gw-lille-01", "meter-7"]),
        ("thingTypeName:*", []),
        ("lyon", LYON),
        ("l*", ["gw-lyon-01", "gw-lyon-02", "gw-lille-01"]),
        ("north", ["gw-lille-01", "meter-7"]),
        ("lyon 02", []),
        ("lyon *02", ["gw-lyon-02"]),
        ("lyon AND thingGroupNames:lyon", ["gw-lyon-01"]),
        ("meter-7 OR thingName:*02", ["gw-lyon-02", "meter-7"]),
        ("NOT attributes.site:lyon", ["gw-lille-01", "meter-7", "a:b"]),
        ("-attributes.site:lyon", ["gw-lille-01", "meter-7", "a:b"]),
        ("thingName:gw-* NOT lyon", ["gw-lille-01"]),
        ("thingName:(gw-* AND -gw-lyon-01)", ["gw-lyon-02", "gw-lille-01"]),
        ("thingName:(meter-7 OR gw-lyon-01) -thingGroupNames:lyon", ["meter-7"]),
        ("(meter-7 OR lyon) AND NOT (thingName:*02 OR north)", ["gw-lyon-01"]),
        ("NOT NOT meter-7", ["meter-7"]),
        (" ((meter-7)) ", ["meter-7"]),
        ("lyon\tOR\nnorth", ["gw-lyon-01", "gw-lyon-02", "gw-lille-01", "meter-7"]),
    ],
)
def test_a_query_finds(query, expected, found) -> None:
    assert found(query) == expected


def test_a_thing_is_found_by_its_id(account, found) -> None:
    thing = account.list_things()[1]
    assert found(f"thingId:{thing.thing_id}") == [thing.name]
    assert found(thing.thing_id) == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (" ", "no term"),
        ("AND", "no term"),
        ("a AND", "ends where a term should follow"),
        ("OR a", "where OR is"),
        ("a AND OR b", "where OR is"),
        ("a NOT", "ends where a term"),
        ("a AND b OR c", "put parentheses"),
        ("a b OR c", "put parentheses"),
        ("(a", "no ) after"),
        ("a)", "no ( before"),
        ("a ()", "where ) is"),
        ("thingName:()", "no term"),
        ("thingName:", "value is missing"),
        ("thingName: a", "value is missing"),
        ("thingName:a:b", r"\:"),
        ("thingName:-a", r"\-"),
        ("a:b", "no field a"),
        ("thingname:a", "case sensitive"),
        ("attributes.:a", "no field"),
        ("shadow.reported.a:1", "registry only"),
        ("connectivity.connected:true", "registry only"),
        ("thingName:(thingId:a)", "within parentheses"),
        ("attributes.a:[1 TO 2]", "ranges"),
        ("attributes.a:{1 TO 2]", "ranges"),
        ("attributes.a<5", "comparisons"),
        ("attributes.a>=5", "comparisons"),
        ("a~", "fuzzy"),
        ("a^2", "boosting"),
        ("a && b", "AND"),
        ("a || b", "OR"),
        ("!a", "NOT"),
        ("+a", "operator +"),
        ("/a/", "character /"),
        ("a,b", "character ,"),
        ("attributes.a@b:c", "character @"),
        ('"a/b"', "character /"),
        ("a and b", "write AND"),
        ("thingName:NOT", "write NOT"),
        ("a - b", "hyphen"),
        ("a --b", "hyphen"),
        ("(a -)", "hyphen"),
        ('"a', "not closed"),
        ('a"b"', "within a word"),
        ('"a"b', "right behind a quote"),
        ('""', "nothing between"),
        ('"a b"', "white space"),
        ('"a*"', "no wildcard works in quotes"),
        ("a\\", "nothing to escape"),
        ("a\\b", "nothing to escape"),
        ('"a\\b"', "nothing to escape"),
        ("a\\\\", "nothing to escape"),
        ("*a *b", "only one term"),
        ("?a OR *b", "only one term"),
        (f"*a OR {'b' * 100}", "100 characters"),
        (" ".join("abcdefghijklm"), "13 terms"),
        ("(" * 21 + "a" + ")" * 21, "20 deep"),
    ],
)
def test_a_query_is_refused_by_words(query, words, found) -> None:
    with pytest.raises(ServiceError) as refusal:
        found(query)
    assert (refusal.value.http_status, refusal.value.code) == (400, "InvalidQueryException")
    assert words in refusal.value.message


def test_twelve_terms_and_twenty_parentheses_are_understood(found) -> None:
    assert found(" OR ".join("abcdefghijkl")) == []
    assert found("(" * 20 + "lyon" + ")" * 20) == LYON


def test_many_wildcards_do_not_keep_the_emulator_busy() -> None:
    account = Account(ManualClock(1.8e9), Random(3))
    account.create_thing("long", {"long": "a" * 800})
    assert list(account.search_index("attributes.long:" + "a*" * 400 + "b")) == []


@dataclass(frozen=True)
class Word:
    field: str | None
    value: str

    @property
    def text(self) -> str:
        value = self.value.replace(":", r"\:")
        return value if self.field is None else f"{self.field}:{value}"

    def finds(self, name: str) -> bool:
        values = {
            "thingName": [name],
            "thingGroupNames": [group for group, there in GROUPS.items() if name in there],
        } | {f"attributes.{key}": [value] for key, value in THINGS[name].items()}
        return any(
            fnmatchcase(each.lower(), self.value.lower())
            for field, there in values.items()
            for each in there
            if self.field in {None, field}
        )


@dataclass(frozen=True)
class Without:
    part: "Part"
    sign: str

    @property
    def text(self) -> str:
        part = self.part.text
        return f"{self.sign}({part})" if isinstance(self.part, Both) else f"{self.sign}{part}"

    def finds(self, name: str) -> bool:
        return not self.part.finds(name)


@dataclass(frozen=True)
class Both:
    parts: "tuple[Part, ...]"
    between: str

    @property
    def text(self) -> str:
        return self.between.join(
            f"({part.text})" if isinstance(part, Both) else part.text for part in self.parts
        )

    def finds(self, name: str) -> bool:
        judge = any if "OR" in self.between else all
        return judge(part.finds(name) for part in self.parts)


Part = Word | Without | Both

FIELDS = [None, "thingName", "thingGroupNames", "attributes.site", "attributes.rack"]
VALUES = [
    *[f"{each}{end}" for each in ("g", "gw-l", "l", "north", "a:b", "r:") for end in ("", "*")],
    *["gw-lyon-0?", "l?on", "LYON", "meter-7", "g*-*1", "n*t*", "*"],
]
WORDS = st.builds(Word, st.sampled_from(FIELDS), st.sampled_from(VALUES))


def longer(parts: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
    plain = parts.filter(lambda part: not isinstance(part, Without))
    return st.builds(Without, plain, st.sampled_from(["NOT ", "-"])) | st.builds(
        Both,
        st.lists(parts, min_size=2, max_size=3).map(tuple),
        st.sampled_from([" AND ", " OR ", " "]),
    )


@settings(max_examples=300, derandomize=True, deadline=None)
@given(part=st.recursive(WORDS, longer, max_leaves=12))
def test_every_query_finds_what_a_naive_reading_of_it_finds(part, found) -> None:
    assert found(part.text) == [name for name in THINGS if part.finds(name)]
