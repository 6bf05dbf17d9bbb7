"""What is asked of the control plane, and what its errors mean there. Pure.

Which action on which resource an operation needs: Service Authorization Reference, "Actions,
resources, and condition keys for AWS IoT".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jobs_tui.domain.outcome import RESOURCE_NOT_FOUND, Refused, Throttled
from jobs_tui.domain.thing_selection import FleetQuery, ThingGroup, ThingSelection
from jobs_tui.service.answers.call import Call, Meaning
from jobs_tui.service.settings import ServiceSettings

THINGS_INDEX = "AWS_Things"
LONGEST_LIST = 250
"""The most that maxResults of ListThings and ListThingsInThingGroup may ask for, by the model."""
LONGEST_SEARCH = 100
"""The same of SearchIndex, by its prose."""

GIVE_NAMES = "give the names of things instead: `jobs-tui THING ...`"
_WRONG_SERVICE = (
    "this endpoint does not serve the control plane of AWS IoT: check AWS_ENDPOINT_URL_IOT, "
    "AWS_ENDPOINT_URL and the region"
)
_INDEX_OFF = (
    "fleet indexing is off: use a name prefix or a thing group, or turn it on, which is charged "
    "for: `aws iot update-indexing-configuration --thing-indexing-configuration "
    "thingIndexingMode=REGISTRY`"
)
_OF_ANY: Mapping[str, Meaning] = {
    "ThrottlingException": (
        Throttled,
        "ask again later: the quota of the control plane is shared by all clients of the account",
    ),
    "UnknownOperationException": (Refused, _WRONG_SERVICE),
    RESOURCE_NOT_FOUND: (Refused, _WRONG_SERVICE),
}
_OF_GROUPS: Mapping[str, Meaning] = {
    **_OF_ANY,
    RESOURCE_NOT_FOUND: (
        Refused,
        "check the name of the thing group, and the region; `aws iot list-thing-groups` lists them",
    ),
}
_OF_SEARCHES: Mapping[str, Meaning] = {
    **_OF_ANY,
    RESOURCE_NOT_FOUND: (
        Refused,
        _INDEX_OFF,
    ),
    "IndexNotReadyException": (
        Refused,
        "the index is still being built: ask again later, or use a name prefix or a thing group",
    ),
    "InvalidQueryException": (
        Refused,
        "correct the query; the developer guide of AWS IoT tells how, under `Query syntax`",
    ),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the control plane is asked."""

    endpoint: str
    """The URL."""
    region: str
    partition: str
    """The first part of ARNs: `aws`, `aws-cn`, `aws-us-gov`."""

    def arn(self, resource: str) -> str:
        """The ARN of something in an account whose number is not known."""
        return f"arn:{self.partition}:iot:{self.region}:ACCOUNT:{resource}"


def page_call(
    selection: ThingSelection, token: str | None, place: Place, settings: ServiceSettings
) -> tuple[Call, Mapping[str, Any]]:
    """A page of things, and the members of the request."""
    members: dict[str, Any] = {} if token is None else {"nextToken": token}
    match selection:
        case ThingGroup(name):
            operation, meanings = "ListThingsInThingGroup", _OF_GROUPS
            resource = place.arn(f"thinggroup/{name}")
            members |= {"thingGroupName": name, "recursive": True, "maxResults": LONGEST_LIST}
        case FleetQuery(query):
            operation, meanings = "SearchIndex", _OF_SEARCHES
            resource = place.arn(f"index/{THINGS_INDEX}")
            members |= {
                "indexName": THINGS_INDEX,
                "queryString": query,
                "maxResults": LONGEST_SEARCH,
            }
        case _:
            operation, meanings, resource = "ListThings", _OF_ANY, "*"
            members |= {"maxResults": LONGEST_LIST}
    call = Call(
        operation=operation,
        permission=lambda: f"allow iot:{operation} on {resource}, or {GIVE_NAMES}",
        writes=False,
        endpoint=place.endpoint,
        time_limit=settings.page_time_limit,
        meanings=meanings,
    )
    return call, members


def endpoint_call(place: Place, settings: ServiceSettings) -> Call:
    """DescribeEndpoint."""
    return Call(
        operation="DescribeEndpoint",
        permission=lambda: (
            "allow iot:DescribeEndpoint on *, or give the endpoint: --endpoint-url https://HOST"
        ),
        writes=False,
        endpoint=place.endpoint,
        time_limit=settings.read_time_limit,
        meanings=_OF_ANY,
    )
