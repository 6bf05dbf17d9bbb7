"""The palette tells what Enter will do on each row, and does no more than that."""

import pytest

from jobs_tui.ui.views.palette import enter_line


def told(screen) -> str:
    return screen.text.splitlines()[-1].strip()


@pytest.mark.slow
async def test_it_tells_what_enter_does_with_a_command_a_thing_and_a_job(account, cockpit) -> None:
    account.create_thing("gw-1")
    account.create_job("fw-1", ["gw-1"], "{}")
    async with cockpit("gw-1") as screen:
        await screen.see("fw-1")
        await screen.press("colon")
        await screen.see("enter d \u00b7 Open the execution")
        await screen.press("down")
        await screen.see(lambda: told(screen).startswith("enter open the execution: members"))
        for typed, words in (
            ("gw-1", "enter goes to gw-1 "),
            ("fw-1", "enter goes to fw-1 at gw-1 "),
            ("xyz", "enter does nothing: nothing was found"),
        ):
            await screen.press("ctrl+u")
            await screen.type(typed)
            await screen.see(lambda words=words: told(screen).startswith(words))


async def test_where_it_cannot_be_done_enter_tells_why_and_nothing_else(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1") as screen:
        await screen.see("No pending jobs")
        await screen.press("colon")
        await screen.see("Open the execution")
        # what lies behind is as it was: over a thin line, to dim it would be to send it all
        assert screen.app.screen.styles.background.a == 0
        await screen.type("back to where")
        await screen.see("< \u00b7 not now: there is no jump to go back from")
        await screen.see(
            lambda: told(screen).startswith(
                "enter only tells why not: there is no jump to go back from"
            )
        )
        await screen.press("enter")
        await screen.see("Back to where you were: not now, there is no jump to go back from")


@pytest.mark.slow
@pytest.mark.parametrize("size", [(40, 12), (60, 18), (80, 24), (160, 48)])
@pytest.mark.parametrize("low_bandwidth", [False, True])
async def test_what_enter_does_is_in_the_last_line_at_any_size(
    account, cockpit, size, low_bandwidth
) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1", size=size, low_bandwidth=low_bandwidth) as screen:
        await screen.see("No pending")
        await screen.press("colon")
        await screen.see("Open the execution")
        await screen.see(lambda: told(screen).startswith("enter only tells why not"))
        # the list does not lie over it
        last_but_one = screen.app.screen.query_one("CommandList").region.bottom
        assert last_but_one < size[1]
        await screen.press("pageup", "up", "up")
        await screen.see(lambda: told(screen).startswith("enter quit (asks"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "name"),
    [("P", "Help"), ("L", "Go there"), ("J", "Open the change"), ("o", "Line below")],
)
async def test_it_opens_over_what_one_reads_and_has_the_commands_of_that(
    account, cockpit, key, name
) -> None:
    account.create_thing("gw-1")
    account.create_job("fw-1", ["gw-1"], "{}")
    async with cockpit("gw-1") as screen:
        await screen.see("fw-1")
        await screen.press(key)
        await screen.see("esc back")
        await screen.press("colon")
        await screen.see(f"  {name} ")
        await screen.see(lambda: told(screen).endswith("esc back"))
        assert "back to the panels" in told(screen)
        await screen.press("enter")
        await screen.see("open  o document")


@pytest.mark.parametrize("width", [20, 40, 80])
def test_it_is_cut_off_where_there_is_no_room_for_it(width: int) -> None:
    text = "".join(piece.text for piece in enter_line("Go there " * 20, None, width).pieces)
    assert text.startswith(" enter go there")
    assert len(text) <= width
    assert ("esc back" in text) is (width >= 60)
