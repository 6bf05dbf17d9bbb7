"""Hides what a presigned URL grants, so that a screen, a log or a copy can be shown around.

Whoever holds a presigned URL may fetch what it points to until it expires. AWS IoT Jobs puts such
URLs into job documents at each fetch. What is hidden are the values of these query parameters:

- Signature Version 4: `X-Amz-Signature`, `X-Amz-Security-Token`, `X-Amz-Credential`, and
  `X-Amz-S3session-Token` of S3 directory buckets;
- Signature Version 2: `Signature`, `AWSAccessKeyId`;
- CloudFront signed URLs: `Signature`, `Key-Pair-Id`, `Policy`.

In doubt more is hidden, not less: a parameter of such a name is masked in whatever URL it stands.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from jobs_tui.domain.json_escape import JSON_ESCAPE

MASK = "\u2022" * 6
"""What stands for a hidden value, however long that is."""

_PERCENT_ENCODED = re.compile(r"%(?:25)*([0-9a-fA-F]{2})")
"""One byte percent-encoded, also in a URL within a URL, and so on."""

_SECRET = re.compile(
    r"""
    (?: X-Amz-(?:Signature|Security-Token|Credential|S3session-Token)
        (?: = | \\*"\s*:\s*\\*" )      # also a member of that name, as in a presigned POST
      | (?:AWSAccessKeyId|Key-Pair-Id)=
      | [?&](?:amp;)?(?:Signature|Policy)=
    )
    ([^\x00-\x20\x7f"'`<>()\[\]{}|\\,;&\#]+)
    """,
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
"""A parameter's name and its value, which ends where no AWS signature, token or key id goes on."""


def mask(text: str) -> str:
    """The text with the secrets of presigned URLs replaced by `MASK`, all else as it was.

    A name and its value are recognised in any letter case and through percent-encoding and JSON
    escapes. Masking a masked text changes nothing. Takes time in proportion to the text.
    """
    kept: list[str] = []
    position = 0
    for start, end in _secrets(text):
        kept += (text[position:start], MASK)
        position = end
    return "".join((*kept, text[position:]))


def _secrets(text: str) -> Iterator[tuple[int, int]]:
    """Where the secrets stand: start and end, in order."""
    in_json = _read_through(JSON_ESCAPE, text)
    in_url = _read_through(_PERCENT_ENCODED, in_json.text)
    for match in _SECRET.finditer(in_url.text):
        start, end = (in_url.position_as_written(position) for position in match.span(1))
        yield in_json.position_as_written(start), in_json.position_as_written(end)


@dataclass(frozen=True, slots=True)
class _Plain:
    """A text without its escapes, and the way back to the text as it was written."""

    text: str
    escaped: list[int]
    """Positions in `text` of the characters that were escaped, ascending."""
    surplus: list[int]
    """How many more characters were written than are read, after so many escapes."""

    def position_as_written(self, position: int) -> int:
        return position + self.surplus[bisect_left(self.escaped, position)]


def _read_through(escape: re.Pattern[str], text: str) -> _Plain:
    pieces: list[str] = []
    escaped: list[int] = []
    surplus = [0]
    position = 0
    for match in escape.finditer(text):
        escaped.append(match.start() - surplus[-1])
        surplus.append(surplus[-1] + len(match.group()) - 1)
        code = match.group(1)
        pieces += (text[position : match.start()], chr(int(code, 16)) if code else "/")
        position = match.end()
    return _Plain("".join((*pieces, text[position:])), escaped, surplus)
