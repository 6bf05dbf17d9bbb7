"""Long lists of the control plane, a page at a time."""

from collections.abc import Sequence
from typing import TypeVar

from jobs_tui.emulator.rules.constraints import check_range
from jobs_tui.emulator.rules.service_error import invalid_request
from jobs_tui.emulator.wire.query import Query

T = TypeVar("T")

PAGE = 25
"""How many there are on a page unless maxResults says otherwise: few, so that a client that forgets
nextToken is found out."""
LONGEST_PAGE = 250
"""The most that maxResults may ask for, by the model."""
_TOKEN = "after-"  # noqa: S105 - of a page


def page_of(items: Sequence[T], query: Query) -> tuple[Sequence[T], str | None]:
    """The page that a request asks for by maxResults and nextToken, and the token of the next.

    Raises ServiceError for a page size out of bounds and for a token that was never given out.
    """
    size = query.whole_number("maxResults")
    if size is not None:
        check_range("maxResults", size, 1, LONGEST_PAGE)
    return page_of_size(items, size, query.text("nextToken"))


def page_of_size(
    items: Sequence[T], size: int | None, token: str | None
) -> tuple[Sequence[T], str | None]:
    """The same where these are not in the query string and the size has been checked."""
    begin = _begin(token)
    end = begin + (PAGE if size is None else size)
    return items[begin:end], f"{_TOKEN}{end}" if end < len(items) else None


def _begin(token: str | None) -> int:
    if token is None:
        return 0
    digits = token.removeprefix(_TOKEN)
    if digits == token or not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise invalid_request("The nextToken was not given out by this service")
    return int(digits)
