"""What goes out, whole, at any size; and what is wrong, in the field where it is wrong."""

import pytest

THINGS = ("gw-1", "gw-2")
BASED_ON = "the change is based on it"


@pytest.fixture
def job(account):
    """One job on two things, in progress with details on the first of them."""
    for thing in THINGS:
        account.create_thing(thing)
    for job_id in ("fw-1", "fw-2", "fw-3"):
        account.create_job(job_id=job_id, targets=THINGS, document="{}")
    details = {f"name-{number}": "v" * 60 for number in range(8)} | {"step": "verify"}
    account.update_job_execution("gw-1", "fw-1", status="IN_PROGRESS", status_details=details)


async def pages(screen, most: int = 12) -> str:
    """Everything that shows while one pages down to the end."""
    told = screen.text
    for _ in range(most):
        if "pgdn" not in screen.text:
            return told
        await screen.press("pagedown")
        told += screen.text
    raise AssertionError(f"no end of it\n{screen.text}")


@pytest.mark.slow
async def test_all_of_a_long_preview_is_seen_by_paging(job, cockpit) -> None:
    async with cockpit("gw-1") as screen:
        await screen.open_status_dialog("fw-1")
        await screen.press("f", "tab")
        await screen.type("reason")
        await screen.press("tab")
        await screen.type("disk")
        await screen.see("more lines, pgdn")
        assert '"reason": "disk"}' not in screen.text
        told = await pages(screen)
        assert all(f'"name-{number}":' in told for number in range(8))
        assert '"reason": "disk"}}' in told
        await screen.press("pageup")
        await screen.see("more line")
        # where one pages does not change where one types
        await screen.press("enter")
        assert screen.app.focused.id == "apply"


@pytest.mark.slow
async def test_all_of_the_dialog_is_seen_by_paging_at_the_smallest_size(job, cockpit) -> None:
    async with cockpit("gw-1", size=(40, 12)) as screen:
        await screen.see("fw-1")
        await screen.press("s")
        await screen.see("the change is based on it")
        await screen.press("f")
        await screen.see("enter goes to Apply")
        await screen.see("more, pgdn")
        told = await pages(screen, most=20)
        for words in ("FAILED", "name-7", "Sends POST", '"expectedVersion": 2,'):
            assert words in told
        # the list with the focus is out of sight: that is not what Enter may send from
        await screen.press("enter")
        await screen.see("enter sends it")
        # and the button that does send is in sight wherever one has paged to
        await screen.press(*["pageup"] * 4)
        await screen.see("Change status  gw-1")
        assert "Apply" in screen.text
        await screen.press("enter")
        await screen.see("FAILED, confirmed", 10.0)


async def test_a_wrong_field_has_a_sign_that_goes_when_it_is_right(job, cockpit) -> None:
    async with cockpit("gw-2") as screen:
        await screen.open_status_dialog("fw-1")
        await screen.press("f", "tab")
        await screen.type("bad name")
        await screen.see(" !bad name")
        # nobody has come to the value yet
        assert "must not be empty" not in screen.text
        await screen.press("tab", "x", "tab", "tab", *"0", "enter")
        await screen.see("Step timeout !0")
        await screen.see("! statusDetails.bad name: may hold only")
        await screen.see("enter sends nothing while a field is wrong")
        await screen.press("shift+tab")
        await screen.press("backspace", "5")
        await screen.see("Step timeout  5")
        name = next(iter(screen.app.screen.query(".detail-name")))
        assert name.has_class("wrong")
        name.value = "good"
        await screen.see("  good ")
        await screen.see(lambda: "may hold only" not in screen.text)
        assert not name.has_class("wrong")
        assert "!" not in screen.line_with("  good ")


async def test_a_status_that_is_missing_is_marked_and_asked_for(job, cockpit) -> None:
    async with cockpit("gw-2") as screen:
        await screen.open_status_dialog("fw-1")
        assert "Nothing is sent before a status is chosen" in screen.text
        await screen.press("enter")
        await screen.see("! status: choose one")
        assert "!( ) f FAILED" in screen.text
        await screen.press("f")
        await screen.see(lambda: "!( )" not in screen.text)


@pytest.mark.slow
async def test_lines_that_a_paste_leaves_out_are_told(job, cockpit) -> None:
    async with cockpit("gw-2") as screen:
        await screen.open_status_dialog("fw-1")
        await screen.press("f", "tab")
        await screen.type("reason\n")
        await screen.press("tab")
        assert "left out" not in screen.text
        await screen.type("disk full\nsector 9\n")
        await screen.see("the first line was taken, and 1 more left out")
        assert "disk full" in screen.line_with("  reason ")


@pytest.mark.slow
async def test_a_value_of_the_service_that_is_too_long_to_show_stays_what_it_is(
    account, cockpit
) -> None:
    account.create_thing("gw-1")
    account.create_job(job_id="fw-1", targets=("gw-1",), document="{}")
    account.update_job_execution("gw-1", "fw-1", status="IN_PROGRESS")
    async with cockpit("gw-1") as screen:
        await screen.open_status_dialog("fw-1")
        details = screen.app.screen.details
        details.fill({"log": "v" * 100_000})
        await screen.see("  log ")
        assert [len(row.value) for row in details.rows] == [100_000]


async def test_nothing_to_start_sends_nothing_and_says_so(account, cockpit) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1") as screen:
        await screen.see("No pending jobs")
        await screen.press("n")
        await screen.see("nothing is pending")
        await screen.see("enter reads it again")
        assert "Sends PUT" not in screen.text


@pytest.mark.slow
async def test_what_becomes_of_the_details_that_each_has_is_said_by_row(job, cockpit) -> None:
    async with cockpit("gw-1") as screen:
        await screen.see("fw-3")
        await screen.press("asterisk", "s")
        await screen.see("each change is based on")
        assert "each keeps its own; none are sent" in screen.text
        await screen.press("f", "tab")
        await screen.type("step")
        await screen.press("tab")
        await screen.type("by hand")
        await screen.see("added to each one's own, which are sent again with them")
        told = await pages(screen)
        assert "keeps name-0, name-1" in told
        assert "overwrites step" in told
        screen.app.screen.query_one("#replace").focus()
        await screen.see("enter drops the other details of each")
        await screen.press("enter")
        await screen.see("Keep other details")
        await screen.see("enter keeps the other details of each")
        await screen.press(*["pageup"] * 4)
        await screen.see("drops name-0, name-1")


@pytest.mark.slow
async def test_all_rows_of_many_marked_are_seen_by_paging(job, cockpit) -> None:
    async with cockpit(*THINGS, size=(80, 20)) as screen:
        await screen.see(lambda: screen.text.count("fw-3") == 2)
        await screen.press("asterisk", "tab", "asterisk", "s", "f", "tab", "x", "tab", "y")
        await screen.see("6 requests go out")
        await screen.see("more lines, pgdn")
        told = await pages(screen)
        for thing in THINGS:
            for number in (1, 2, 3):
                assert f"{thing} / fw-{number}" in told
