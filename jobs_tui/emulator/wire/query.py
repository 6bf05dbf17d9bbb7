"""The members of a request that stand in its query string, where everything is text."""

import re
from collections.abc import Mapping

from jobs_tui.emulator.rules.constraints import LONG
from jobs_tui.emulator.rules.service_error import invalid_request

_DIGITS = re.compile(r"-?[0-9]{1,19}")


class Query:
    """Each member asked for with the type that the service model gives it.

    Every method raises ServiceError for a value of another type. Members that nobody asks for are
    ignored, as the service does.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str) -> str | None:
        """A string."""
        return self._values.get(name)

    def whole_number(self, name: str) -> int | None:
        """A whole number of 64 bits."""
        text = self._values.get(name)
        if text is None:
            return None
        if _DIGITS.fullmatch(text) is None or int(text) not in LONG:
            raise invalid_request(f"The value of '{name}' is not a whole number of 64 bits")
        return int(text)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """True or false."""
        text = self._values.get(name)
        if text is None:
            return default
        if text not in {"true", "false"}:
            raise invalid_request(f"The value of '{name}' is not a boolean")
        return text == "true"
