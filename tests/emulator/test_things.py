"""Things and thing groups, as boto3 asks for them."""

import pytest

THING = "arn:aws:iot:eu-west-3:999988887777:thing/gw-1"
GROUP = "arn:aws:iot:eu-west-3:999988887777:thinggroup/all"


@pytest.fixture
def names(iot):
    """The names of the things that ListThings tells."""

    def listed(**members) -> list[str]:
        return [each["thingName"] for each in iot.list_things(**members)["things"]]

    return listed


@pytest.fixture
def in_group(iot):
    """The names of the things in a group."""

    def listed(name: str, **members) -> list[str]:
        return iot.list_things_in_thing_group(thingGroupName=name, **members)["things"]

    return listed


def test_things_are_listed_with_name_arn_attributes_and_version(iot) -> None:
    iot.create_thing(thingName="gw-2", attributePayload={"attributes": {"site": "lyon"}})
    assert iot.list_things()["things"] == [
        {
            "thingName": "gw-1",
            "thingArn": "arn:aws:iot:us-east-1:123456789012:thing/gw-1",
            "attributes": {},
            "version": 1,
        },
        {
            "thingName": "gw-2",
            "thingArn": "arn:aws:iot:us-east-1:123456789012:thing/gw-2",
            "attributes": {"site": "lyon"},
            "version": 1,
        },
    ]


def test_things_are_listed_by_attribute(iot, names) -> None:
    for name, attributes in (("a", {"site": "lyon"}), ("b", {"site": "lille"}), ("c", {"x": "y"})):
        iot.create_thing(thingName=name, attributePayload={"attributes": attributes})
    assert names(attributeName="site") == ["a", "b"]
    assert names(attributeName="site", attributeValue="lyon") == ["a"]
    assert names(attributeName="site", attributeValue="l", usePrefixAttributeValue=True) == [
        "a",
        "b",
    ]
    assert names(attributeName="site", attributeValue="l") == []
    assert names(thingTypeName="meter") == []


def test_a_long_list_comes_in_pages(iot, account, names) -> None:
    for number in range(60):
        account.create_thing(f"thing-{number:02d}")
    first = iot.list_things()
    assert len(first["things"]) == 25
    assert len(names(maxResults=50, nextToken=first["nextToken"])) == 36
    assert "nextToken" not in iot.list_things(maxResults=61)
    paginator = iot.get_paginator("list_things")
    every = [each["thingName"] for page in paginator.paginate() for each in page["things"]]
    assert every == ["gw-1", *(f"thing-{number:02d}" for number in range(60))]


@pytest.mark.parametrize(
    "members",
    [
        {"maxResults": 0},
        {"maxResults": 251},
        {"nextToken": "never-given"},
        {"nextToken": "after-x"},
        {"nextToken": ""},
        {"attributeName": "a b"},
        {"thingTypeName": "a b"},
    ],
)
def test_a_list_of_things_is_refused_with(members, iot, refused) -> None:
    assert refused(iot.list_things, **members)[:2] == (400, "InvalidRequestException")


def test_create_thing_group_answers_name_arn_and_id(iot) -> None:
    answer = iot.create_thing_group(thingGroupName="all")
    assert answer["thingGroupArn"] == "arn:aws:iot:us-east-1:123456789012:thinggroup/all"
    again = iot.create_thing_group(thingGroupName="all")
    assert again["thingGroupId"] == answer["thingGroupId"]


def test_a_group_of_the_same_name_with_other_properties_is_refused(iot, refused) -> None:
    iot.create_thing_group(thingGroupName="all")
    properties = {"thingGroupDescription": "other"}
    status, code, _ = refused(
        iot.create_thing_group, thingGroupName="all", thingGroupProperties=properties
    )
    assert (status, code) == (409, "ResourceAlreadyExistsException")


@pytest.mark.parametrize(
    "members",
    [
        {"thingGroupName": "a b"},
        {"thingGroupName": "n" * 129},
        {"thingGroupName": "all", "parentGroupName": "nobody"},
        {"thingGroupName": "all", "thingGroupProperties": {"thingGroupDescription": "a\nb"}},
        {
            "thingGroupName": "all",
            "thingGroupProperties": {"attributePayload": {"attributes": {"a b": "c"}}},
        },
    ],
)
def test_a_group_is_refused_with(members, iot, refused) -> None:
    assert refused(iot.create_thing_group, **members)[:2] == (400, "InvalidRequestException")


def test_a_thing_joins_and_leaves_a_group_by_name_or_arn(iot, in_group) -> None:
    iot.create_thing_group(thingGroupName="all")
    for _ in range(2):
        iot.add_thing_to_thing_group(thingName="gw-1", thingGroupArn=GROUP)
    assert in_group("all") == ["gw-1"]
    for _ in range(2):
        iot.remove_thing_from_thing_group(thingArn=THING, thingGroupName="all")
    assert in_group("all") == []


def test_things_of_the_groups_below_are_listed_only_if_asked_for(iot, in_group) -> None:
    iot.create_thing_group(thingGroupName="all")
    iot.create_thing_group(thingGroupName="north", parentGroupName="all")
    iot.add_thing_to_thing_group(thingName="gw-1", thingGroupName="north")
    assert in_group("all") == []
    assert in_group("all", recursive=True) == ["gw-1"]


@pytest.mark.parametrize(
    ("members", "status"),
    [
        ({"thingName": "gw-1"}, 400),
        ({"thingGroupName": "all"}, 400),
        ({"thingName": "gw-1", "thingGroupArn": THING}, 400),
        ({"thingName": "gw-2", "thingArn": THING, "thingGroupName": "all"}, 400),
        ({"thingName": "gw-1", "thingGroupName": "a b"}, 400),
        ({"thingName": "nobody", "thingGroupName": "all"}, 404),
        ({"thingName": "gw-1", "thingGroupName": "nobody"}, 404),
    ],
)
def test_a_membership_is_refused_with(members, status, iot, refused) -> None:
    iot.create_thing_group(thingGroupName="all")
    for operation in (iot.add_thing_to_thing_group, iot.remove_thing_from_thing_group):
        assert refused(operation, **members)[0] == status


def test_a_group_that_does_not_exist_has_no_list(iot, refused) -> None:
    status, code, _ = refused(iot.list_things_in_thing_group, thingGroupName="nobody")
    assert (status, code) == (404, "ResourceNotFoundException")


@pytest.mark.parametrize("kind", ["iot:Data-ATS", "iot:Jobs", "iot:CredentialProvider", None])
def test_the_endpoint_is_where_it_was_asked(kind, iot, emulator) -> None:
    members = {} if kind is None else {"endpointType": kind}
    assert iot.describe_endpoint(**members)["endpointAddress"] == emulator.url.removeprefix(
        "http://"
    )


def test_an_endpoint_of_another_kind_is_refused(iot, refused) -> None:
    status, code, _ = refused(iot.describe_endpoint, endpointType="iot:Coffee")
    assert (status, code) == (400, "InvalidRequestException")
