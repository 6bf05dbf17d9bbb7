"""Things and thing groups, as far as jobs need them."""

from collections.abc import Iterator, Mapping

from jobs_tui.domain.status import Status
from jobs_tui.emulator.account.executions import Executions
from jobs_tui.emulator.rules import constraints
from jobs_tui.emulator.rules import executions as rules
from jobs_tui.emulator.rules.records import Job, Membership, Thing, ThingGroup
from jobs_tui.emulator.rules.service_error import already_exists, invalid_request, not_found
from jobs_tui.emulator.rules.targets import Target


class ThingOperations(Executions):
    """CreateThing, ListThings, and the operations on thing groups, of the service model `iot`."""

    def create_thing(self, name: str, attributes: Mapping[str, str] | None = None) -> Thing:
        """CreateThing: once more with the same attributes is no error."""
        constraints.check_thing_name(name)
        wanted = dict(attributes or {})
        constraints.check_attributes(wanted)
        there = self._things.get(name)
        if there is None:
            there = Thing(name, self._new_id(), wanted)
            self._put(there)
        elif there.attributes != wanted:
            raise already_exists(f"Thing {name} already exists in account with different details")
        return there

    def create_missing_thing(self, name: str) -> None:
        """CreateThing, unless there is one of this name, whatever its attributes."""
        if name not in self._things:
            self.create_thing(name)

    def list_things(self) -> list[Thing]:
        """ListThings, all of them, in the order of their creation."""
        return list(self._things.values())

    def create_thing_group(
        self,
        name: str,
        *,
        parent: str | None = None,
        description: str | None = None,
        attributes: Mapping[str, str] | None = None,
    ) -> ThingGroup:
        """CreateThingGroup: once more with the same properties is no error.

        A parent that does not exist is an invalid request: the model has no other error for it.
        """
        constraints.check_thing_name(name, "thingGroupName")
        wanted = dict(attributes or {})
        constraints.check_attributes(wanted)
        constraints.check_graphic("thingGroupDescription", description)
        if parent is not None:
            constraints.check_thing_name(parent, "parentGroupName")
            if parent not in self._groups:
                raise invalid_request(f"Parent group {parent} not found")
        there = self._groups.get(name)
        if there is None:
            there = ThingGroup(name, self._new_id(), parent, description, wanted)
            self._put(there)
        elif (there.parent, there.description, there.attributes) != (parent, description, wanted):
            raise already_exists(f"Thing group {name} already exists with different properties")
        return there

    def create_missing_thing_group(self, name: str) -> None:
        """CreateThingGroup, unless there is one of this name, whatever its properties."""
        if name not in self._groups:
            self.create_thing_group(name)

    def thing_group_of_id(self, group_id: str) -> str:
        """The name of a group; raises ServiceError where none has this id."""
        for group in self._groups.values():
            if group.group_id == group_id:
                return group.name
        raise not_found(f"Thing group {group_id} not found")

    def add_thing_to_thing_group(self, thing_name: str, group_name: str) -> None:
        """AddThingToThingGroup: the thing gets the continuous jobs of the group and those above.

        A job that it has had already, and that it was not removed from, it does not get again.
        """
        self._thing(thing_name)
        self._group(group_name)
        if thing_name in self._members[group_name]:
            return
        self._put(Membership(group_name, thing_name))
        for job in self._continuous_jobs():
            if self._is_for(job, thing_name):
                tries = self._tries[thing_name].get(job.job_id)
                if tries is None or tries[-1].status is Status.REMOVED:
                    self._queue(job, thing_name, self.clock.now())

    def remove_thing_from_thing_group(self, thing_name: str, group_name: str) -> None:
        """RemoveThingFromThingGroup: what was queued of a continuous job becomes REMOVED."""
        self._thing(thing_name)
        self._group(group_name)
        membership = self._members[group_name].get(thing_name)
        if membership is None:
            return
        self._remove_membership(membership)
        for job in self._continuous_jobs():
            tries = self._tries_on(thing_name).get(job.job_id)
            if tries and tries[-1].status is Status.QUEUED and not self._is_for(job, thing_name):
                self._put(rules.removed(tries[-1], self.clock.now()))

    def list_things_in_thing_group(self, group_name: str, *, recursive: bool = False) -> list[str]:
        """ListThingsInThingGroup, all of them; with `recursive` those of the groups below too."""
        self._group(group_name)
        groups = self._and_below(group_name) if recursive else [group_name]
        return list(dict.fromkeys(name for group in groups for name in self._members[group]))

    def _things_of(self, target: Target) -> list[str]:
        """The names of the things that a target means at this moment.

        Raises ServiceError for a thing or group that does not exist.
        """
        if target.kind == "thing":
            return [self._thing(target.name).name]
        return self.list_things_in_thing_group(target.name, recursive=True)

    def _is_for(self, job: Job, thing_name: str) -> bool:
        return any(
            target.name == thing_name
            if target.kind == "thing"
            else any(thing_name in self._members[name] for name in self._and_below(target.name))
            for target in job.targets
        )

    def _continuous_jobs(self) -> Iterator[Job]:
        return (
            job
            for job in self._jobs.values()
            if job.continuous and job.job_id not in self._cancellations
        )

    def _and_below(self, group_name: str) -> Iterator[str]:
        yield group_name
        for group in self._groups.values():
            if group.parent == group_name:
                yield from self._and_below(group.name)
