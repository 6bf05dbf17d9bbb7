"""Things and thing groups, in the wire format of the service model `iot`."""

from collections.abc import Mapping, Sequence

from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.rules import constraints
from jobs_tui.emulator.rules.records import Thing
from jobs_tui.emulator.rules.service_error import invalid_request, not_found
from jobs_tui.emulator.rules.targets import Kind, Target, arn
from jobs_tui.emulator.wire.answers import JsonObject, present
from jobs_tui.emulator.wire.call import Handler, Inputs
from jobs_tui.emulator.wire.members import Members
from jobs_tui.emulator.wire.pages import page_of

FIRST_VERSION = 1
"""Of a thing; nothing here changes one."""


def _create_thing(account: Account, inputs: Inputs) -> JsonObject:
    members = inputs.members()
    for kind in ("thingTypeName", "billingGroupName"):
        named = members.text(kind)
        if named is not None:
            constraints.check_thing_name(named, kind)
            raise not_found(f"There is no {kind} {named}")
    thing = account.create_thing(inputs.path["thingName"], _attributes(members))
    return {
        "thingName": thing.name,
        "thingArn": arn("thing", thing.name),
        "thingId": thing.thing_id,
    }


def _list_things(account: Account, inputs: Inputs) -> JsonObject:
    query = inputs.query
    name, value = query.text("attributeName"), query.text("attributeValue")
    by_prefix = query.flag("usePrefixAttributeValue")
    if name is not None:
        constraints.check_attribute_name("attributeName", name)
    if value is not None:
        constraints.check_attribute_value("attributeValue", value)
    kind = query.text("thingTypeName")
    if kind is not None:
        constraints.check_thing_name(kind, "thingTypeName")

    def wanted(thing: Thing) -> bool:
        there = thing.attributes.get(name or "")
        if kind is not None or (name is not None and there is None):
            return False
        return value is None or there == value or (by_prefix and (there or "").startswith(value))

    things, token = page_of([each for each in account.list_things() if wanted(each)], query)
    return present(things=[_thing(each) for each in things], nextToken=token)


def _thing(thing: Thing) -> JsonObject:
    return {
        "thingName": thing.name,
        "thingArn": arn("thing", thing.name),
        "attributes": dict(thing.attributes),
        "version": FIRST_VERSION,
    }


def _create_thing_group(account: Account, inputs: Inputs) -> JsonObject:
    members = inputs.members()
    properties = members.structure("thingGroupProperties")
    members.structures("tags")
    group = account.create_thing_group(
        inputs.path["thingGroupName"],
        parent=members.text("parentGroupName"),
        description=properties.text("thingGroupDescription"),
        attributes=_attributes(properties),
    )
    return {
        "thingGroupName": group.name,
        "thingGroupArn": arn("thinggroup", group.name),
        "thingGroupId": group.group_id,
    }


def _add_thing_to_thing_group(account: Account, inputs: Inputs) -> JsonObject:
    members = inputs.members()
    members.flag("overrideDynamicGroups")
    account.add_thing_to_thing_group(*_thing_and_group(members))
    return {}


def _remove_thing_from_thing_group(account: Account, inputs: Inputs) -> JsonObject:
    account.remove_thing_from_thing_group(*_thing_and_group(inputs.members()))
    return {}


def _list_things_in_thing_group(account: Account, inputs: Inputs) -> JsonObject:
    name = inputs.path["thingGroupName"]
    constraints.check_thing_name(name, "thingGroupName")
    found: Sequence[str] = account.list_things_in_thing_group(
        name, recursive=inputs.query.flag("recursive")
    )
    found, token = page_of(found, inputs.query)
    return present(things=list(found), nextToken=token)


def _attributes(members: Members) -> Mapping[str, str]:
    payload = members.structure("attributePayload")
    payload.flag("merge")
    return payload.text_map("attributes") or {}


def _thing_and_group(members: Members) -> tuple[str, str]:
    return _name(members, "thing", "thing"), _name(members, "thingGroup", "thinggroup")


def _name(members: Members, member: str, kind: Kind) -> str:
    """A name that may be given as such, as an ARN, or as both if they agree."""
    name, named = members.text(f"{member}Name"), members.text(f"{member}Arn")
    if name is not None:
        constraints.check_thing_name(name, f"{member}Name")
    if named is not None:
        target = Target.parse(named)
        if target.kind != kind or name not in {None, target.name}:
            raise invalid_request(f"{member}Name and {member}Arn do not name the same")
        name = target.name
    if name is None:
        raise invalid_request(f"Either {member}Name or {member}Arn is needed")
    return name


HANDLERS: Mapping[str, Handler] = {
    "CreateThing": _create_thing,
    "ListThings": _list_things,
    "CreateThingGroup": _create_thing_group,
    "AddThingToThingGroup": _add_thing_to_thing_group,
    "RemoveThingFromThingGroup": _remove_thing_from_thing_group,
    "ListThingsInThingGroup": _list_things_in_thing_group,
}
