"""More things than fit as panels: the list, and what one does from it."""

import asyncio
import re

import pytest
from aiohttp import web

from jobs_tui.emulator import Account

NAMES = tuple(f"gw-{number:02}" for number in range(30))


def fleet(account: Account, *with_jobs: str) -> None:
    """Thirty things, some of them with two jobs each."""
    for name in NAMES:
        account.create_thing(name)
    for name in with_jobs:
        account.create_job(f"fw-{name}", [name], "{}")
        account.create_job(f"log-{name}", [name], "{}")


async def in_order(screen, *names: str) -> None:
    """Wait until the list begins with these."""

    def begins() -> bool:
        lines = screen.text.splitlines()
        return all(name in line for name, line in zip(names, lines[4:], strict=False))

    await screen.see(begins)


@pytest.mark.slow
async def test_many_things_are_a_list_with_totals_and_the_one_under_the_cursor_a_panel(
    account, cockpit
) -> None:
    fleet(account, "gw-03", "gw-17")
    account.start_next_pending_job_execution("gw-17")
    async with cockpit(*NAMES, refresh=5.0) as screen:
        await screen.see("30 things")
        await screen.see("1 in progress")
        await screen.see("3 queued")
        await screen.see("live")
        # what is at work stands above what waits, and that above what is quiet
        await in_order(screen, "gw-17", "gw-03", "gw-00")


async def test_only_what_shows_exists_as_widgets(account, cockpit) -> None:
    fleet(account)
    async with cockpit(*NAMES, *(f"more-{number}" for number in range(2000))) as screen:
        await screen.see("of 2,030 asked")
        assert len(list(screen.app.screen.walk_children())) < 25


@pytest.mark.slow
async def test_enter_opens_the_thing_and_once_more_its_execution_and_escape_goes_back(
    account, cockpit
) -> None:
    fleet(account, "gw-00")
    async with cockpit(*NAMES, refresh=5.0) as screen:
        await screen.see("\u25b8 gw-00")
        await screen.press("enter")
        await screen.see("\u25be gw-00")
        await screen.press("down")
        await screen.press("enter")
        await screen.see("version number")
        await screen.see("log-gw-00")
        await screen.press("escape")
        await screen.see("\u25be gw-00")
        await screen.press("escape")
        await screen.see("\u25b8 gw-00")


async def test_what_is_typed_narrows_the_list_and_escape_shows_everything_again(
    account, cockpit
) -> None:
    fleet(account, "gw-00")
    async with cockpit(*NAMES, refresh=5.0) as screen:
        await screen.see("2 queued")
        await screen.press("slash", *"27")
        await screen.see("1 of 30 things")
        await screen.see("\u25b8 gw-27")
        assert "gw-08" not in screen.text
        await screen.press("escape")
        await screen.see("30 things")
        await screen.press("slash", *"queued", "enter")
        await screen.see("1 of 30 things")
        # the keys are keys again, and about what is left
        await screen.press("n")
        await screen.see("Start the next job  gw-00")
        await screen.press("escape", "escape")
        await screen.see("gw-08")


async def test_a_thing_stays_in_view_and_commands_go_to_the_one_under_the_cursor(
    account, cockpit
) -> None:
    fleet(account, "gw-00", "gw-01", "gw-02")
    async with cockpit(*NAMES, size=(80, 36), refresh=5.0) as screen:
        await in_order(screen, "gw-00", "gw-01", "gw-02")
        await screen.press("v", "down", "v", "down")
        await screen.see("\u25b8 gw-02")
        assert "\u25b8 gw-00" in screen.text
        assert "\u25b8 gw-01" in screen.text
        await screen.press("n")
        await screen.see("Start the next job  gw-02")
        await screen.press("escape", "tab", "tab")
        await screen.see("\u25be gw-00")
        await screen.press("n")
        await screen.see("Start the next job  gw-00")
        await screen.press("escape", "v")
        await screen.see(lambda: "\u25be gw-00" not in screen.text)


async def test_a_change_from_the_list_lands_at_the_thing_under_the_cursor(account, cockpit) -> None:
    fleet(account, "gw-00", "gw-01")
    async with cockpit(*NAMES, refresh=5.0) as screen:
        await in_order(screen, "gw-00", "gw-01")
        await screen.press("down")
        await screen.see("\u25b8 gw-01")
        await screen.open_status_dialog("fw-gw-01")
        await screen.press("f", "enter")
        await screen.see(
            lambda: (
                [each.job_id for each in account.get_pending_job_executions("gw-01")]
                == ["log-gw-01"]
            )
        )
        assert len(account.get_pending_job_executions("gw-00")) == 2


@pytest.mark.slow
async def test_a_larger_window_has_panels_for_all_and_a_smaller_one_the_list_again(
    account, cockpit
) -> None:
    fleet(account, "gw-00")
    async with cockpit(*NAMES[:12]) as screen:
        await screen.see("12 things")
        await screen.pilot.resize_terminal(80, 30)
        await screen.see(lambda: "12 things" not in screen.text and "\u25b8 gw-11" in screen.text)
        await screen.press("tab")
        await screen.see("\u25be gw-01")
        await screen.pilot.resize_terminal(80, 24)
        await screen.see("12 things")
        await screen.press("slash", *"gw-07")
        await screen.see("1 of 12 things")


@pytest.mark.slow
async def test_every_size_shows_something_of_the_list(account, cockpit) -> None:
    fleet(account, "gw-00")
    async with cockpit(*NAMES, refresh=5.0) as screen:
        await screen.see("2 queued")
        for width, height in ((40, 12), (300, 100), (119, 24), (120, 24), (80, 36), (40, 12)):
            await screen.pilot.resize_terminal(width, height)
            await screen.see(lambda: "gw-00" in screen.text)
        await screen.press("enter")
        await screen.see("\u25be gw-00")


@pytest.mark.slow
async def test_the_first_round_tells_how_far_it_is_and_what_has_come_can_be_used(
    account, cockpit
) -> None:
    fleet(account, *NAMES)
    async with cockpit(*NAMES, rate=10.0, refresh=60) as screen:
        await screen.see("of 30 asked")
        await screen.see("s left")
        await screen.press("o")
        await screen.see("job document")
        await screen.press("escape")
        await screen.see("30 things")


@pytest.mark.slow
async def test_a_round_that_takes_longer_than_the_interval_is_told(account, cockpit) -> None:
    fleet(account)
    async with cockpit(*NAMES, rate=1.0, refresh=5.0, size=(100, 24)) as screen:
        await screen.see(lambda: re.search(r"round (\d\d s|1 min)", screen.text))
        await screen.see("/1 calls/s")
        await screen.press("R")
        await screen.see("refreshing all things")


@pytest.mark.slow
async def test_an_endpoint_that_goes_away_is_tried_seldom_and_at_once_on_demand(
    account, cockpit
) -> None:
    fleet(account, "gw-00")
    async with cockpit(*NAMES, size=(120, 24), refresh=5.0) as screen:
        await screen.see("fw-gw-00")
        # from the first key on the cursor stays where it is, whatever becomes urgent
        await screen.press("home")
        await screen.take_endpoint_away()
        await screen.press("R")
        await screen.see("unreachable, tried in")
        assert "fw-gw-00" in screen.text
        await screen.bring_endpoint_back()
        await screen.press("R")
        await screen.see(lambda: "unreachable, tried in" not in screen.text)
        await screen.see(lambda: "unreachable" not in screen.text)


async def test_throttling_is_told_with_the_rate_that_is_left(account, cockpit) -> None:
    fleet(account)
    refusals = 1

    async def throttle(request: web.Request) -> web.Response | None:
        nonlocal refusals
        if not refusals:
            return None
        refusals -= 1
        return web.json_response({"message": "Rate exceeded"}, status=429)

    async with cockpit(*NAMES, size=(140, 24), rate=50.0, intercept=throttle) as screen:
        await screen.see("throttled to 25.")


async def test_one_thing_is_paused_and_resumed_by_itself(account, cockpit) -> None:
    fleet(account, "gw-00")
    asked: list[str] = []

    async def note(request: web.Request) -> None:
        asked.append(request.path)

    async with cockpit("gw-00", "gw-04", intercept=note) as screen:
        await screen.see("live")
        await screen.press("h")
        await screen.see("automatic refresh of gw-00 paused")
        await screen.see(lambda: "paused" in screen.line_with("\u25be gw-00"))
        asked.clear()
        await screen.see(lambda: len(asked) >= 4)
        assert not any("gw-00" in path and "$" not in path and "fw" not in path for path in asked)
        await screen.press("h")
        await screen.see(lambda: any(path.endswith("gw-00/jobs") for path in asked))


@pytest.mark.slow
async def test_stuck_is_what_has_no_update_for_longer_than_the_setting(account, cockpit) -> None:
    fleet(account, "gw-00")
    account.start_next_pending_job_execution("gw-00")
    async with cockpit(*NAMES, stuck_after=1.0) as screen:
        await screen.see("1 in progress")
        assert "stuck" not in screen.text
    async with cockpit(*NAMES, stuck_after=0.0) as screen:
        await screen.see("1 stuck")
        await in_order(screen, "gw-00")
        await screen.press("exclamation_mark")
        await screen.see("1 of 30 things")
        await screen.press("exclamation_mark")
        await screen.see("30 things")


@pytest.mark.slow
async def test_nothing_is_drawn_while_nothing_changes(account, cockpit) -> None:
    fleet(account, "gw-00")
    async with cockpit(*NAMES, refresh=300.0) as screen:
        await screen.see("2 queued")
        await screen.press("p")
        await screen.see("automatic refresh paused")
        await screen.see("0.0/100 calls/s", seconds=30)
        await screen.pilot.pause()
        painted: list[object] = []
        display = screen.app._display
        screen.app._display = lambda *args: (painted.append(args), display(*args))
        ticks = asyncio.Event()
        screen.app.screen.set_interval(2.5, ticks.set)
        await asyncio.wait_for(ticks.wait(), 10)
        assert not painted
