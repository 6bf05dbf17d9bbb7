"""The control plane's answers, read member by member. Pure.

Every function takes the JSON object that was the answer's body and raises BadReply with what is
missing or wrong in it: an answer of another service, in which there are no things, must not look
like an account without things.
"""

from collections.abc import Callable

from jobs_tui.domain.names import thing_name_problem
from jobs_tui.domain.thing_selection import ThingGroup, ThingSelection
from jobs_tui.service.answers.bad_reply import BadReply
from jobs_tui.service.answers.replies import JsonObject
from jobs_tui.service.control_plane import ThingPage
from jobs_tui.service.endpoint import is_host


def thing_page(body: JsonObject, selection: ThingSelection) -> ThingPage:
    """Read a page of ListThings, ListThingsInThingGroup or SearchIndex."""
    listed = body.get("things")
    if not isinstance(listed, list):
        raise BadReply("things is missing" if listed is None else "things is not a list")
    # the things of a group are told as names, others as objects with a name among other members
    name: Callable[[object, str], str] = (
        _name if isinstance(selection, ThingGroup) else _name_within
    )
    names = tuple(name(each, f"things[{index}]") for index, each in enumerate(listed))
    token = body.get("nextToken")
    if token is not None and not isinstance(token, str):
        raise BadReply("nextToken is not a string")
    return ThingPage(names, token or None)


def endpoint_address(body: JsonObject) -> str:
    """Read the answer of DescribeEndpoint: a host name, perhaps with a port, and no more."""
    address = body.get("endpointAddress")
    if not isinstance(address, str):
        raise BadReply("endpointAddress is missing")
    if not is_host(address):
        raise BadReply(f"endpointAddress is {address!r}, which is no host name")
    return address


def _name_within(value: object, path: str) -> str:
    if not isinstance(value, dict):
        raise BadReply(f"{path} is not an object")
    return _name(value.get("thingName"), f"{path}.thingName")


def _name(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise BadReply(f"{path} is not a string")
    problem = thing_name_problem(value)
    if problem is not None:
        raise BadReply(f"{path} {problem}")
    return value
