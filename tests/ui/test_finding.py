"""Finding: filter, sort, full screen, the next that needs attention, back and forward."""

import pytest

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.emulator import Account
from jobs_tui.ui.screens.sort_menu import SortMenu
from jobs_tui.ui.widgets.trail import Spot

THINGS = ("boiler-07", "gw-lyon-01", "gw-lyon-02")
MANY = tuple(f"gw-{number:02}" for number in range(30))


def three_things(account: Account) -> None:
    """Three jobs each, and on the last one of them one that is in progress."""
    for name in THINGS:
        account.create_thing(name)
        for job in ("fw-edge", "cert-rotate", "log-level"):
            account.create_job(f"{job}-{name[-2:]}", [name], "{}")
    account.start_next_pending_job_execution("gw-lyon-02")


def selected(screen) -> tuple[str, str | None]:
    row = screen.app.screen.selected_row
    return screen.app.screen.thing_name, row and row.summary.job_id


async def test_a_filter_over_all_panels_and_escape_is_one_step_back(account, cockpit) -> None:
    three_things(account)
    async with cockpit(*THINGS) as screen:
        await screen.see("log-level-02")
        await screen.press("slash")
        await screen.see("status or need")
        await screen.press(*"cert")
        await screen.see(lambda: screen.text.count("1 of 3 shown /cert") == 3)
        assert "fw-edge" not in screen.text
        assert selected(screen) == ("boiler-07", "cert-rotate-07")
        await screen.press("enter")
        await screen.see("? help")
        await screen.press("down")
        assert selected(screen) == ("gw-lyon-01", "cert-rotate-01")
        await screen.press("escape")
        await screen.see("log-level-02")
        assert "shown" not in screen.text
        assert selected(screen) == ("gw-lyon-01", "cert-rotate-01")


@pytest.mark.slow
async def test_escape_while_typing_puts_the_cursor_back_where_it_was(account, cockpit) -> None:
    three_things(account)
    async with cockpit(*THINGS) as screen:
        await screen.see("log-level-02")
        await screen.press("down", "slash", *"in_prog")
        await screen.see("0 of 3 shown")
        assert selected(screen) == ("gw-lyon-02", "fw-edge-02")
        assert "No pending jobs" not in screen.text
        await screen.press("escape")
        await screen.see("log-level-07")
        assert selected(screen) == ("boiler-07", "cert-rotate-07")


@pytest.mark.slow
async def test_a_filter_for_this_panel_only(account, cockpit) -> None:
    three_things(account)
    async with cockpit(*THINGS) as screen:
        await screen.see("log-level-02")
        await screen.press("tab", "slash", "slash", *"cert", "enter")
        await screen.see("1 of 3 shown /cert")
        assert "shown" in screen.line_with("gw-lyon-01")
        for job in ("fw-edge-07", "fw-edge-02", "cert-rotate-01"):
            assert job in screen.text
        assert "fw-edge-01" not in screen.text


async def test_keys_that_are_typed_ahead_go_into_the_field(account, cockpit) -> None:
    three_things(account)
    async with cockpit(*THINGS) as screen:
        await screen.see("log-level-02")
        await screen.type_ahead("slash", *"cert", "enter", "down", "d")
        await screen.see("version number")
        await screen.see("cert-rotate-01")
        await screen.press("escape")
        await screen.see(lambda: screen.text.count("/cert") == 3)


@pytest.mark.slow
async def test_a_row_that_is_wanted_no_more_stays_under_the_cursor(account, cockpit) -> None:
    three_things(account)
    async with cockpit("gw-lyon-01") as screen:
        await screen.see("log-level-01")
        await screen.press("slash", *"queued", "enter")
        await screen.see("3 of 3 shown")
        account.start_next_pending_job_execution("gw-lyon-01")
        await screen.see("IN_PROGRESS")
        assert selected(screen) == ("gw-lyon-01", "fw-edge-01")
        await screen.press("down")
        await screen.see("2 of 3 shown")
        assert selected(screen) == ("gw-lyon-01", "cert-rotate-01")
        assert "fw-edge-01" not in screen.text


@pytest.mark.slow
async def test_a_large_paste_is_a_filter_that_shows_nothing(account, cockpit) -> None:
    three_things(account)
    async with cockpit(*THINGS) as screen:
        await screen.see("log-level-02")
        await screen.press("slash")
        await screen.type("x" * 100_000)
        await screen.see("0 of 3 shown")
        await screen.press("escape")
        await screen.see("log-level-02")


async def test_words_are_anded_left_out_and_alike_where_none_is_exact(account, cockpit) -> None:
    three_things(account)
    async with cockpit(*THINGS) as screen:
        await screen.see("log-level-02")
        await screen.type_ahead("slash")
        await screen.type("lyon !queued")
        await screen.see("1 of 3 shown")
        assert screen.text.count("fw-edge") == 1
        await screen.press("escape", "slash")
        await screen.type("fwdg")
        await screen.see("1 of 3 shown alike /fwdg")
        assert screen.text.count("fw-edge") == 3


@pytest.mark.slow
async def test_only_what_needs_attention_and_the_next_one_across_panels(account, cockpit) -> None:
    three_things(account)
    async with cockpit(*THINGS, stuck_after=0.0) as screen:
        await screen.see("! stuck")
        # the next stuck one: one key
        await screen.press("full_stop")
        assert selected(screen) == ("gw-lyon-02", "fw-edge-02")
        await screen.press("exclamation_mark")
        await screen.see("1 of 3 shown !")
        assert screen.text.count("0 of 3 shown !") == 2
        await screen.press("exclamation_mark")
        await screen.see("log-level-02")
        account.start_next_pending_job_execution("boiler-07")
        await screen.see(lambda: screen.text.count("! stuck") == 2)
        await screen.press("full_stop")
        assert selected(screen) == ("boiler-07", "fw-edge-07")
        await screen.press("full_stop")
        assert selected(screen) == ("gw-lyon-02", "fw-edge-02")
        await screen.press("slash", *"queued", "enter", "full_stop")
        await screen.see("what needs attention is filtered out")


@pytest.mark.slow
async def test_where_nothing_needs_attention_the_key_says_so(account, cockpit) -> None:
    three_things(account)
    async with cockpit(*THINGS) as screen:
        await screen.see("log-level-02")
        await screen.press("full_stop")
        await screen.see("not now, nothing needs attention")


async def test_from_the_list_the_next_one_is_a_row_too(account, cockpit) -> None:
    for name in MANY:
        account.create_thing(name)
        account.create_job(f"first-{name}", [name], "{}")
        account.create_job(f"second-{name}", [name], "{}")
    account.start_next_pending_job_execution("gw-17")
    async with cockpit(*MANY, refresh=5.0, stuck_after=0.0) as screen:
        await screen.see("1 stuck")
        await screen.press("end", "full_stop")
        assert selected(screen) == ("gw-17", "first-gw-17")
        await screen.press("less_than_sign")
        assert selected(screen)[0] != "gw-17"
        await screen.press("greater_than_sign")
        assert selected(screen) == ("gw-17", "first-gw-17")


async def test_one_panel_has_the_full_screen_through_refresh_and_resize(account, cockpit) -> None:
    three_things(account)
    async with cockpit(*THINGS) as screen:
        await screen.see("log-level-02")
        await screen.press("tab", "z")
        await screen.see(lambda: "boiler-07" not in screen.text and "fw-edge-01" in screen.text)
        await screen.pilot.resize_terminal(40, 12)
        account.create_job("late", ["gw-lyon-01"], "{}")
        await screen.see("late")
        assert "boiler-07" not in screen.text
        await screen.pilot.resize_terminal(160, 48)
        await screen.see(lambda: "late" in screen.text and "boiler-07" not in screen.text)
        await screen.press("tab")
        await screen.see("fw-edge-02")
        assert "fw-edge-01" not in screen.text
        await screen.press("escape")
        await screen.see("boiler-07")
        await screen.see("log-level-01")


@pytest.mark.slow
async def test_from_the_list_the_panel_of_the_thing_has_it_and_the_list_comes_back(
    account, cockpit
) -> None:
    for name in MANY:
        account.create_thing(name)
        account.create_job(f"fw-{name}", [name], "{}")
    async with cockpit(*MANY, refresh=5.0) as screen:
        await screen.see("30 things")
        await screen.press("down", "z")
        await screen.see(lambda: "30 things" not in screen.text)
        await screen.pilot.resize_terminal(160, 48)
        await screen.see(lambda: "30 things" not in screen.text)
        await screen.pilot.resize_terminal(80, 24)
        await screen.press("z")
        await screen.see("30 things")
        assert screen.app.screen.overview.in_list


@pytest.mark.slow
async def test_rows_are_sorted_by_a_column_and_the_other_way_round(account, cockpit) -> None:
    three_things(account)
    async with cockpit("gw-lyon-01") as screen:
        await screen.see("log-level-01")
        await screen.press("down")
        await screen.press("comma")
        await screen.see("as the service lists them")
        await screen.press("down", "enter")
        await screen.see("by job id")
        text = screen.text
        assert text.index("cert-rotate") < text.index("fw-edge") < text.index("log-level")
        # nothing moves under the cursor
        assert selected(screen) == ("gw-lyon-01", "cert-rotate-01")
        await screen.press("comma")
        await screen.see("in force")
        await screen.press("enter")
        await screen.see("by job id, reversed")
        await screen.see(lambda: screen.text.index("log-level") < screen.text.index("cert-rotate"))
        await screen.press("comma", "up", "enter")
        await screen.see(lambda: "by job id" not in screen.text)


@pytest.mark.slow
async def test_the_list_is_sorted_too_and_the_cursor_stays_on_its_thing(account, cockpit) -> None:
    for name in MANY:
        account.create_thing(name)
    async with cockpit(*MANY, refresh=5.0) as screen:
        await screen.see("30 things")
        await screen.press("down")
        thing = selected(screen)[0]
        await screen.press("comma")
        await screen.see("what needs attention first")
        await screen.press("down", "enter", "comma", "enter")
        await screen.see("by thing, reversed")
        assert selected(screen)[0] == thing
        await screen.press("home")
        assert selected(screen)[0] == "gw-29"


@pytest.mark.slow
async def test_escape_and_a_small_window_leave_the_order_as_it_is(account, cockpit) -> None:
    three_things(account)
    async with cockpit("gw-lyon-01", size=(40, 12)) as screen:
        await screen.see("fw-edge-01")
        await screen.press("comma")
        await screen.see("needs")
        assert isinstance(screen.app.screen, SortMenu)
        await screen.press("down", "escape")
        await screen.see("fw-edge-01")
        assert "by job id" not in screen.text


async def test_a_window_may_shrink_while_the_menu_is_open(account, cockpit) -> None:
    three_things(account)
    async with cockpit("gw-lyon-01") as screen:
        await screen.see("log-level-01")
        await screen.press("comma")
        await screen.see("in force")
        await screen.pilot.resize_terminal(40, 12)
        await screen.see(lambda: "version" in screen.text and len(screen.text) < 800)
        await screen.press("down", "enter")
        await screen.see("by job id")


@pytest.mark.slow
async def test_from_the_full_screen_the_next_one_has_the_full_screen(account, cockpit) -> None:
    for name in MANY:
        account.create_thing(name)
        account.create_job(f"fw-{name}", [name], "{}")
    account.start_next_pending_job_execution("gw-17")
    async with cockpit(*MANY, refresh=5.0, stuck_after=0.0) as screen:
        await screen.see("1 stuck")
        await screen.press("end", "z")
        await screen.see(lambda: "30 things" not in screen.text)
        await screen.press("full_stop")
        await screen.see("\u25be gw-17")
        assert "30 things" not in screen.text
        await screen.press("escape")
        await screen.see("30 things")
        assert selected(screen) == ("gw-17", "fw-gw-17")


@pytest.mark.slow
async def test_the_palette_goes_to_a_job_and_a_thing_and_back(account, cockpit) -> None:
    three_things(account)
    async with cockpit(*THINGS) as screen:
        await screen.see("log-level-02")
        await screen.press("slash", *"cert", "enter")
        await screen.press("colon")
        await screen.see("Start the next job")
        await screen.type("log-level-02")
        await screen.see("log-level-02 at gw-lyon-02")
        await screen.press("enter")
        await screen.see(lambda: selected(screen) == ("gw-lyon-02", "log-level-02"))
        await screen.press("less_than_sign")
        assert selected(screen) == ("boiler-07", "cert-rotate-07")
        await screen.press("less_than_sign")
        assert selected(screen) == ("boiler-07", "fw-edge-07")
        await screen.press("less_than_sign")
        await screen.see("there is no jump to go back from")
        await screen.press("greater_than_sign", "greater_than_sign")
        assert selected(screen) == ("gw-lyon-02", "log-level-02")


@pytest.mark.slow
async def test_the_palette_puts_the_cursor_of_the_list_on_a_thing(account, cockpit) -> None:
    for name in MANY:
        account.create_thing(name)
    async with cockpit(*MANY, refresh=5.0) as screen:
        await screen.see("30 things")
        await screen.press("slash", *"gw-0", "enter", "colon")
        await screen.see("Start the next job")
        await screen.type("gw-27")
        await screen.see("go to this thing")
        await screen.press("enter")
        await screen.see("\u25b8 gw-27")
        assert screen.app.screen.overview.in_list


async def test_a_place_that_is_gone_is_told(account, cockpit) -> None:
    three_things(account)
    async with cockpit(*THINGS) as screen:
        await screen.see("log-level-02")
        ways = screen.app.screen.ways
        ways.go_to(Spot("gw-lyon-01", ExecutionKey("gw-lyon-01", "vanished", 1)))
        await screen.see("vanished is listed no more at gw-lyon-01")
        assert selected(screen)[0] == "gw-lyon-01"
        ways.go_to(Spot("elsewhere"))
        await screen.see("elsewhere is watched no more")
        assert selected(screen)[0] == "gw-lyon-01"


@pytest.mark.slow
@pytest.mark.parametrize("size", [(40, 12), (80, 24), (160, 48)])
async def test_the_field_fits_every_window(account, cockpit, size) -> None:
    three_things(account)
    async with cockpit(*THINGS, size=size) as screen:
        await screen.see("fw-edge-07")
        await screen.press("slash")
        await screen.see("id, status")
        await screen.press("slash")
        await screen.see("boiler-07 /")
        await screen.press("escape")
        await screen.see("help")
