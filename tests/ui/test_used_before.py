"""Which status details are offered again."""

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Change
from jobs_tui.ui.forms.change_form import DetailRow
from jobs_tui.ui.forms.used_before import MOST_OFFERED, used_before


def change(thing: str, job: str, details: dict[str, str] | None, **seen: str) -> Change:
    request = UpdateJobExecution(thing, job, Status.FAILED, details)
    return Change(1, request, JobExecution(job, thing, Status.IN_PROGRESS, seen), 0.0)


def test_those_of_the_same_job_come_first_and_each_once() -> None:
    changes = (
        change("gw-1", "fw-2", {"reason": "of the thing"}),
        change("gw-2", "fw-1", {"reason": "of the job"}),
        change("gw-1", "fw-1", {"reason": "of the job", "by": "ann"}),
        change("gw-2", "fw-2", {"reason": "of neither"}),
        change("gw-1", "fw-1", None),
    )
    assert used_before(changes, "gw-1", "fw-1") == (
        DetailRow("reason", "of the job"),
        DetailRow("by", "ann"),
        DetailRow("reason", "of the thing"),
    )


def test_what_stood_there_already_is_not_what_a_user_typed() -> None:
    repeated = change("gw-1", "fw-1", {"progress": "60%", "reason": "x"}, progress="60%")
    assert used_before([repeated], "gw-1", None) == (DetailRow("reason", "x"),)


def test_only_so_many_are_offered() -> None:
    many = change("gw-1", "fw-1", {f"name-{number}": "x" for number in range(99)})
    assert len(used_before([many], "gw-1", "fw-1")) == MOST_OFFERED
