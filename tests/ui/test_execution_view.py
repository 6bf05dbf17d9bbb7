"""An execution as it is opened: timers, versions seen, details, and what went wrong."""

from dataclasses import replace

import pytest
from aiohttp import web

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.outcome import NotAllowed
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Attempt, AttemptKind, Change, ChangeState
from jobs_tui.engine.history import DetailsChanged, Versions, VersionSeen
from jobs_tui.engine.thing_state import Described
from jobs_tui.ui.terminal.lines import Line, cells
from jobs_tui.ui.views.execution import (
    Around,
    execution_lines,
    failure_lines,
    short_execution_lines,
)
from jobs_tui.ui.views.timers import countdown

NOW = 1_800_000_000.0
LEFT = 600
EXECUTION = JobExecution(
    "fw-1",
    "gw-1",
    Status.IN_PROGRESS,
    {"progress": "60%"},
    NOW - 900,
    NOW - 600,
    NOW - 60,
    LEFT,
    version_number=3,
    execution_number=1,
)
QUEUED = VersionSeen(1, Status.QUEUED, NOW - 900)
STARTED = VersionSeen(2, Status.IN_PROGRESS, NOW - 600)
UPDATED = VersionSeen(3, Status.IN_PROGRESS, NOW - 60)
REQUEST = UpdateJobExecution("gw-1", "fw-1", Status.FAILED, expected_version=2, execution_number=1)


def text(lines: list[Line]) -> str:
    return "\n".join("".join(piece.text for piece in line.pieces) for line in lines)


def shown(
    *seen: VersionSeen,
    execution: JobExecution = EXECUTION,
    change: Change | None = None,
    width: int = 120,
    sparing: bool = False,
    **members: float,
) -> str:
    versions = Versions(seen, **members) if seen else None
    around = Around(width, versions, change, sparing=sparing)
    return text(execution_lines(Described(execution, NOW), NOW, around))


def test_a_time_is_broken_between_words_and_goes_on_below_itself() -> None:
    execution = replace(EXECUTION, queued_at=NOW - 900)
    lines = text(short_execution_lines(Described(execution, NOW), NOW, 48)).splitlines()
    at = next(index for index, each in enumerate(lines) if each.startswith("queued"))
    assert lines[at].rstrip().endswith(" UTC")
    assert lines[at + 1] == f"{'':22}(15 min ago)"


def ours(minutes: int, at: float = NOW - 60) -> VersionSeen:
    return VersionSeen(3, Status.IN_PROGRESS, at, change=7, step_timeout=minutes)


def test_which_timer_runs_out_is_said_only_where_it_is_known() -> None:
    assert "in 10 min: in-progress or step timer, the service does not tell which" in shown()
    assert "step timer            not set by us; whether another set one is not known" in shown()


def test_our_step_timer_is_known_by_its_moment() -> None:
    told = shown(QUEUED, STARTED, ours(11))
    assert "times out             in 10 min: step timer; it may fire up to a minute late" in told
    assert "set by us to 11 min with v3" in told
    assert "T step deadline in 10 min" in told


def test_a_step_timer_cannot_outlive_the_in_progress_timer() -> None:
    told = shown(QUEUED, STARTED, ours(30))
    assert "in 10 min: in-progress timer" in told
    assert "set by us to 30 min with v3, for 29 min more" in told
    assert "D in-progress deadline in 10 min" in told


def test_after_others_have_written_our_step_timer_may_be_another() -> None:
    told = shown(QUEUED, STARTED._replace(change=7, step_timeout=11), UPDATED)
    assert "in-progress or step timer" in told
    assert "others may have set another since" in told


def test_a_deadline_that_was_told_later_before_is_the_in_progress_timers() -> None:
    told = shown(QUEUED, STARTED, UPDATED, latest_deadline=NOW + 3000)
    assert "in 10 min: step timer" in told
    assert "in-progress timer     not within 50 min" in told
    assert "D in-progress deadline at the earliest in 50 min" in told


def test_where_nobody_else_wrote_there_is_no_step_timer_but_ours() -> None:
    started = STARTED._replace(change=6)
    assert "in-progress timer; it may" in shown(QUEUED, started, UPDATED._replace(change=7))
    assert "in-progress timer; it may" in shown(QUEUED, STARTED, ours(-1))
    assert "cancelled by us with v3" in shown(QUEUED, STARTED, ours(-1))


def test_no_timer_and_a_timer_that_has_run_out_are_told() -> None:
    without = replace(EXECUTION, approximate_seconds_before_timed_out=None)
    assert "no timer is running" in shown(execution=without)
    assert "no timer runs yet" in shown(execution=replace(without, status=Status.QUEUED))
    past = replace(EXECUTION, approximate_seconds_before_timed_out=-30)
    assert "ran out <1 min ago" in shown(execution=past)


def test_a_countdown_is_fine_only_at_its_end() -> None:
    assert [countdown(left) for left in (600, 119, 61, 42, 9)] == [
        "10 min",
        "1 min 50 s",
        "1 min 0 s",
        "40 s",
        "<10 s",
    ]
    assert [countdown(left, sparing=True) for left in (119, 42)] == ["1 min", "<1 min"]
    assert len({countdown(left / 10) for left in range(1200)}) == 12


def test_each_version_tells_who_and_what_changed_and_gaps_are_told() -> None:
    changed = DetailsChanged(1, ("reason",), ("progress",), ("step",))
    told = shown(
        QUEUED,
        VersionSeen(4, Status.IN_PROGRESS, NOW - 300, changed),
        VersionSeen(5, Status.FAILED, NOW - 30, change=7),
    ).splitlines()
    at = told.index("versions seen by this run")
    by_another = "v4    07:55:00  QUEUED → IN_PROGRESS  not us: the agent or another"
    assert told[at + 1 : at + 5] == [
        "  v5    07:59:30  IN_PROGRESS → FAILED  us, change #7",
        f"  {by_another}  +reason  ~progress  -step  since v1",
        "        2 versions not seen",
        "  v1    07:45:00  QUEUED  as it was created",
    ]


def test_a_version_that_a_change_in_doubt_may_have_made_says_so() -> None:
    sent = (Attempt(AttemptKind.SEND, NOW - 61, "not confirmed"),)
    based_on = replace(EXECUTION, version_number=2)
    doubtful = Change(
        8, REQUEST, based_on, NOW - 61, state=ChangeState.NOT_CONFIRMED, attempts=sent
    )
    told = shown(STARTED, UPDATED, change=doubtful)
    assert "perhaps us: change #8 is not confirmed" in told
    assert "as it was first seen" in told


def test_an_execution_that_left_has_no_timers_any_more() -> None:
    told = shown(STARTED, UPDATED, left_at=NOW - 5)
    assert "left the pending list <1 min ago" in told
    assert "E not listed any more" in told
    assert "times out" not in told


def test_a_newer_version_than_the_one_that_was_read_is_told() -> None:
    told = shown(UPDATED, VersionSeen(4, Status.IN_PROGRESS, NOW - 5))
    assert "version 4 stands there by now; below is version 3" in told


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ChangeState.REFUSED, "refused"),
        (ChangeState.CONFLICT, "conflict"),
        (ChangeState.NOT_CONFIRMED, "not confirmed"),
    ],
)
def test_a_change_that_went_wrong_is_told_in_the_services_words(state, words) -> None:
    attempt = Attempt(AttemptKind.SEND, NOW, "refused", "no", "InvalidRequestException", "r-1")
    change = Change(
        8,
        REQUEST,
        EXECUTION,
        NOW - 120,
        state=state,
        explanation="Expected version 1 but found version 3",
        advice="look again",
        attempts=(attempt,),
    )
    assert shown(change=change).splitlines()[:4] == [
        f"! FAILED, asked for 2 min ago: {words}",
        "  Expected version 1 but found version 3",
        "  InvalidRequestException, request id r-1",
        "  look again",
    ]
    assert "!" not in shown(change=replace(change, state=ChangeState.CONFIRMED))


def test_a_refusal_at_an_earlier_version_is_history() -> None:
    refused = Change(8, REQUEST, EXECUTION, NOW - 120, state=ChangeState.REFUSED, advice="x")
    told = shown(UPDATED, VersionSeen(4, Status.IN_PROGRESS, NOW - 5), change=refused)
    assert "version 4 has come since; s opens the dialog on that" in told
    around = Around(80, Versions((UPDATED,)), refused)
    assert execution_lines(Described(EXECUTION, NOW), NOW, around)[0].pieces[0].look == "alarm"


@pytest.mark.parametrize(
    ("left_at", "words"),
    [(NOW + LEFT + 9, "it has perhaps timed out"), (NOW + 9, "before its timer ran out")],
)
def test_what_left_after_its_deadline_has_perhaps_timed_out(left_at, words) -> None:
    assert words in shown(STARTED, UPDATED, left_at=left_at)


def test_a_read_that_failed_is_told_with_its_name_and_advice() -> None:
    failure = NotAllowed("no permission", "ask", "AccessDeniedException", "r-2")
    assert text(failure_lines(failure)).splitlines()[:3] == [
        "! no permission",
        "  AccessDeniedException, request id r-2",
        "  ask",
    ]


def test_that_its_thing_cannot_be_asked_is_told() -> None:
    around = Around(80, failure=NotAllowed("no permission", "ask"))
    told = text(execution_lines(Described(EXECUTION, NOW), NOW, around))
    assert told.startswith("the list of this thing could not be read lately:\n! no permission\n")


@pytest.mark.parametrize("width", [40, 80, 160])
def test_details_are_a_table_in_which_nothing_is_cut_off(width) -> None:
    details = {"a": "1", "n" * 128: "v" * 1024, "words": "many words " * 40}
    told = shown(execution=replace(EXECUTION, status_details=details), width=width)
    table = told.split("status details\n")[1].split("\n\n")[0].splitlines()
    assert all(cells(line) <= width for line in table)
    column = table[0].index("1")
    assert "".join(line[2 : column - 2].strip() for line in table) == "a" + "n" * 128 + "words"
    assert "".join(line[column:] for line in table).replace(" ", "") == (
        "1" + "v" * 1024 + "manywords" * 40
    )


async def test_versions_and_their_makers_are_seen_where_an_execution_is_opened(
    account, cockpit
) -> None:
    account.create_thing("gw-1")
    account.create_job(job_id="fw-1", targets=("gw-1",), document="{}")
    async with cockpit("gw-1", size=(120, 50)) as screen:
        await screen.see("fw-1")
        await screen.press("n")
        await screen.see("starts fw-1")
        await screen.press("enter")
        await screen.see("start next, confirmed")
        account.update_job_execution(
            "gw-1", "fw-1", status="IN_PROGRESS", status_details={"progress": "5%"}
        )
        await screen.see("v3")
        await screen.press("enter")
        await screen.see("not us: the agent or another  +progress")
        assert "QUEUED → IN_PROGRESS  us, change #1" in screen.line_with("v2 ")
        assert "as it was created" in screen.line_with("v1 ")
        for words in ("timeline", "N now", "no timer is running"):
            assert words in screen.text


@pytest.mark.slow
async def test_a_refusal_stands_in_the_execution_with_what_to_do(account, cockpit) -> None:
    account.create_thing("gw-1")
    account.create_job(job_id="fw-1", targets=("gw-1",), document="{}")

    async def refuse(request: web.Request) -> web.Response | None:
        if request.method != "POST":
            return None
        headers = {"x-amzn-ErrorType": "InvalidRequestException"}
        return web.json_response({"message": "not on a Sunday"}, status=400, headers=headers)

    async with cockpit("gw-1", size=(100, 40), intercept=refuse) as screen:
        await screen.open_status_dialog("fw-1")
        await screen.press("f", "enter")
        await screen.see("not on a Sunday")
        await screen.press("escape", "escape")
        await screen.see("1 queued")
        await screen.press("enter")
        await screen.see("! FAILED, asked for <1 min ago: refused")
        assert "not on a Sunday" in screen.text
        assert "InvalidRequestException" in screen.text
