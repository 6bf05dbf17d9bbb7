"""SearchIndex, in the wire format of the service model `iot`."""

from collections.abc import Mapping

from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.account.fleet_index import THINGS_INDEX
from jobs_tui.emulator.rules import constraints
from jobs_tui.emulator.rules.fleet_query import IndexedThing
from jobs_tui.emulator.rules.service_error import constraint_broken
from jobs_tui.emulator.wire.answers import JsonObject, present
from jobs_tui.emulator.wire.call import Handler, Inputs
from jobs_tui.emulator.wire.pages import page_of_size

QUERY_VERSIONS = ("2017-09-30",)
"""The one that the examples of the developer guide name."""

LONGEST_PAGE = 100
"""The most that maxResults may ask for, by the model's prose (older references say 500); the live
service may cut it down to this rather than refuse more (unverified)."""


def _search(account: Account, inputs: Inputs) -> JsonObject:
    members = inputs.members()
    index, query = members.text("indexName"), members.text("queryString")
    size, version = members.whole_number("maxResults"), members.text("queryVersion")
    if index is not None:
        constraints.check_text("indexName", index, 128, constraints.THING_NAME)
    if query is None:
        raise constraint_broken("queryString", None, "not be null")
    constraints.check_text("queryString", query, len(query))
    if size is not None:
        constraints.check_range("maxResults", size, 1, LONGEST_PAGE)
    if version is not None:
        constraints.check_choice("queryVersion", version, QUERY_VERSIONS)
    found = list(account.search_index(query, index or THINGS_INDEX))
    page, token = page_of_size(found, size, members.text("nextToken"))
    return present(things=[_document(each) for each in page], nextToken=token)


def _document(thing: IndexedThing) -> JsonObject:
    return present(
        thingName=thing.name,
        thingId=thing.thing_id,
        thingGroupNames=list(thing.group_names) or None,
        attributes=dict(thing.attributes) or None,
    )


HANDLERS: Mapping[str, Handler] = {"SearchIndex": _search}
