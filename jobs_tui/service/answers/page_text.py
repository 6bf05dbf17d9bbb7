"""What a reader of an HTML page would see: portals and proxies answer with pages. Pure.

The page may be anything: the standard library's parser takes seconds for a page of tags without an
end, and stumbles over marked sections and over character references of thousands of digits.
"""

import html
import re
from collections.abc import Iterator

# possessive, where going back would not help and takes long
_TAG = re.compile(r"<(?:!--.*?-->|(/?)([a-zA-Z][^\s/<>]*+)[^<>]*+>|[!?][^<>]*+>)", re.DOTALL)
_UNSEEN = frozenset({"script", "style"})
_NO_CHARACTER = re.compile(r"&#x?[0-9a-f]{9,};?", re.IGNORECASE)
"""The highest one has seven digits."""


def text_of_page(page: str) -> str:
    """All of its text, its title included; takes time in proportion to the page."""
    return " ".join(html.unescape(_NO_CHARACTER.sub("\ufffd", text)) for text in _texts(page))


def _texts(page: str) -> Iterator[str]:
    commented, end, rest = page.rpartition("-->")
    # else the end of each comment without one would be looked for up to the end of the page
    page = commented + end + rest.replace("<!--", "<!")
    seen, position = True, 0
    for tag in _TAG.finditer(page):
        if seen:
            yield page[position : tag.start()]
        position = tag.end()
        closing, name = tag[1], tag[2]
        if name:
            seen = bool(closing) or name.lower() not in _UNSEEN
    if seen:
        yield page[position:]
