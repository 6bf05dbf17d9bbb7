"""Listing things and finding endpoints: over HTTP to the emulator, and to endpoints that lie."""

from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import pytest_asyncio

from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.outcome import Done, Failure, NotAllowed, Refused, Throttled, Unreachable
from jobs_tui.domain.thing_selection import (
    AllThings,
    FleetQuery,
    NamePrefix,
    ThingGroup,
    ThingSelection,
)
from jobs_tui.emulator import AccountSettings, Emulator, Fault, Switches
from jobs_tui.service.connection import open_control_plane
from jobs_tui.service.control_plane import ControlPlane, ThingPage
from jobs_tui.service.settings import ServiceSettings, StaticCredentials

pytestmark = pytest.mark.asyncio(loop_scope="module")

NAMES = tuple(f"gw-{number:03d}" for number in range(260))
NORTH = NAMES[::2]


async def open_at(url: str) -> ControlPlane:
    settings = ServiceSettings(
        region="eu-west-3",
        control_endpoint_url=url,
        credentials=StaticCredentials("AKIDEXAMPLE", "secret-of-the-test"),
    )
    plane = await open_control_plane(settings, SystemClock())
    assert not isinstance(plane, Failure), plane
    return plane


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    """260 things; every second one in the group `north`, which is below `all`."""
    with Emulator(Switches(things=NAMES)) as emulator:

        def put_in() -> None:
            account = emulator.account
            account.create_thing_group("all")
            account.create_thing_group("north", parent="all")
            for name in NORTH:
                account.add_thing_to_thing_group(name, "north")

        emulator.call(put_in)
        yield emulator


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def emulators_plane(emulator: Emulator) -> AsyncIterator[ControlPlane]:
    plane = await open_at(emulator.url)
    yield plane
    await plane.close()


@pytest.fixture
def plane(emulator: Emulator, emulators_plane: ControlPlane) -> ControlPlane:
    """The control plane of the emulator, at which nothing goes wrong yet."""
    emulator.set_faults([])
    return emulators_plane


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def link(shared: Any) -> AsyncIterator[ControlPlane]:
    """A control plane at the file's endpoint, which does whatever a test makes it do."""
    plane = await open_at(shared[0].url)
    yield plane
    await plane.close()


async def page(
    plane: ControlPlane, selection: ThingSelection, token: str | None = None
) -> ThingPage:
    outcome = await plane.page_of_things(selection, token)
    assert isinstance(outcome, Done), outcome
    return outcome.value


@pytest.mark.parametrize("selection", [AllThings(), NamePrefix("gw-1")])
async def test_all_things_come_in_pages_of_250_whatever_the_prefix(
    plane: ControlPlane, selection: ThingSelection
) -> None:
    first = await page(plane, selection)
    assert first.names == NAMES[:250]
    assert first.next_token is not None
    assert await page(plane, selection, first.next_token) == ThingPage(NAMES[250:], None)


async def test_the_things_of_a_group_are_those_of_the_groups_below_it_too(
    plane: ControlPlane,
) -> None:
    assert await page(plane, ThingGroup("all")) == ThingPage(NORTH, None)


async def test_a_query_finds_pages_of_100(plane: ControlPlane) -> None:
    query = FleetQuery("thingGroupNames:north AND thingName:gw-*")
    first = await page(plane, query)
    assert first.names == NORTH[:100]
    assert (await page(plane, query, first.next_token)).names == NORTH[100:]


async def test_an_answer_tells_the_service_s_time_and_the_request(plane: ControlPlane) -> None:
    outcome = await plane.page_of_things(AllThings(), None)
    assert isinstance(outcome, Done)
    assert outcome.service_time == pytest.approx(SystemClock().now(), abs=5)
    assert outcome.request_id


async def test_the_endpoint_of_the_account_is_told(emulator: Emulator, plane: ControlPlane) -> None:
    outcome = await plane.describe_endpoint("iot:Data-ATS")
    assert isinstance(outcome, Done)
    assert outcome.value == urlsplit(emulator.url).netloc


async def test_an_unknown_type_of_endpoint_is_refused(plane: ControlPlane) -> None:
    outcome = await plane.describe_endpoint("iot:Nothing")
    assert type(outcome) is Refused
    assert "iot:Nothing" in outcome.reason


ASKED: list[tuple[ThingSelection, str | None, str, str, dict[str, Any], dict[str, Any]]] = [
    (AllThings(), None, "GET", "/things", {"maxResults": ["250"]}, {}),
    (
        NamePrefix("gw"),
        "t&1",
        "GET",
        "/things",
        {"maxResults": ["250"], "nextToken": ["t&1"]},
        {},
    ),
    (
        ThingGroup("a:b"),
        "t1",
        "GET",
        "/thing-groups/a%3Ab/things",
        {"maxResults": ["250"], "recursive": ["true"], "nextToken": ["t1"]},
        {},
    ),
    (
        FleetQuery("site:x*"),
        "t1",
        "POST",
        "/indices/search",
        {},
        {
            "indexName": "AWS_Things",
            "queryString": "site:x*",
            "maxResults": 100,
            "nextToken": "t1",
        },
    ),
]


ASKED: list[tuple[ThingSelection, str | None, str, str, dict[str, Any], dict[str, Any]]] = [
    (AllThings(), None, "GET", "/things", {"maxResults": ["250"]}, {}),
    (
        NamePrefix("gw"),
        "t&1",
        "GET",
        "/things",
        {"maxResults": ["250"], "nextToken": ["t&1"]},
        {},
    ),
    (
        ThingGroup("a:b"),
        "t1",
        "GET",
        "/thing-groups/a%3Ab/things",
        {"maxResults": ["250"], "recursive": ["true"], "nextToken": ["t1"]},
        {},
    ),
    (
        FleetQuery("site:x*"),
        "t1",
        "POST",
        "/indices/search",
        {},
        {
            "indexName": "AWS_Things",
            "queryString": "site:x*",
            "maxResults": 100,
            "nextToken": "t1",
        },
    ),
]


@pytest.mark.parametrize(("selection", "token", "method", "path", "query", "body"), ASKED)
async def test_one_call_is_one_signed_request(
    endpoint: Any,
    link: ControlPlane,
    wire: Any,
    selection: ThingSelection,
    token: str | None,
    method: str,
    path: str,
    query: dict[str, Any],
    body: dict[str, Any],
) -> None:
    endpoint.reaction = wire.says({"things": []})
    assert await page(link, selection, token) == ThingPage((), None)
    (request,) = endpoint.requests
    asked, _, members = request.target.partition("?")
    assert (request.method, asked, parse_qs(members)) == (method, path, query)
    assert request.members == body
    assert "/eu-west-3/iot/aws4_request" in request.headers["authorization"]
    assert request.headers["user-agent"].startswith("jobs-tui/")


@pytest.mark.parametrize(
    ("selection", "operation", "resource"),
    [
        (AllThings(), "ListThings", "*"),
        (NamePrefix("gw-"), "ListThings", "*"),
        (
            ThingGroup("north"),
            "ListThingsInThingGroup",
            "arn:aws:iot:eu-west-3:ACCOUNT:thinggroup/north",
        ),
        (FleetQuery("gw-*"), "SearchIndex", "arn:aws:iot:eu-west-3:ACCOUNT:index/AWS_Things"),
    ],
)
async def test_a_missing_permission_is_named_with_its_resource(
    emulator: Emulator,
    plane: ControlPlane,
    selection: ThingSelection,
    operation: str,
    resource: str,
) -> None:
    emulator.set_faults([Fault.parse(f"{operation}=403")])
    outcome = await plane.page_of_things(selection, None)
    assert type(outcome) is NotAllowed
    assert outcome.code == "AccessDeniedException"
    assert outcome.advice == (
        f"allow iot:{operation} on {resource}, "
        "or give the names of things instead: `jobs-tui THING ...`"
    )


async def test_a_missing_permission_to_find_the_endpoint_is_named(
    emulator: Emulator, plane: ControlPlane
) -> None:
    emulator.set_faults([Fault.parse("DescribeEndpoint=403")])
    outcome = await plane.describe_endpoint("iot:Jobs")
    assert type(outcome) is NotAllowed
    assert outcome.advice.startswith("allow iot:DescribeEndpoint on *, or")


async def test_a_group_that_does_not_exist_is_told(plane: ControlPlane) -> None:
    outcome = await plane.page_of_things(ThingGroup("nobody"), None)
    assert type(outcome) is Refused
    assert outcome.reason == "Thing group nobody not found"
    assert "name of the thing group" in outcome.advice


async def test_a_query_that_is_not_valid_is_told_in_the_service_s_words(
    plane: ControlPlane,
) -> None:
    outcome = await plane.page_of_things(FleetQuery("a OR"), None)
    assert type(outcome) is Refused
    assert outcome.code == "InvalidQueryException"
    assert "ends where a term should follow" in outcome.reason
    assert "correct the query" in outcome.advice


@pytest.mark.parametrize(
    ("state", "advice"),
    [("off", "aws iot update-indexing-configuration"), ("building", "still being built")],
)
async def test_an_index_that_cannot_be_searched_is_told_with_what_can_be_done(
    emulator: Emulator, plane: ControlPlane, state: Any, advice: str
) -> None:
    settings = emulator.account.settings
    emulator.call(setattr, emulator.account, "settings", AccountSettings(fleet_indexing=state))
    outcome = await plane.page_of_things(FleetQuery("*"), None)
    emulator.call(setattr, emulator.account, "settings", settings)
    assert type(outcome) is Refused
    assert advice in outcome.advice
    assert "name prefix" in outcome.advice


@pytest.mark.parametrize("status", [400, 429])
async def test_throttling_is_told_after_one_more_try_of_the_sdk(
    endpoint: Any, link: ControlPlane, wire: Any, status: int
) -> None:
    endpoint.reaction = wire.says(
        {"message": "Rate exceeded"}, status, x_amzn_ErrorType="ThrottlingException"
    )
    outcome = await link.page_of_things(AllThings(), None)
    assert type(outcome) is Throttled
    assert "quota of the control plane" in outcome.advice
    assert len(endpoint.requests) == 2


async def test_trouble_in_the_service_is_ridden_out_once(
    endpoint: Any, link: ControlPlane, wire: Any
) -> None:
    endpoint.reaction = wire.in_turn(wire.says({"message": "Busy"}, 503), wire.says({"things": []}))
    assert await page(link, AllThings()) == ThingPage((), None)


async def test_an_endpoint_of_another_service_is_not_taken_for_a_missing_thing(
    endpoint: Any, link: ControlPlane, wire: Any
) -> None:
    endpoint.reaction = wire.says(
        {"message": "Not found"}, 404, x_amzn_ErrorType="ResourceNotFoundException"
    )
    outcome = await link.page_of_things(AllThings(), None)
    assert type(outcome) is Refused
    assert "AWS_ENDPOINT_URL_IOT" in outcome.advice


@pytest.mark.parametrize(
    ("selection", "reason"),
    [
        (ThingGroup(""), "the name of the thing group must not be empty"),
        (ThingGroup("a b"), "the name of the thing group may hold only"),
        (ThingGroup("n" * 129), "the name of the thing group has 129 characters"),
        (FleetQuery(" "), "the query is empty"),
    ],
)
async def test_what_the_service_would_refuse_is_not_sent(
    endpoint: Any, link: ControlPlane, wire: Any, selection: ThingSelection, reason: str
) -> None:
    endpoint.reaction = wire.says({"things": []})
    outcome = await link.page_of_things(selection, None)
    assert type(outcome) is Refused
    assert outcome.reason.startswith(reason)
    assert endpoint.requests == []


@pytest.mark.parametrize(
    ("selection", "body", "reason"),
    [
        (AllThings(), b"", "empty"),
        (AllThings(), b"<html>Sign in</html>", "web page"),
        (AllThings(), {}, "things is missing"),
        (AllThings(), {"things": None}, "things is missing"),
        (AllThings(), {"things": {}}, "things is not a list"),
        (AllThings(), {"things": ["gw-1"]}, "things[0] is not an object"),
        (AllThings(), {"things": [{"thingArn": "x"}]}, "things[0].thingName is not a string"),
        (AllThings(), {"things": [{"thingName": "a b"}]}, "things[0].thingName may hold only"),
        (AllThings(), {"things": [], "nextToken": 7}, "nextToken is not a string"),
        (ThingGroup("g"), {"things": [{"thingName": "gw-1"}]}, "things[0] is not a string"),
        (ThingGroup("g"), {"things": ["gw-1", "\x1b[31m"]}, "things[1] may hold only"),
        (ThingGroup("g"), {"things": ["n" * 129]}, "things[0] has 129 characters"),
        (FleetQuery("*"), {"thingGroups": []}, "things is missing"),
        (FleetQuery("*"), {"things": [{"thingId": "1"}]}, "things[0].thingName is not a string"),
        (AllThings(), {"Output": {"__type": "UnknownOperationException"}}, "things is missing"),
    ],
)
async def test_an_answer_that_is_not_the_service_s_is_an_outcome(
    endpoint: Any, link: ControlPlane, wire: Any, selection: ThingSelection, body: Any, reason: str
) -> None:
    endpoint.reaction = wire.says(body)
    outcome = await link.page_of_things(selection, None)
    assert type(outcome) is Unreachable
    assert reason in outcome.reason
    assert "did not answer as the service does" in outcome.reason


async def test_what_is_told_beside_the_names_does_not_matter(
    endpoint: Any, link: ControlPlane, wire: Any
) -> None:
    body = {
        "things": [{"thingName": "gw-1", "shadow": "{", "connectivity": None, "version": "x"}],
        "nextToken": "",
        "thingGroups": 7,
    }
    endpoint.reaction = wire.says(body)
    assert await page(link, FleetQuery("*")) == ThingPage(("gw-1",), None)


async def test_a_page_with_shadows_may_be_long_but_not_endless(
    endpoint: Any, link: ControlPlane, wire: Any
) -> None:
    def answer(size: int) -> Any:
        return wire.says({"things": [{"thingName": "gw-1", "shadow": "x" * size}]})

    endpoint.reaction = wire.in_turn(answer(3 << 20), answer(17 << 20))
    assert (await page(link, FleetQuery("*"))).names == ("gw-1",)
    outcome = await link.page_of_things(FleetQuery("*"), None)
    assert type(outcome) is Unreachable
    assert "more than 16 MiB" in outcome.reason


@pytest.mark.parametrize(
    "address",
    [
        None,
        7,
        "",
        "https://host",
        "host/path",
        "user@host",
        "host:0",
        "host:65536",
        "host:",
        "host:1:2",
        "a..b",
        "-a.b",
        "a b",
        "a\n",
        "\u0661.com",
        f"{'a' * 64}.com",
        ".".join(["a" * 63] * 5),
    ],
)
async def test_an_address_that_is_no_host_is_not_believed(
    endpoint: Any, link: ControlPlane, wire: Any, address: object
) -> None:
    endpoint.reaction = wire.says({"endpointAddress": address})
    outcome = await link.describe_endpoint("iot:Data-ATS")
    assert type(outcome) is Unreachable
    assert "endpointAddress" in outcome.reason


@pytest.mark.parametrize("address", ["a1b2-ats.iot.eu-west-3.amazonaws.com", "localhost:8443"])
async def test_an_address_that_is_a_host_is_told(
    endpoint: Any, link: ControlPlane, wire: Any, address: str
) -> None:
    endpoint.reaction = wire.says({"endpointAddress": address})
    outcome = await link.describe_endpoint("iot:Data-ATS")
    assert isinstance(outcome, Done)
    assert outcome.value == address
