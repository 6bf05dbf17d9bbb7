"""What a job is for: things and thing groups, by their ARNs."""

import re
from dataclasses import dataclass
from typing import Literal

from jobs_tui.emulator.rules.constraints import check_thing_name
from jobs_tui.emulator.rules.service_error import invalid_request

ARN_PREFIX = "arn:aws:iot:us-east-1:123456789012"
"""Where all that is in the emulator is said to be; an ARN in a request may name any place."""

_ARN = re.compile(r"arn:aws[a-z-]*:iot:[a-z0-9-]+:[0-9]{12}:(thing|thinggroup)/(.+)", re.DOTALL)

Kind = Literal["thing", "thinggroup"]


def arn(kind: Literal["thing", "thinggroup", "job"], name: str) -> str:
    """The ARN of something in the emulator."""
    return f"{ARN_PREFIX}:{kind}/{name}"


@dataclass(frozen=True, slots=True)
class Target:
    """One thing, or all things of a group."""

    kind: Kind
    name: str
    arn: str
    """As it was named in the request."""

    @classmethod
    def of_thing(cls, name: str) -> "Target":
        """A thing by its name."""
        return cls("thing", name, arn("thing", name))

    @classmethod
    def parse(cls, text: str) -> "Target":
        """Read an ARN; raises ServiceError unless it is one of a thing or a thing group."""
        found = _ARN.fullmatch(text)
        if found is None:
            raise invalid_request(f"'{text[:200]}' is not the ARN of a thing or a thing group")
        kind: Kind = "thing" if found[1] == "thing" else "thinggroup"
        check_thing_name(found[2], "thingName" if kind == "thing" else "thingGroupName")
        return cls(kind, found[2], text)
