"""SearchIndex as boto3 asks for it; the query language has tests of its own."""

import pytest


@pytest.fixture
def names(iot):
    """The names of the things that SearchIndex tells."""

    def found(query: str, **members) -> list[str]:
        return [
            each["thingName"] for each in iot.search_index(queryString=query, **members)["things"]
        ]

    return found


def test_a_thing_is_told_with_id_attributes_and_groups(iot) -> None:
    created = iot.create_thing(
        thingName="meter-1", attributePayload={"attributes": {"site": "lyon"}}
    )
    for group in ("all", "north"):
        iot.create_thing_group(thingGroupName=group)
        iot.add_thing_to_thing_group(thingName="meter-1", thingGroupName=group)
    answer = iot.search_index(queryString="thingName:meter-*", indexName="AWS_Things")
    assert answer["things"] == [
        {
            "thingName": "meter-1",
            "thingId": created["thingId"],
            "thingGroupNames": ["all", "north"],
            "attributes": {"site": "lyon"},
        }
    ]
    assert "nextToken" not in answer


def test_what_a_thing_has_not_is_left_out(iot, account) -> None:
    thing = account.list_things()[0]
    expected = [{"thingName": "gw-1", "thingId": thing.thing_id}]
    assert iot.search_index(queryString="gw-1")["things"] == expected


def test_nothing_found_is_an_empty_list(names) -> None:
    assert names("thingName:nobody") == []


def test_a_long_list_comes_in_pages(iot, account, names) -> None:
    for number in range(120):
        account.create_thing(f"thing-{number:03d}", {"kind": "x"})
    first = iot.search_index(queryString="attributes.kind:x")
    assert len(first["things"]) == 25
    token, every = None, []
    while True:
        page = {"maxResults": 50} | ({} if token is None else {"nextToken": token})
        answer = iot.search_index(queryString="attributes.kind:x", **page)
        every += [each["thingName"] for each in answer["things"]]
        token = answer.get("nextToken")
        if token is None:
            break
    assert every == [f"thing-{number:03d}" for number in range(120)]
    assert len(names("*", maxResults=100)) == 100


@pytest.mark.parametrize(
    "members",
    [
        {"queryString": ""},
        {"maxResults": 0},
        {"maxResults": 101},
        {"nextToken": "never-given"},
        {"nextToken": ""},
        {"indexName": "a b"},
        {"queryVersion": "2016-01-01"},
    ],
)
def test_a_search_is_refused_with(members, iot, refused) -> None:
    told = refused(iot.search_index, **({"queryString": "gw-1"} | members))
    assert told[:2] == (400, "InvalidRequestException")


def test_a_query_that_is_not_understood_is_refused_by_words(iot, refused) -> None:
    told = refused(iot.search_index, queryString="attributes.size:[1 TO 2]")
    assert told[:2] == (400, "InvalidQueryException")
    assert "ranges are not played by the emulator" in told[2]


def test_another_index_is_not_found(iot, refused) -> None:
    told = refused(iot.search_index, queryString="x", indexName="AWS_ThingGroups")
    assert told == (404, "ResourceNotFoundException", "Index AWS_ThingGroups not found")


@pytest.mark.parametrize(
    ("state", "status", "code"),
    [("off", 404, "ResourceNotFoundException"), ("building", 400, "IndexNotReadyException")],
)
def test_an_index_that_is_off_or_being_built_cannot_be_searched(
    state, status, code, iot, refused, new_account
) -> None:
    new_account(fleet_indexing=state)
    told = refused(iot.search_index, queryString="*")
    assert told[:2] == (status, code)
    assert "AWS_Things" in told[2]
