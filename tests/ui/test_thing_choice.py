"""Choosing things: what is typed, offered and marked."""

import pytest

from jobs_tui.domain.thing_selection import AllThings, FleetQuery, NamePrefix, ThingGroup
from jobs_tui.ui.forms.thing_choice import (
    AS_TYPED,
    FOUND,
    USED_LAST,
    Offer,
    ThingChoice,
    begins_a_search,
    selection_typed,
)

KNOWN = ThingChoice(used_last=("gw-2", "door"), found=("boiler", "gw-1", "gw-2"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("*", AllThings()),
        (" gw-* ", NamePrefix("gw-")),
        ("group=floor 2", ThingGroup("floor 2")),
        ("query=thingName:gw* AND attributes.a:b", FleetQuery("thingName:gw* AND attributes.a:b")),
        ("group=", None),
        ("gw-1", None),
        ("g*w*", None),
        ("a/b*", None),
        ("other=x", None),
        ("", None),
    ],
)
def test_what_is_typed_may_be_a_search(typed: str, meant: object) -> None:
    assert selection_typed(typed) == meant


def test_blanks_are_text_only_in_a_search() -> None:
    assert begins_a_search("query=a")
    assert begins_a_search("group=a")
    assert not begins_a_search("gw-1")


def test_what_was_used_last_stands_before_what_was_found_and_nothing_twice() -> None:
    assert KNOWN.offers == (
        Offer("gw-2", USED_LAST),
        Offer("door", USED_LAST),
        Offer("boiler", FOUND),
        Offer("gw-1", FOUND),
    )


def test_a_part_of_a_name_narrows_the_offers_and_may_be_a_name_itself() -> None:
    assert KNOWN.type("GW").offers == (
        Offer("GW", AS_TYPED),
        Offer("gw-2", USED_LAST),
        Offer("gw-1", FOUND),
    )
    assert KNOWN.type("gw-1").offers == (Offer("gw-1", FOUND),)
    assert KNOWN.type("a/b").offers == ()
    assert KNOWN.type("group=x").offers == KNOWN.offers


def test_enter_takes_the_marked_things_in_their_order_else_the_one_under_the_cursor() -> None:
    assert KNOWN.move(2).chosen == ("boiler",)
    marked = KNOWN.move(3).toggle(("gw-1",)).move(-3).toggle(("gw-2",))
    assert marked.chosen == ("gw-1", "gw-2")
    assert marked.toggle(("gw-1",)).chosen == ("gw-2",)
    assert marked.toggle(("gw-1", "door")).chosen == ("gw-1", "gw-2", "door")
    assert ThingChoice().chosen == ()


def test_the_cursor_stays_within_the_offers_and_on_its_thing_when_more_are_found() -> None:
    assert KNOWN.move(99).selected == Offer("gw-1", FOUND)
    assert KNOWN.move(-9).selected == Offer("gw-2", USED_LAST)
    on_gw_1 = KNOWN.move(3)
    assert on_gw_1.find(("alarm", "boiler", "gw-1", "gw-2")).selected == Offer("gw-1", FOUND)
    assert ThingChoice().move(1).find(("a", "b")).selected == Offer("a", FOUND)
    assert on_gw_1.find(()).selected == Offer("gw-2", USED_LAST)
