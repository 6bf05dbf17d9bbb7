"""The members of a JSON request, each asked for with the type that the service model gives it."""

import json
from collections.abc import Mapping
from typing import NoReturn, Self

from jobs_tui.domain.json_levels import too_deep
from jobs_tui.emulator.rules.constraints import LONG
from jobs_tui.emulator.rules.service_error import ServiceError, invalid_request


class Members:
    """A structure of a request; a member that is null counts as absent.

    Every method raises ServiceError for a value of another type. Members that nobody asks for are
    ignored, as the service does.
    """

    def __init__(self, values: Mapping[str, object], within: str = "") -> None:
        self._values = values
        self._within = within

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Read a request body; an empty one has no members."""
        if not body:
            return cls({})
        try:
            values = json.loads(body.decode(), parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise invalid_request("The request body is not valid JSON") from error
        if too_deep(values):
            raise invalid_request("The request body is not valid JSON")
        if not isinstance(values, dict):
            raise invalid_request("The request body is not a JSON object")
        return cls(values)

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def text(self, name: str) -> str | None:
        """A string."""
        value = self._values.get(name)
        if value is None or isinstance(value, str):
            return value
        raise self._not_a("string", name)

    def whole_number(self, name: str) -> int | None:
        """A whole number of 64 bits."""
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value in LONG:
            return value
        raise self._not_a("whole number of 64 bits", name)

    def flag(self, name: str) -> bool:
        """True or false; false by default."""
        value = self._values.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise self._not_a("boolean", name)

    def texts(self, name: str) -> list[str] | None:
        """A list of strings."""
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return value
        raise self._not_a("list of strings", name)

    def text_map(self, name: str) -> dict[str, str] | None:
        """A map of strings to strings."""
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
            return value
        raise self._not_a("map of strings", name)

    def structure(self, name: str) -> "Members":
        """A structure; without members where it is absent."""
        value = self._values.get(name)
        if value is None:
            return Members({}, self._path(name))
        if isinstance(value, dict):
            return Members(value, self._path(name))
        raise self._not_a("structure", name)

    def structures(self, name: str) -> list["Members"]:
        """A list of structures; empty where it is absent."""
        value = self._values.get(name)
        if value is None:
            return []
        if isinstance(value, list) and all(isinstance(each, dict) for each in value):
            return [Members(each, self._path(name)) for each in value]
        raise self._not_a("list of structures", name)

    def _not_a(self, kind: str, name: str) -> ServiceError:
        return invalid_request(f"The value of '{self._path(name)}' is not a {kind}")

    def _path(self, name: str) -> str:
        return f"{self._within}.{name}" if self._within else name


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")
