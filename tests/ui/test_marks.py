"""Marks: on executions, over panels and refreshes, seen without colour, never lost silently."""

import pytest

from jobs_tui.ui.widgets.fleet_list import FleetList

JOBS = ("fw-1", "fw-2", "fw-3")


@pytest.fixture
def things(account):
    """Two things with three jobs each."""
    for thing in ("gw-1", "gw-2"):
        account.create_thing(thing)
    for job_id in JOBS:
        account.create_job(job_id=job_id, targets=("gw-1", "gw-2"), document="{}")


def marked(screen) -> list[str]:
    """The rows that bear a mark, from top to bottom, each as `thing job`."""
    found, thing = [], ""
    for line in screen.text.splitlines():
        if line[:2] in ("\u25be ", "\u25b8 "):
            thing = line.split()[1]
        elif line[1:2] == "*" and line[:1] in (" ", "\u25b6"):
            found.append(f"{thing} {line[2:].split()[0]}")
    return found


async def test_space_marks_and_goes_on_over_the_panels(things, account, cockpit) -> None:
    async with cockpit("gw-1", "gw-2") as screen:
        await screen.see(lambda: screen.text.count("fw-3") == 2)
        await screen.press(*["space"] * 4)
        await screen.see("4 marked")
        assert marked(screen) == ["gw-1 fw-1", "gw-1 fw-2", "gw-1 fw-3", "gw-2 fw-1"]
        await screen.press("up", "space")
        await screen.see("3 marked")
        assert "gw-2 fw-1" not in marked(screen)


@pytest.mark.slow
async def test_an_asterisk_marks_all_in_the_panel_and_unmarks_them(
    things, account, cockpit
) -> None:
    async with cockpit("gw-1", "gw-2") as screen:
        await screen.see(lambda: screen.text.count("fw-3") == 2)
        await screen.press("space", "asterisk")
        await screen.see("gw-1: all 3 marked")
        assert marked(screen) == [f"gw-1 {job}" for job in JOBS]
        await screen.press("asterisk")
        await screen.see("gw-1: all 3 unmarked")
        assert marked(screen) == []


async def test_a_range_goes_from_the_last_mark_to_the_cursor_either_way(
    things, account, cockpit
) -> None:
    async with cockpit("gw-1", "gw-2") as screen:
        await screen.see(lambda: screen.text.count("fw-3") == 2)
        await screen.press("m")
        await screen.see("there is no row to begin from")
        await screen.press("down", "space", "down", "down", "m")
        await screen.see("4 marked")
        assert marked(screen) == ["gw-1 fw-2", "gw-1 fw-3", "gw-2 fw-1", "gw-2 fw-2"]
        await screen.press("tab", "home", "m")
        await screen.see("5 marked")


async def test_escape_says_how_many_marks_it_took_away(things, account, cockpit) -> None:
    async with cockpit("gw-1", "gw-2") as screen:
        await screen.see(lambda: screen.text.count("fw-3") == 2)
        await screen.press("asterisk", "escape")
        await screen.see("3 marks cleared, space marks again")
        assert marked(screen) == []


async def test_a_mark_survives_refreshes_and_a_row_that_left_is_told_as_gone(
    things, account, cockpit
) -> None:
    async with cockpit("gw-1", "gw-2") as screen:
        await screen.see(lambda: screen.text.count("fw-3") == 2)
        await screen.press("down", "space", "space")
        account.update_job_execution("gw-1", "fw-3", status="IN_PROGRESS")
        await screen.see(lambda: "IN_PROGRESS" in screen.line_with("*fw-3"))
        assert marked(screen) == ["gw-1 fw-3", "gw-1 fw-2"]
        account.update_job_execution("gw-1", "fw-2", status="SUCCEEDED")
        await screen.see("2 marked, 1 gone")
        assert "gone" in screen.line_with("*fw-2")


async def test_the_footer_says_that_s_is_about_the_marked(things, account, cockpit) -> None:
    async with cockpit("gw-1", "gw-2") as screen:
        await screen.see(lambda: screen.text.count("fw-3") == 2)
        assert "s status  " in screen.text
        await screen.press("space")
        await screen.see("s status of marked")


@pytest.mark.slow
async def test_a_mark_shows_at_forty_columns(things, account, cockpit) -> None:
    async with cockpit("gw-1", size=(40, 12)) as screen:
        await screen.see("fw-3")
        await screen.press("space")
        await screen.see("1 marked")
        assert screen.line_with("*fw-1").startswith(" *fw-1")


FLEET = [f"gw-{number:02}" for number in range(12)]


@pytest.fixture
def fleet(account):
    """More things than there is room for as panels, with two jobs each."""
    for name in FLEET:
        account.create_thing(name)
    for job_id in ("fw-1", "fw-2"):
        account.create_job(job_id=job_id, targets=tuple(FLEET), document="{}")


def in_list(screen, name: str) -> str:
    """The signs before the name of a thing in the list, without the blanks between them."""
    line = next(
        line for line in screen.text.splitlines()[3:] if f" {name} " in line.replace("*", " ")
    )
    return line.partition(name)[0].replace(" ", "")


async def test_in_the_list_of_things_space_says_why_not_and_an_asterisk_marks_the_panel(
    fleet, cockpit
) -> None:
    async with cockpit(*FLEET, refresh=5.0) as screen:
        await screen.see("24 queued")
        await screen.press("space")
        await screen.see("Mark: not now, the list is of things")
        await screen.press("asterisk")
        await screen.see("2 marked ")
        assert in_list(screen, "gw-00") == "\u25b6*"
        await screen.press("down", "v", "asterisk")
        await screen.see("4 marked in 2 things")
        assert [in_list(screen, name) for name in FLEET[:3]] == ["*", "\u25b6\u2022*", ""]
        await screen.press("escape")
        await screen.see("4 marks cleared")
        assert [in_list(screen, name) for name in FLEET[:3]] == ["", "\u25b6\u2022", ""]


async def test_a_row_marked_in_the_panel_shows_in_the_list_on_the_line_of_its_thing_alone(
    fleet, cockpit, monkeypatch
) -> None:
    painted: list[int] = []
    render_line = FleetList.render_line

    def noted(self: FleetList, y: int) -> object:
        painted.append(y)
        return render_line(self, y)

    async with cockpit(*FLEET, refresh=60.0) as screen:
        await screen.see("24 queued")
        await screen.press("down", "enter")
        await screen.see("\u25be gw-01")
        monkeypatch.setattr(FleetList, "render_line", noted)
        await screen.press("space")
        await screen.see("1 marked ")
        await screen.see(lambda: in_list(screen, "gw-01") == "\u25b6*")
        assert set(painted) == {1}


@pytest.mark.slow
async def test_an_empty_panel_has_nothing_to_mark(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1") as screen:
        await screen.see("No pending jobs")
        await screen.press("asterisk")
        await screen.see("Mark all in the panel: not now, this thing has no pending job")
        await screen.press("space")
        await screen.see("Mark: not now, this thing has no pending job")
