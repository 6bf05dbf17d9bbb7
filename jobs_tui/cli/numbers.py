"""Numbers that are given as text: on the command line and in the environment."""

from collections.abc import Callable
from typing import NamedTuple


class Number(NamedTuple):
    """What a number may be."""

    words: str
    """What it must be, as in "a number of seconds above 0"."""
    allowed: Callable[[float], bool]

    def of(self, text: str) -> float:
        """The number of a text; raises ValueError in words for the user."""
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not self.allowed(number):
            raise ValueError(f"must be {self.words}, not '{text}'")
        return number

    def whole(self, text: str) -> int:
        """The whole number of a text; raises ValueError in words for the user."""
        number = self.of(text)
        if not number.is_integer():
            raise ValueError(f"must be {self.words}, not '{text}'")
        return int(number)


def above_0(what: str = "a number") -> Number:
    """Numbers above 0; `what` as in "a number of seconds"."""
    return Number(f"{what} above 0", lambda number: 0 < number < 1e6)


def from_0(what: str, most: float = 1e6) -> Number:
    """Numbers from 0 on; `what` as in "a number of seconds"."""
    return Number(f"{what} from 0 on", lambda number: 0 <= number <= most)


PORT = Number("a port from 0 to 65535", lambda number: 0 <= number < 65536)
