"""The list of all things on a screen, over a store that is fed with answers."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key, MouseScrollDown, Paste
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen

import jobs_tui.ui
from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import Done, Unreachable
from jobs_tui.domain.status import Status
from jobs_tui.engine.refreshing.forecast import Round
from jobs_tui.engine.store import Store
from jobs_tui.ui.commands.command import bindings
from jobs_tui.ui.commands.fleet import FLEET_COMMANDS, BackToList, KeepInView, OpenThing
from jobs_tui.ui.commands.moving_in_list import ends, steps
from jobs_tui.ui.screens.command_screen import CommandScreen
from jobs_tui.ui.terminal.keys_in_turn import KeysInTurn
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.views.bars import Notice, notice_line
from jobs_tui.ui.views.fleet import MARKER, PIN
from jobs_tui.ui.views.panel import Freshness
from jobs_tui.ui.widgets import fleet_list
from jobs_tui.ui.widgets.calm_order import CALM_SECONDS, LEFT_ALONE_SECONDS, URGENT_SECONDS
from jobs_tui.ui.widgets.filter_field import FilterField
from jobs_tui.ui.widgets.fleet_list import FleetList
from jobs_tui.ui.widgets.fleet_view import FleetView
from jobs_tui.ui.widgets.list_window import ListWindow, thumb_of

NOW = 1_800_000_000.0
CHARACTERS = {"slash": "/", "exclamation_mark": "!", "full_stop": "."}


class DateInHand:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.date = NOW

    def now(self) -> float:
        return self.date

    def monotonic(self) -> float:
        return self.date

    async def sleep(self, seconds: float) -> None:
        raise AssertionError(seconds)


class Fleets(CommandScreen, Screen[None]):
    """The list, and what the cockpit would do for it."""

    COMMAND_LIST = (
        OpenThing(),
        *FLEET_COMMANDS,
        *steps("thing"),
        *ends("first thing", "last thing"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(COMMAND_LIST),
        Binding("f9", "reached", show=False),
    ]
    has_list = True
    full_screen = False

    def __init__(self, store: Store, clock: DateInHand) -> None:
        super().__init__()
        self.view = FleetView(store, AttentionLimits())
        self.clock = clock
        self.in_list = True
        self.pinned: set[str] = set()
        self.first_round: Round | None = None
        self.reached = asyncio.Event()

    def compose(self) -> ComposeResult:
        yield self.view
        yield LineWidget(id="notice")

    def on_mount(self) -> None:
        self.view.styles.position = "relative"
        self.show()

    def show(self) -> None:
        self.view.show(
            lambda _: Freshness(self.clock.date, paused=False, live_for=1e9),
            self.first_round,
            pinned=self.pinned,
            focused=self.in_list,
            monotonic=self.clock.date,
        )

    def on_fleet_view_touched(self, event: FleetView.Touched) -> None:
        self.in_list |= event.clicked
        self.show()

    def action_reached(self) -> None:
        """All keys before this one have been dealt with."""
        self.reached.set()

    def notice(self, notice: Notice) -> None:
        self.query_one("#notice", LineWidget).show_lines([notice_line(notice, self.size.width)])

    @property
    def overview(self) -> "Fleets":
        return self

    def redraw(self) -> None:
        self.show()

    @property
    def page(self) -> int:
        return self.view.page

    @property
    def filtered(self) -> bool:
        return not self.view.wanted.empty

    @property
    def urgent_things(self) -> int:
        return self.view.urgent_things

    @property
    def thing_name(self) -> str:
        return self.view.selected or ""

    def move(self, by: int) -> None:
        self.view.move(by)
        self.show()

    def open_filter(self) -> None:
        self.view.open_filter()

    def toggle_urgent(self) -> None:
        self.view.toggle_urgent()
        self.show()

    def select_next_urgent(self) -> bool:
        found = self.view.select_next_urgent()
        self.show()
        return found

    def toggle_pin(self) -> bool:
        self.pinned ^= {self.thing_name}
        self.show()
        return self.thing_name in self.pinned

    def focus_panel(self) -> None:
        self.in_list = False
        self.show()

    def focus_list(self) -> None:
        self.in_list = True
        self.show()

    def clear_filter(self) -> None:
        self.view.clear_filter()
        self.show()


class FleetApp(KeysInTurn, App[int]):
    CSS_PATH = str(Path(jobs_tui.ui.__file__).parent / "app.tcss")

    def __init__(self, screen: Fleets) -> None:
        super().__init__()
        self.animation_level = "none"
        self._fleets = screen

    def get_default_screen(self) -> Screen[None]:
        return self._fleets


class Watching:
    """One run of the app."""

    def __init__(self, pilot: Pilot[int], screen: Fleets, store: Store) -> None:
        self.pilot, self.screen, self.store = pilot, screen, store
        self.view, self.list, self.clock = screen.view, screen.view.list, screen.clock

    def tell(self, thing_name: str, *, silent: float | None = None, queued: int = 0) -> None:
        """An answer of the service: in progress and silent for so long, and so many queued."""
        started = NOW - (silent or 0.0)
        busy = JobExecutionSummary("fw", Status.IN_PROGRESS, started, started, started, 1, 1)
        waiting = (
            JobExecutionSummary(f"job-{number}", Status.QUEUED, NOW - 60, None, NOW, 1, 1)
            for number in range(queued)
        )
        pending = PendingJobExecutions(() if silent is None else (busy,), tuple(waiting))
        self.store.record_answer(thing_name, Done(pending))

    def after(self, seconds: float) -> None:
        """Draw again after a while."""
        self.clock.date += seconds
        self.screen.show()

    async def press(self, *keys: str) -> None:
        """Press keys without waiting for the screen in between, as one types ahead."""
        self.screen.reached.clear()
        for key in (*keys, "f9"):
            character = CHARACTERS.get(key, key if len(key) == 1 else None)
            self.screen.app.post_message(Key(key, character))
        await asyncio.wait_for(self.screen.reached.wait(), 5)
        await self.settle()

    async def settle(self) -> None:
        """Wait until what was asked for is arranged and painted."""
        for _ in range(2):
            painted = asyncio.Event()
            self.screen.call_after_refresh(painted.set)
            await asyncio.wait_for(painted.wait(), 5)

    async def type(self, text: str) -> None:
        self.screen.app.post_message(Paste(text))
        await self.press()

    @property
    def lines(self) -> list[str]:
        """The screen as it was last painted."""
        update = self.screen._compositor.render_update(full=True)
        return [
            "".join(segment.text for strip in line for segment in strip) for line in update.strips
        ]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def line_of(self, words: str) -> int:
        """The line of the screen that holds these words."""
        (line,) = (y for y, line in enumerate(self.lines) if words in line)
        return line

    @property
    def names(self) -> list[str]:
        """The names in the list, as they show."""
        return [
            line.strip(f" {MARKER}{PIN}").split()[0] for line in self.lines[3:-1] if line.strip()
        ]


def name_of(number: int) -> str:
    return f"gw-{number:05d}"


@pytest.fixture
def watching():
    @asynccontextmanager
    async def run(things: int = 100, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Watching]:
        clock = DateInHand()
        store = Store(map(name_of, range(things)), clock)
        screen = Fleets(store, clock)
        async with FleetApp(screen).run_test(size=size) as pilot:
            await pilot.pause()
            yield Watching(pilot, screen, store)

    return run


@pytest.fixture
def painted(monkeypatch) -> Counter[int]:
    """How often each line of the list was painted."""
    counted: Counter[int] = Counter()
    render_line = FleetList.render_line

    def count(self: FleetList, y: int) -> object:
        counted[y] += 1
        return render_line(self, y)

    monkeypatch.setattr(FleetList, "render_line", count)
    return counted


@pytest.fixture
def built(monkeypatch) -> list[str]:
    """The names of the things for which a line was made."""
    names: list[str] = []
    thing_line = fleet_list.thing_line

    def count(standing, *others: object) -> object:
        names.append(standing.thing_name)
        return thing_line(standing, *others)

    monkeypatch.setattr(fleet_list, "thing_line", count)
    return names


async def test_totals_bar_heading_and_things_stand_below_one_another(watching) -> None:
    async with watching() as run:
        run.tell("gw-00007", silent=7200, queued=3)
        run.after(60)
        lines = run.lines
        assert "100 things" in lines[0]
        assert "1 stuck" in lines[0]
        assert len(lines[1].strip()) == 79
        assert "thing" in lines[2]
        assert lines[3].startswith(f"{MARKER}   gw-00007")
        assert "! 1 stuck, 2 h without update" in lines[3]


async def test_the_first_round_is_told_in_the_line_of_totals(watching) -> None:
    async with watching() as run:
        run.screen.first_round = Round(34, 100, 6.6)
        run.screen.show()
        assert "34 of 100 asked, 7 s left" in run.lines[0]


async def test_the_cursor_moves_by_lines_pages_and_to_the_ends(watching) -> None:
    async with watching(things=100) as run:
        assert (run.list.selected, run.list.page) == ("gw-00000", 19)
        for keys, selected, first in (
            (["down", "j"], 2, 0),
            (["up"], 1, 0),
            (["pagedown"], 20, 1),
            (["pagedown"], 39, 20),
            (["pageup"], 20, 20),
            (["G"], 99, 80),
            (["down"], 99, 80),
            (["k", "k"], 97, 80),
            (["g"], 0, 0),
            (["up"], 0, 0),
        ):
            await run.press(*keys)
            assert run.list.selected == name_of(selected)
            assert run.list.in_sight == tuple(name_of(first + line) for line in range(20))
            assert run.lines[3 + selected - first].startswith(f"{MARKER}   {name_of(selected)}")


def test_a_step_past_an_end_is_not_taken_unless_it_is_to_end_there() -> None:
    window = ListWindow(names=("a", "b", "c"), height=2)
    assert not window.move(-1, within=False)
    assert window.move(2, within=False)
    assert not window.move(1, within=False)
    assert not window.move(1, within=True)
    assert window.move(-9, within=True)
    assert (window.selected, window.in_sight) == ("a", ("a", "b"))


names = st.permutations("abcdefghijkl").flatmap(
    lambda order: st.integers(0, len(order)).map(lambda count: tuple(order[:count]))
)
movements = st.one_of(
    st.tuples(st.sampled_from(("take", "narrow")), names),
    st.tuples(st.just("move"), st.integers(-15, 15), st.booleans()),
    st.tuples(st.just("scroll"), st.integers(-15, 15)),
    st.tuples(st.just("select"), st.sampled_from("abcdefghijkl")),
    st.tuples(st.just("resize"), st.integers(0, 15)),
    st.tuples(st.sampled_from(("remember", "forget", "return_to_top", "go_first"))),
)


@pytest.mark.slow
@settings(max_examples=50)
@given(st.lists(movements, max_size=12))
def test_window_and_cursor_are_always_within_the_list(history) -> None:
    window = ListWindow()
    for what, *how in history:
        selected, line = window.selected, window.at - window.top
        if what == "move":
            window.move(how[0], within=how[1])
        else:
            getattr(window, what)(*how)
        assert 0 <= window.at <= max(0, len(window.names) - 1)
        assert 0 <= window.top <= max(0, len(window.names) - window.height)
        if what == "take" and selected in window.names:
            assert window.selected == selected
            free = window.height <= window.at - line + window.height <= len(window.names)
            assert window.at - window.top == line or not free or line >= window.height
        if what in {"take", "narrow", "move", "scroll", "select"} and window.names:
            in_sight = window.selected in window.in_sight
            assert in_sight or (what not in {"take", "narrow"} and window.selected == selected)


@pytest.mark.parametrize(
    ("top", "height", "count", "lines"),
    [
        (0, 20, 20, []),
        (0, 20, 100, [0, 1, 2, 3]),
        (80, 20, 100, [16, 17, 18, 19]),
        (1, 20, 10_000, [1]),
        (9979, 20, 10_000, [18]),
        (9980, 20, 10_000, [19]),
        (0, 1, 9, [0]),
        (3, 2, 9, [0]),
        (8, 1, 9, [0]),
    ],
)
def test_the_indicator_tells_the_ends_from_what_is_near_them(top, height, count, lines) -> None:
    assert list(thumb_of(top, height, count)) == lines


async def test_a_key_paints_the_two_lines_between_which_the_cursor_moved(watching, painted) -> None:
    async with watching() as run:
        painted.clear()
        await run.press("down")
        assert painted == {0: 1, 1: 1}


async def test_an_answer_paints_the_line_of_its_thing_alone(watching, painted) -> None:
    async with watching() as run:
        run.tell("gw-00004", queued=1)
        painted.clear()
        run.screen.show()
        await run.settle()
        assert painted == {4: 1}
        assert "gw-00004          0      1" in run.lines[7]


async def test_nothing_is_painted_while_nothing_changes(watching, painted) -> None:
    async with watching() as run:
        painted.clear()
        for _ in range(5):
            run.tell("gw-00090")
            run.after(0.1)
        await run.settle()
        assert not painted


async def test_only_what_is_in_sight_is_made_however_many_things_there_are(watching, built) -> None:
    async with watching(things=10_000) as run:
        for keys in (["down"], ["pagedown"] * 3, ["G"], ["pageup"], ["g"]):
            built.clear()
            await run.press(*keys)
            assert 0 < len(built) <= 20 * len(keys)
        built.clear()
        for number in range(0, 10_000, 70):
            run.tell(name_of(number), queued=1)
        run.after(CALM_SECONDS)
        assert len(built) == 20


async def test_ten_thousand_things_are_put_in_order_seldom(watching, monkeypatch) -> None:
    async with watching(things=10_000) as run:
        taken = []
        shown = run.view.fleet.shown
        monkeypatch.setattr(
            run.view.fleet, "shown", lambda wanted: taken.append(1) or shown(wanted)
        )
        for step in range(100):
            run.tell(name_of(step * 31), queued=1)
            run.after(0.1)
        assert len(taken) <= 10 / CALM_SECONDS + 1


async def test_a_thing_that_comes_to_need_a_person_moves_up_soon(watching) -> None:
    async with watching() as run:
        run.tell("gw-00003", queued=1)
        run.after(CALM_SECONDS)
        run.tell("gw-00050", silent=7200)
        run.after(0.1)
        assert run.names[0] == "gw-00003"
        assert run.list.due_at == run.clock.date - 0.1 + URGENT_SECONDS
        run.after(URGENT_SECONDS)
        assert run.names[:2] == ["gw-00050", "gw-00003"]


async def test_anything_else_finds_its_place_within_seconds(watching) -> None:
    async with watching() as run:
        run.after(60)
        run.tell("gw-00003", queued=1)
        run.after(0.1)
        assert run.names[0] == "gw-00003"
        run.tell("gw-00004", queued=2)
        run.tell("gw-00005", silent=60)
        run.after(0.1)
        assert run.names[:3] == ["gw-00003", "gw-00000", "gw-00001"]
        assert "0      2" in run.lines[run.line_of("gw-00004")]
        due = run.list.due_at
        assert due == run.clock.date - 0.1 + CALM_SECONDS
        run.after(due - run.clock.date)
        assert run.names[:3] == ["gw-00005", "gw-00003", "gw-00004"]


async def test_nothing_changes_its_place_while_somebody_moves(watching) -> None:
    async with watching() as run:
        run.after(60)
        for number in range(50, 60):
            await run.press("down")
            run.tell(name_of(number), silent=7200)
            run.after(1.0)
        assert run.names[:3] == ["gw-00000", "gw-00001", "gw-00002"]
        assert not run.view.due(run.clock.date)
        run.after(URGENT_SECONDS)
        await run.press("g")
        assert run.names[0] == "gw-00050"


async def test_the_selected_thing_stays_on_its_line_when_the_order_changes(watching) -> None:
    async with watching() as run:
        await run.press("pagedown", "pagedown", "up", "up")
        selected, line = run.list.selected, run.line_of(MARKER)
        for number in range(90, 95):
            run.tell(name_of(number), silent=7200)
        run.after(CALM_SECONDS)
        assert run.view.fleet.shown(run.list.wanted)[0] == "gw-00090"
        assert (run.list.selected, run.line_of(MARKER)) == (selected, line)
        assert selected in run.lines[line]


async def test_the_selected_thing_stays_selected_when_it_moves_itself(watching) -> None:
    async with watching() as run:
        await run.press("pagedown", "pagedown")
        selected = run.list.selected
        run.tell(selected, silent=7200)
        run.after(CALM_SECONDS)
        assert (run.list.selected, run.list.in_sight[0]) == (selected, selected)


async def test_a_list_left_alone_at_its_top_shows_the_top_again(watching) -> None:
    async with watching() as run:
        await run.press("down", "down")
        run.tell("gw-00050", silent=7200)
        run.after(2.0)
        assert (run.list.selected, run.line_of(MARKER)) == ("gw-00002", 5)
        assert "gw-00050" not in run.text
        assert not run.view.due(run.clock.date)
        run.after(LEFT_ALONE_SECONDS)
        assert run.names[0] == "gw-00050"
        assert (run.list.selected, run.line_of(MARKER)) == ("gw-00002", 6)


async def test_a_cursor_that_sank_out_of_sight_comes_in_from_the_edge_at_the_next_key(
    watching,
) -> None:
    async with watching() as run:
        await run.press("down")
        for number in range(50, 90):
            run.tell(name_of(number), silent=7200)
        run.after(60)
        assert (run.names[0], run.list.selected) == ("gw-00050", "gw-00001")
        assert MARKER not in run.text
        assert not run.view.due(run.clock.date)
        await run.press("down")
        assert (run.line_of(MARKER), run.list.selected) == (3, "gw-00050")


async def test_before_anybody_chose_a_thing_the_cursor_is_on_the_most_urgent_one(watching) -> None:
    async with watching() as run:
        run.tell("gw-00050", queued=1)
        run.after(60)
        assert (run.list.selected, run.line_of(MARKER)) == ("gw-00050", 3)
        run.tell("gw-00060", silent=7200)
        run.after(60)
        assert (run.list.selected, run.line_of(MARKER)) == ("gw-00060", 3)
        run.tell("gw-00070", silent=9000)
        run.after(60)
        assert (run.list.selected, run.line_of(MARKER)) == ("gw-00060", 4)
        for number in range(71, 91):
            run.tell(name_of(number), silent=9000 + number)
        run.after(60)
        assert (run.list.selected, run.line_of(MARKER)) == ("gw-00090", 3)


@pytest.mark.parametrize("keys", [("down", "up"), ("enter",), ("slash", "escape"), ()])
async def test_a_thing_that_somebody_has_to_do_with_stays_under_the_cursor(watching, keys) -> None:
    async with watching() as run:
        if not keys:
            run.view.hold()
        await run.press(*keys)
        run.tell("gw-00060", silent=7200)
        run.after(60)
        assert run.list.selected == "gw-00000"


async def test_a_list_that_was_scrolled_stays_where_it_is(watching) -> None:
    async with watching() as run:
        await run.press("pagedown", "pagedown")
        before = run.names
        run.tell("gw-00090", silent=7200)
        run.after(60)
        assert run.names == before


async def test_the_list_is_narrowed_down_as_one_types(watching) -> None:
    async with watching() as run:
        await run.press("slash", "4")
        assert run.list.count == 19
        assert "19 of 100 things" in run.lines[0]
        await run.press("2")
        assert run.names == ["gw-00042"]
        assert run.lines[2].startswith(" / 42")
        await run.press("backspace")
        assert run.list.count == 19


async def test_enter_keeps_the_filter_and_gives_the_keys_back(watching) -> None:
    async with watching() as run:
        await run.press("slash", "4", "enter", "j")
        assert run.list.count == 19
        assert run.list.selected == "gw-00014"
        assert "/ changes, esc clears" in run.lines[2]
        assert run.screen.focused is None
        await run.press("slash", "2", "enter")
        assert run.names == ["gw-00042"]


async def test_escape_clears_the_filter_and_returns_to_where_one_was(watching) -> None:
    async with watching() as run:
        await run.press("pagedown", "up", "up")
        before = (run.list.selected, run.line_of(MARKER))
        await run.press("slash", *"42")
        assert run.list.selected == "gw-00042"
        await run.press("escape")
        assert (run.list.selected, run.line_of(MARKER)) == before
        assert "thing" in run.lines[2]


async def test_escape_in_the_list_clears_a_kept_filter_and_stays_on_the_thing(watching) -> None:
    async with watching() as run:
        await run.press("slash", *"42", "enter", "escape")
        assert run.list.count == 100
        assert run.list.selected == "gw-00042"
        await run.press("escape")
        assert "not now, this is the list" in run.text


async def test_a_cursor_that_was_moved_while_typing_stays_where_it_is(watching) -> None:
    async with watching() as run:
        await run.press("slash", "4", "down", "down", "escape")
        assert run.list.selected == "gw-00024"


async def test_deleting_a_slip_leads_back_to_the_thing_before_it(watching) -> None:
    async with watching() as run:
        await run.press("j", "j", "slash", "0", "0", "x")
        assert run.list.selected is None
        await run.press("backspace")
        assert run.list.selected == "gw-00002"


async def test_keys_typed_ahead_of_the_field_land_in_it(watching) -> None:
    async with watching() as run:
        await run.press("slash", "4", "v", "k", "backspace", "backspace", "enter", "v")
        assert run.list.wanted.text == "4"
        assert run.screen.pinned == {"gw-00004"}


async def test_what_no_name_holds_is_a_key_of_the_screen_also_while_typing(watching) -> None:
    async with watching() as run:
        await run.press("slash", "4", "tab")
        assert not run.view.typing
        assert run.list.wanted.text == "4"


async def test_what_is_pasted_is_one_safe_line(watching) -> None:
    async with watching() as run:
        await run.press("slash")
        for pasted, text in (
            ("gw-00042\nq\nrm -rf /\n", "gw-00042"),
            ("\x1b]52;c;ZXZpbA==\x07", "\ufffd]52;c;ZXZpbA==\ufffd"),
            ("[/]\u202e\ud800", "[/]\ufffd\ufffd"),
            ("a\tb", "a\ufffdb"),
            ("x" * 5000, "x" * 256),
            ("\n", ""),
        ):
            await run.press("ctrl+u")
            await run.type(pasted)
            assert run.list.wanted.text == text
            assert all(character.isprintable() for line in run.lines for character in line)
            assert {len(line) for line in run.lines} == {80}


async def test_a_paste_beside_the_field_does_nothing(watching) -> None:
    async with watching() as run:
        await run.press("slash", "4", "enter")
        await run.type("2")
        assert run.list.wanted.text == "4"


async def test_nothing_that_matches_is_told_with_the_way_out(watching) -> None:
    async with watching() as run:
        await run.press("slash", *"xyz", "enter")
        assert "nothing matches xyz: esc shows all things" in run.lines[3]
        assert (run.list.selected, run.list.in_sight) == (None, ())
        await run.press("down", "pagedown", "g", "G", "full_stop", "v")
        run.after(60)
        await run.press("escape")
        assert run.list.count == 100


async def test_the_thing_after_one_that_is_filtered_out_takes_its_place(watching) -> None:
    async with watching() as run:
        for number in range(10):
            run.tell(name_of(number), silent=7200 - number)
        run.after(60)
        await run.press("exclamation_mark", "down", "down")
        assert run.list.selected == "gw-00002"
        run.tell("gw-00002")
        run.after(0.1)
        assert run.list.selected == "gw-00002"
        assert "0      0" in run.lines[run.line_of(MARKER)]
        run.after(CALM_SECONDS)
        assert run.list.selected == "gw-00003"
        assert run.line_of(MARKER) == 5


async def test_only_what_needs_a_person_shows_at_a_key_and_everything_at_the_next(watching) -> None:
    async with watching() as run:
        run.tell("gw-00050", silent=7200)
        run.store.record_failure("gw-00060", Unreachable("no route"))
        await run.press("exclamation_mark")
        assert run.names == ["gw-00050", "gw-00060"]
        assert "only what needs attention" in run.lines[2]
        await run.press("exclamation_mark")
        assert run.list.count == 100
        assert "thing" in run.lines[2]


async def test_where_nothing_needs_a_person_the_way_back_leads_to_where_one_was(watching) -> None:
    async with watching() as run:
        await run.press("pagedown", "j", "j", "k")
        before = (run.list.selected, run.line_of(MARKER))
        await run.press("exclamation_mark")
        assert "nothing needs attention: ! shows all things" in run.lines[3]
        run.after(CALM_SECONDS)
        await run.press("exclamation_mark")
        assert (run.list.selected, run.line_of(MARKER)) == before


async def test_the_next_thing_that_needs_a_person_is_one_key_away(watching) -> None:
    async with watching() as run:
        await run.press("full_stop")
        assert "not now, nothing needs attention" in run.text
        run.tell("gw-00050", silent=7200)
        run.tell("gw-00060", silent=9000)
        await run.press("G")
        run.after(60)
        seen = []
        for _ in range(3):
            await run.press("full_stop")
            seen.append(run.list.selected)
        assert seen == ["gw-00060", "gw-00050", "gw-00060"]
        await run.press("slash", *"00001", "enter", "full_stop")
        assert "is filtered out: esc clears the filter" in run.text


async def test_a_thing_that_is_kept_in_view_is_marked(watching) -> None:
    async with watching() as run:
        await run.press("down", "v")
        assert f"{MARKER} {PIN} gw-00001" in run.text
        assert "gw-00001 stays in view" in run.text
        await run.press("v")
        assert PIN not in run.text


async def test_enter_goes_to_the_panel_and_escape_back(watching) -> None:
    async with watching() as run:
        await run.press("enter")
        assert not run.screen.in_list
        assert MARKER in run.lines[3]
        await run.press("enter")
        assert "not now, its panel has the focus already" in run.text
        await run.press("escape")
        assert run.screen.in_list


def test_where_all_things_are_panels_the_keys_of_the_list_say_so() -> None:
    clock = DateInHand()
    screen = Fleets(Store((), clock), clock)
    screen.has_list = False
    for command in (OpenThing(), KeepInView(), BackToList()):
        assert command.why_not(screen) == "all things are shown as panels"


async def test_a_click_puts_the_cursor_on_a_line_and_the_wheel_moves_the_list(watching) -> None:
    async with watching() as run:
        run.screen.in_list = False
        await run.pilot.click(FleetList, offset=(10, 4))
        assert (run.list.selected, run.screen.in_list) == ("gw-00004", True)
        await run.pilot._post_mouse_events([MouseScrollDown], FleetList, button=0)
        assert run.list.in_sight[0] == "gw-00003"
        assert run.list.selected == "gw-00004"
        for _ in range(2):
            await run.pilot._post_mouse_events([MouseScrollDown], FleetList, button=0)
        assert run.list.in_sight[0] == run.list.selected == "gw-00009"


async def test_a_filter_that_was_kept_is_opened_by_a_click(watching) -> None:
    async with watching() as run:
        await run.press("slash", "4", "enter")
        await run.pilot.click(FilterField)
        await run.press("2", "enter")
        assert run.names == ["gw-00042"]


async def test_a_dialog_that_closes_leaves_the_keys_with_the_list(watching) -> None:
    async with watching() as run:
        await run.press("slash", "4", "enter")
        run.screen.app.push_screen(ModalScreen())
        await run.settle()
        run.screen.app.pop_screen()
        await run.settle()
        assert run.screen.focused is None
        await run.press("j")
        assert run.list.wanted.text == "4"


async def test_any_size_of_the_screen_is_drawn(watching) -> None:
    async with watching(size=(1, 1)) as run:
        for size in ((20, 4), (160, 48), (100, 30)):
            await run.press("G", "slash", "4", "enter", "escape", "g")
            assert run.list.selected == "gw-00000"
            await run.pilot.resize_terminal(*size)
            await run.settle()
        assert len(run.list.in_sight) == 26
