"""Choosing the things to watch, over HTTP, by the keyboard."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from textual.events import Key, Paste
from textual.pilot import Pilot

from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.thing_selection import AllThings, ThingGroup, ThingSelection
from jobs_tui.emulator import Account, EmulatorServer, Fault
from jobs_tui.emulator.line.faults import FaultPlan
from jobs_tui.emulator.line.line import Line
from jobs_tui.engine.context import Context, Contexts
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.journal.sqlite_journal import SqliteJournal
from jobs_tui.engine.pulse import Pulse
from jobs_tui.engine.recent_things import RecentThings
from jobs_tui.engine.thing_search import ThingSearch
from jobs_tui.service.connection import open_control_plane, open_data_plane
from jobs_tui.service.settings import ServiceSettings, StaticCredentials
from jobs_tui.ui.app import CockpitApp
from jobs_tui.ui.terminal.safe_text import safe_line


@dataclass
class Picker:
    """One run of the app."""

    app: CockpitApp
    pilot: Pilot[int]
    read_screen: Callable[[CockpitApp], str]
    searched: list[ThingSelection] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.read_screen(self.app)

    async def press(self, *keys: str) -> None:
        dialog = self.app.screen
        await self.see(lambda: getattr(dialog, "on_screen", True))
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """As a paste, which is one event instead of one a character."""
        self.app.post_message(Paste(text))
        await self.pilot.pause()

    async def see(self, wanted: str | Callable[[], object], seconds: float = 8.0) -> None:
        """Wait until the screen shows a text, or a condition holds."""
        holds = (lambda: wanted in self.text) if isinstance(wanted, str) else wanted
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, f"never saw {wanted!r} on\n{self.text}"
            await self.pilot.pause(0.02)


@pytest.fixture
def picker(account: Account, tmp_path: Path, read_screen):
    """Runs the app without a thing: `async with picker() as screen`."""

    @asynccontextmanager
    async def run(
        *faults: str,
        selection: ThingSelection | None = None,
        contexts: dict[str, tuple[str, ...]] | None = None,
        first: tuple[str, ...] = (),
        searchable: bool = True,
        size: tuple[int, int] = (80, 24),
        demo: tuple[str, ...] = (),
    ) -> AsyncIterator[Picker]:
        plan = FaultPlan([Fault.parse(each) for each in faults], random.Random(7))
        async with AsyncExitStack() as stack:
            server = await stack.enter_async_context(
                EmulatorServer(account, line=Line(faults=plan))
            )
            searched: list[ThingSelection] = []
            pulses: dict[str, Pulse] = {}
            settings = ServiceSettings(
                region="eu-west-3",
                endpoint_url=server.url,
                control_endpoint_url=server.url,
                credentials=StaticCredentials("test", "test"),
            )
            clock = SystemClock()
            recent = RecentThings(tmp_path)
            runs = count(1)

            def context(name: str, things: tuple[str, ...]) -> Context:
                def watch(things: tuple[str, ...]) -> Engine:
                    return Engine(
                        things,
                        lambda tell: open_data_plane(settings, clock, tell),
                        EngineSettings(0.2, 100.0),
                        clock,
                        random.Random(7),
                        SqliteJournal(lambda: tmp_path, f"run-{next(runs)}", clock.now),
                    )

                def search(wanted: ThingSelection, at_most: int) -> ThingSearch:
                    searched.append(wanted)
                    return ThingSearch(
                        wanted,
                        lambda: open_control_plane(settings, clock),
                        clock,
                        50.0,
                        at_most,
                        pulses,
                    )

                return Context(
                    name,
                    watch,
                    things,
                    None if things else selection,
                    search if searchable else None,
                    lambda: recent.of(name),
                    lambda things: recent.remember(name, things),
                    pulses=pulses,
                )

            named = contexts or {}
            app = CockpitApp(
                Contexts(
                    context("lab", first),
                    tuple(named),
                    lambda name: context(name, named[name]),
                    (lambda: context("demo", demo)) if demo else None,
                )
            )
            async with app.run_test(size=size) as pilot:
                yield Picker(app, pilot, read_screen, searched)

    return run


@pytest.fixture
def things(account: Account) -> tuple[str, ...]:
    """Three things, two of them in a group."""
    names = ("boiler-07", "gw-lyon-01", "gw-lyon-02")
    account.create_thing_group("lyon")
    for name in names:
        account.create_thing(name)
    for name in names[1:]:
        account.add_thing_to_thing_group(name, "lyon")
    return names


@pytest.mark.usefixtures("things")
async def test_things_of_the_account_are_offered_and_enter_watches_the_one_under_the_cursor(
    picker,
) -> None:
    async with picker() as screen:
        await screen.see("Looked for all things: 3 found")
        assert "which things?" in screen.text
        await screen.press("down", "enter")
        await screen.see("No pending jobs")
        assert "gw-lyon-01" in screen.text
        assert "boiler-07" not in screen.text
        assert screen.searched == [AllThings()]


@pytest.mark.slow
@pytest.mark.usefixtures("things")
async def test_several_are_marked_and_watched_in_the_order_of_marking(picker) -> None:
    async with picker() as screen:
        await screen.see("3 found")
        await screen.press("down", "down", "space", "up", "up", "space")
        await screen.see("2 marked")
        await screen.press("enter")
        await screen.see("No pending jobs")
        assert screen.text.index("gw-lyon-02") < screen.text.index("boiler-07")


async def test_a_name_can_be_typed_where_nothing_may_be_listed(picker, things) -> None:
    async with picker("ListThings=403:always") as screen:
        await screen.see("allow iot:ListThings on *")
        assert "before it failed" in screen.text
        await screen.type(things[1])
        await screen.see("as typed")
        await screen.press("enter")
        await screen.see("No pending jobs")
        assert things[1] in screen.text


async def test_what_is_no_name_cannot_be_watched(picker) -> None:
    async with picker(searchable=False) as screen:
        await screen.see("No thing is known yet")
        await screen.press("enter")
        await screen.see("Watch or search: not now, type the name of a thing")
        await screen.type("a/b")
        await screen.see("Nothing goes with what is typed")
        await screen.press("escape", "*", "enter")
        await screen.see("there is nothing to search here")


@pytest.mark.slow
@pytest.mark.usefixtures("things")
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("group=lyon", "Looked for the things of group lyon: 2 found"),
        ("gw-*", "Looked for the things whose name begins with gw-: 3 looked at, 2 found"),
        ("query=thingName:gw-* AND thingGroupNames:lyon", "AND thingGroupNames:lyon: 2 found"),
        ("group=nice", "Thing group nice not found"),
    ],
)
async def test_a_search_can_be_typed(picker, typed: str, told: str) -> None:
    async with picker() as screen:
        await screen.see("3 found")
        await screen.type(typed)
        await screen.press("enter")
        await screen.see(lambda: told in " ".join(screen.text.split()))
        await screen.press("plus")
        await screen.see("marked" if "2 found" in told else "Mark all: not now")


@pytest.mark.slow
@pytest.mark.usefixtures("things")
async def test_what_the_settings_select_is_watched_as_soon_as_it_is_found(picker) -> None:
    async with picker(selection=ThingGroup("lyon")) as screen:
        await screen.see(lambda: screen.text.count("No pending jobs") == 2)
        assert "boiler-07" not in screen.text


@pytest.mark.usefixtures("things")
async def test_a_selection_that_fails_says_why_and_takes_names(picker) -> None:
    async with picker("ListThingsInThingGroup=403:always", selection=ThingGroup("lyon")) as screen:
        await screen.see("iot:ListThingsInThingGroup")
        await screen.type("gw-lyon-01")
        await screen.press("enter")
        await screen.see("No pending jobs")


@pytest.mark.slow
@pytest.mark.usefixtures("things")
async def test_what_was_watched_last_is_offered_first(picker) -> None:
    async with picker() as screen:
        await screen.see("3 found")
        await screen.press("down", "down", "enter")
        await screen.see("No pending jobs")
    async with picker() as screen:
        await screen.see("3 found")
        assert screen.text.index("used last") < screen.text.index("gw-lyon-02")
        assert screen.text.index("gw-lyon-02") < screen.text.index("boiler-07")


@pytest.mark.slow
@pytest.mark.usefixtures("things")
async def test_the_context_is_switched_in_the_palette(picker) -> None:
    contexts = {"bench": ("boiler-07",), "lab": ()}
    async with picker(contexts=contexts, first=("gw-lyon-01",)) as screen:
        await screen.see("No pending jobs")
        for wanted, seen in (("bench", "boiler-07"), ("lab", "which things?")):
            await screen.press("ctrl+p")
            await screen.type(f"context {wanted}")
            await screen.see(f"Context {wanted}")
            await screen.press("enter")
            await screen.see(seen)
            assert f" jobs-tui  {wanted}" in screen.text
        assert "gw-lyon-01" not in screen.text.partition("used last")[0]


async def test_a_change_in_doubt_is_asked_about_before_the_context_is_switched(
    picker, account: Account
) -> None:
    account.create_thing("gw-1")
    account.create_job(job_id="fw-1", targets=("gw-1",), document="{}")
    faults = ("UpdateJobExecution=hang-before:always",)
    async with picker(*faults, contexts={"bench": ("gw-2",)}, first=("gw-1",)) as screen:
        await screen.see("fw-1")
        await screen.press("s")
        await screen.see("the change is based on it")
        await screen.press("i", "enter")
        await screen.see("sending")
        await screen.press("escape")
        for answer, seen in (("n", "gw-1"), ("y", "gw-2")):
            await screen.press("ctrl+p")
            await screen.type("context bench")
            await screen.see("Context bench")
            await screen.press("enter")
            await screen.see("These changes are not settled")
            await screen.press(answer)
            await screen.see(lambda seen=seen: f"\u25be {seen}" in screen.text)
        # the same account and endpoint: what was left is settled by reading, and asked about
        await screen.see("left unsent")


@pytest.mark.usefixtures("things")
async def test_keys_after_the_choice_are_for_what_was_chosen(picker) -> None:
    async with picker() as screen:
        await screen.see("3 found")
        left = asyncio.Event()
        screen.app.screen.end = left.wait
        for key in ("enter", "question_mark"):
            screen.app.post_message(Key(key, None))
        await screen.pilot.pause(0.1)
        left.set()
        await screen.see("Open the execution: members")


async def test_the_first_start_offers_a_name_a_search_and_the_demo(picker) -> None:
    async with picker(searchable=False, demo=("gw-demo",), size=(40, 12)) as screen:
        for words in ("type its", "jobs-tui demo", "search: *"):
            await screen.see(words)
        # what is typed is meant, and not the demo
        await screen.type("a/b")
        await screen.see("Nothing goes with what is typed")
        await screen.press("enter")
        await screen.see("not now, type the nam")
        await screen.press("escape", "enter")
        await screen.see("gw-demo")
        await screen.see("No pending jobs")
        await screen.press("q")
        assert screen.app.return_value == 0


async def test_where_there_is_a_thing_enter_watches_it_and_shows_no_demo(
    picker, things: tuple[str, ...]
) -> None:
    async with picker(demo=("gw-demo",)) as screen:
        await screen.see(things[0])
        assert "jobs-tui demo" not in screen.text
        await screen.press("enter")
        await screen.see("No pending jobs")
        assert things[0] in screen.text
        # what was asked to find it has a pulse of its own
        await screen.press("P")
        await screen.see(lambda: screen.text.count("calls/s") == 2)


async def test_what_a_search_would_be_is_told_before_enter(picker) -> None:
    async with picker() as screen:
        await screen.type("query=thingName:gw-*")
        await screen.see("Enter searches for")


async def test_escape_clears_what_was_typed_and_then_leaves(picker) -> None:
    async with picker(searchable=False) as screen:
        await screen.type("gw")
        await screen.see("as typed")
        await screen.press("escape")
        await screen.see("No thing is known yet")
        await screen.press("question_mark")
        await screen.see("Choosing things")
        await screen.press("escape", "escape")
        await asyncio.wait_for(screen.pilot.pause(), 5)
        assert screen.app.return_value == 0


@pytest.mark.usefixtures("things")
@pytest.mark.slow
@pytest.mark.parametrize("size", [(1, 1), (20, 4), (40, 12), (160, 48)])
async def test_it_draws_at_any_size(picker, size: tuple[int, int]) -> None:
    async with picker(size=size) as screen:
        await screen.see(lambda: screen.searched)
        await screen.pilot.pause(0.2)
        await screen.pilot.resize_terminal(80, 24)
        await screen.see("3 found")


@pytest.mark.slow
@pytest.mark.usefixtures("things")
@pytest.mark.parametrize("name", ["[/]", "[bold]x[/]", "[@click=app.quit]x[/]", "a\x1b[31mb"])
async def test_the_name_of_a_context_is_shown_and_not_obeyed(picker, name: str) -> None:
    async with picker(
        contexts={name: ("gw-lyon-01",)}, first=("boiler-07",), size=(120, 30)
    ) as screen:
        await screen.see("No pending jobs")
        await screen.press("ctrl+p")
        await screen.type("context")
        await screen.see(f"Context {safe_line(name)}")
        assert "\x1b" not in screen.text
        await screen.press("enter")
        await screen.see("gw-lyon-01")
        assert " jobs-tui  " + safe_line(name)[:5] in screen.text


async def test_a_slow_line_is_told_of_where_there_is_a_key_that_helps(account, picker) -> None:
    account.create_thing("gw-1")
    async with picker() as screen:
        await screen.see("gw-1")
        screen.app.offer_low_bandwidth()
        await screen.press("enter")
        await screen.see("the line is slow: B saves bandwidth")
