"""The program behind a page in a browser: what it shows there, what it refuses, how it ends."""

from collections.abc import Callable, Iterator

import pytest
from served_page import ServedPage

NOT_ALLOWED = "not now, this run is read-only in a browser (--no-read-only)"


@pytest.fixture
def open_page(bare_environment: dict[str, str]) -> Iterator[Callable[..., ServedPage]]:
    """Open a page as the server does, which may know of no terminal itself."""
    opened: list[ServedPage] = []
    environment = {name: bare_environment[name] for name in ("PATH", "HOME")}

    def start(*arguments: str, environment: dict[str, str] = environment, **size: int):
        opened.append(ServedPage(*arguments, environment=environment, **size))
        return opened[-1]

    yield start
    for page in opened:
        page.close()


def test_a_page_shows_the_cockpit_read_only_and_says_why_it_is(open_page) -> None:
    page = open_page("demo", columns=110, lines=30)
    page.wait_for("! due")
    page.wait_for("READ-ONLY in a browser")
    assert "\u25b6 fw-2026-11-edge" in page.text
    page.type("s")
    page.wait_for(NOT_ALLOWED)
    page.tell(type="resize", width=80, height=24)
    page.wait_for(lambda: "? help" in page.screen.display[23])
    page.type("q")
    assert page.wait_for_end() == 0
    assert page.told == [{"type": "exit"}]
    assert page.process.stderr.read() == b""


def test_a_page_that_is_closed_ends_the_program(open_page) -> None:
    page = open_page("demo")
    page.wait_for("live")
    page.tell(type="quit")
    assert page.wait_for_end(5) == 143


@pytest.mark.slow
def test_a_server_that_is_killed_leaves_no_program_behind(open_page) -> None:
    page = open_page("demo")
    page.wait_for("live")
    page.server_is_gone()
    assert page.process.wait(5) == 143
