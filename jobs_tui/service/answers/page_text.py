"""What a reader of an HTML page would see: portals and proxies answer with pages."""

from html.parser import HTMLParser


def text_of_page(page: str) -> str:
    """All of its text in one line, its title included."""
    reader = _PageReader()
    reader.feed(page)
    reader.close()
    return " ".join(reader.texts)


class _PageReader(HTMLParser):
    """Collects what a reader of the page would see, and its title."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._unseen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen = tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self._unseen = False

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.texts.append(data)
