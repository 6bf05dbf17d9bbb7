"""Adding a thing, and closing its panel, while the cockpit runs."""

import pytest

from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.domain.status import Status

MANY = tuple(f"gw-{number:02}" for number in range(30))


@pytest.mark.slow
async def test_a_thing_is_added_by_name_and_its_panel_closed_again(account, cockpit) -> None:
    for name in ("gw-1", "gw-2"):
        account.create_thing(name)
        account.create_job(f"fw-{name}", [name], "{}")
    async with cockpit("gw-1") as screen:
        await screen.see("fw-gw-1")
        await screen.press("x")
        await screen.see("Close this panel: not now, it is the only one; q quits")
        await screen.press("a")
        await screen.see("add a thing")
        await screen.press(*"gw-2", "enter")
        await screen.see("gw-2 is watched as well")
        await screen.see("fw-gw-2")
        await screen.see("\u25be gw-2")
        await screen.press("less_than_sign")
        await screen.see("\u25be gw-1")
        await screen.press("space", "up")
        await screen.see("1 marked")
        await screen.press("x")
        await screen.see("gw-1 is watched no more")
        await screen.see(lambda: "1 marked" not in screen.text)
        await screen.see(lambda: "fw-gw-1" not in screen.text and "\u25be gw-2" in screen.text)
        await screen.press("less_than_sign", "greater_than_sign", "r", "d")
        await screen.see("fw-gw-2")


@pytest.mark.slow
async def test_a_name_that_cannot_be_one_and_a_search_are_refused_in_the_dialog(
    account, cockpit
) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1", size=(40, 12)) as screen:
        await screen.see("No pending jobs")
        await screen.press("a")
        await screen.see("add a thing")
        await screen.press("enter")
        await screen.see("the name must not be empty")
        await screen.type("a/b")
        await screen.press("enter")
        await screen.see("the name may hold only")
        await screen.type("x" * 100_000)
        await screen.press("enter")
        await screen.see("the name has")
        await screen.press("ctrl+u", "g", "w", "asterisk", "enter")
        await screen.see("type a whole name")
        await screen.press("escape")
        await screen.see("help")
        assert screen.engine.store.thing_names == ("gw-1",)


@pytest.mark.slow
async def test_a_thing_that_is_watched_already_is_gone_to(account, cockpit) -> None:
    for name in ("gw-1", "gw-2"):
        account.create_thing(name)
    async with cockpit("gw-1", "gw-2") as screen:
        await screen.see("\u25be gw-1")
        await screen.press("a", *"gw-2", "enter")
        await screen.see("gw-2 is watched already")
        await screen.see("\u25be gw-2")
        assert screen.engine.store.thing_names == ("gw-1", "gw-2")


async def test_a_panel_with_an_unsettled_change_stays(account, cockpit) -> None:
    for name in ("gw-1", "gw-2"):
        account.create_thing(name)
        account.create_job(f"fw-{name}", [name], "{}")
    async with cockpit("gw-1", "gw-2", refresh=60.0) as screen:
        await screen.see("fw-gw-2")
        await screen.take_endpoint_away()
        request = UpdateJobExecution("gw-1", "fw-gw-1", Status.FAILED)
        based_on = screen.engine.store.thing("gw-1").first_pending
        await screen.engine.change(request, based_on)
        await screen.see("FAILED, waiting for the endpoint")
        await screen.press("x")
        await screen.see("not now, a change of gw-1 is not settled yet")
        await screen.press("tab", "x")
        await screen.see("gw-2 is watched no more")


@pytest.mark.slow
async def test_from_panels_to_the_list_and_back_as_things_come_and_go(account, cockpit) -> None:
    names = MANY[:11]
    for name in names:
        account.create_thing(name)
        account.create_job(f"fw-{name}", [name], "{}")
    async with cockpit(*names[:10], refresh=5.0) as screen:
        await screen.see(lambda: screen.text.count("fw-gw") == 10)
        await screen.press("a", *names[10], "enter")
        await screen.see("11 things")
        await screen.see(f"\u25b8 {names[10]}")
        await screen.press("slash", *"gw-03", "enter", "x")
        await screen.see("gw-03 is watched no more")
        await screen.see(lambda: "11 things" not in screen.text and "\u25be" in screen.text)
        assert len(screen.engine.store.thing_names) == 10


@pytest.mark.slow
async def test_the_things_that_were_added_are_offered_next_time(account, cockpit) -> None:
    account.create_thing("gw-1")
    remembered: list[tuple[str, ...]] = []
    async with cockpit("gw-1") as screen:
        await screen.see("No pending jobs")
        below = screen.app.screen
        below.context = below.context._replace(
            remember=remembered.append, used_last=lambda: ("gw-8", "gw-1", "gw-9")
        )
        await screen.press("a")
        await screen.see("gw-9")
        await screen.press("space", "space", "enter")
        await screen.see("gw-8 and 1 more is watched as well")
        await screen.see(lambda: remembered == [("gw-8", "gw-9")])
        assert screen.engine.store.thing_names == ("gw-1", "gw-8", "gw-9")


async def test_what_was_to_be_read_of_a_closed_panel_is_not(account, cockpit) -> None:
    for name in ("gw-1", "gw-2"):
        account.create_thing(name)
    account.create_job("fw", ["gw-1"], "{}")
    async with cockpit("gw-1", "gw-2", size=(160, 48)) as screen:
        await screen.see("version number")
        await screen.type_ahead("tab", "tab", "x")
        await screen.see("gw-1 is watched no more")
        reading = [each for each in screen.app.workers if each.group == "selection"]
        await screen.app.workers.wait_for_complete(reading)
        await screen.see("no execution selected")
