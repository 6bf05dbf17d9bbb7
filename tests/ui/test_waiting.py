"""Changes that are confirmed while the endpoint is away."""

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def job(account):
    """One thing with one job in progress at version 2."""
    account.create_thing("gw-1")
    account.create_job("fw-1", ["gw-1"], "{}")
    account.start_next_pending_job_execution("gw-1", status_details={"progress": "60%"})


async def fail_while_away(screen) -> None:
    """Read afresh, lose the endpoint, and confirm."""
    await screen.open_status_dialog("fw-1")
    await screen.take_endpoint_away()
    await screen.press("f", "enter")
    await screen.see("FAILED, <1 min")


async def test_a_change_waits_visibly_and_goes_out_when_the_endpoint_is_back(
    job, account, cockpit
) -> None:
    async with cockpit("gw-1", size=(120, 40)) as screen:
        await fail_while_away(screen)
        assert " waiting " in screen.line_with("FAILED, <1 min")
        await screen.see("FAILED, waiting for the endpoint: ")
        await screen.see("refuses connections")
        await screen.bring_endpoint_back()
        await screen.see("FAILED, confirmed: version 3")
    assert account.job_execution("gw-1", "fw-1").status == "FAILED"


async def test_what_changed_meanwhile_is_not_overwritten(job, account, cockpit) -> None:
    async with cockpit("gw-1", size=(120, 40)) as screen:
        await fail_while_away(screen)
        account.update_job_execution("gw-1", "fw-1", "IN_PROGRESS", status_details={"p": "80%"})
        await screen.bring_endpoint_back()
        await screen.see("FAILED, conflict: Expected version 2 but found version 3")
        await screen.see("! conflict")
        assert account.job_execution("gw-1", "fw-1").status == "IN_PROGRESS"


async def test_a_dialog_that_cannot_read_afresh_is_based_on_what_the_panel_showed(
    job, account, cockpit
) -> None:
    async with cockpit("gw-1", size=(120, 40)) as screen:
        await screen.see("fw-1")
        await screen.press("p")
        await screen.take_endpoint_away()
        await screen.press("s")
        await screen.see("this is what the panel last showed")
        await screen.see("version 2, as last seen; the change will wait for the endpoint")
        await screen.press("f", "enter")
        await screen.see("FAILED, <1 min")
        await screen.bring_endpoint_back()
        await screen.press("r")
        await screen.see("FAILED, confirmed: version 3")


async def test_a_start_waits_and_goes_out_only_on_what_was_seen(account, cockpit) -> None:
    account.create_thing("gw-1")
    for job_id in ("fw-1", "fw-2"):
        account.create_job(job_id, ["gw-1"], "{}")
    async with cockpit("gw-1", size=(120, 40)) as screen:
        await screen.see("fw-1")
        await screen.press("n")
        await screen.see("now QUEUED")
        await screen.take_endpoint_away()
        await screen.press("enter")
        await screen.see("start next, <1 min")
        account.update_job_execution("gw-1", "fw-1", "SUCCEEDED")
        await screen.bring_endpoint_back()
        await screen.see("start next, conflict: meanwhile the execution has finished")
    assert account.job_execution("gw-1", "fw-2").status == "QUEUED"


async def test_a_change_that_waits_holds_others_back_and_can_be_dropped(
    job, account, cockpit
) -> None:
    async with cockpit("gw-1") as screen:
        await fail_while_away(screen)
        await screen.press("s")
        await screen.see("a change here waits for the endpoint; J drops it")
        await screen.press("J", "enter")
        await screen.see("Drop it")
        await screen.press("shift+tab", "enter")
        await screen.see(lambda: "dropped" in screen.line_with("gw-1 / fw-1"))
        await screen.bring_endpoint_back()
        await screen.press("escape", "r")
        await screen.see("live")
    assert account.job_execution("gw-1", "fw-1").status == "IN_PROGRESS"


async def test_leaving_asks_and_the_next_start_asks_before_it_sends(job, account, cockpit) -> None:
    async with cockpit("gw-1") as screen:
        await fail_while_away(screen)
        await screen.press("q")
        await screen.see("These changes are not settled")
        await screen.see("The journal keeps them")
        port = int(screen.server.url.rpartition(":")[2])
        await screen.press("y")
    async with cockpit("gw-1", port=port) as screen:
        await screen.see("left unsent: an earlier run of jobs-tui ended")
        await screen.press("escape")
        await screen.see(lambda: "left unsent" in screen.line_with("fw-1"))
        assert account.job_execution("gw-1", "fw-1").status == "IN_PROGRESS"
        await screen.press("s")
        await screen.see("an earlier run left a change; J sends or drops it")
        await screen.press("J", "enter")
        await screen.see("Send it")
        await screen.press("tab", "enter")
        await screen.see(lambda: "confirmed" in screen.line_with("gw-1 / fw-1"))
    assert account.job_execution("gw-1", "fw-1").status == "FAILED"


async def test_a_start_goes_out_as_soon_as_the_endpoint_is_back(account, cockpit) -> None:
    account.create_thing("gw-1")
    account.create_job("fw-1", ["gw-1"], "{}")
    async with cockpit("gw-1", size=(120, 40)) as screen:
        await screen.see("fw-1")
        await screen.press("n")
        await screen.see("now QUEUED")
        await screen.take_endpoint_away()
        await screen.press("enter")
        await screen.see("start next, <1 min")
        await screen.bring_endpoint_back()
        await screen.see("start next, confirmed: fw-1, version 2")
