"""The statuses of an execution and the ways from one to the next."""

import pytest
from botocore.loaders import Loader

from jobs_tui.domain.status import PENDING, SETTABLE, Status, next_statuses, transition_problem

BY_A_DEVICE = ["IN_PROGRESS", "SUCCEEDED", "FAILED", "REJECTED"]

ACCEPTED = {
    "QUEUED": BY_A_DEVICE,
    "IN_PROGRESS": BY_A_DEVICE,
    "SUCCEEDED": [],
    "FAILED": [],
    "REJECTED": [],
    "TIMED_OUT": [],
    "REMOVED": [],
    "CANCELED": [],
}
"""From each status, those that UpdateJobExecution takes it to."""


def test_the_statuses_are_those_of_the_service_model() -> None:
    shapes = Loader().load_service_model("iot-jobs-data", "service-2")["shapes"]
    assert {status.value for status in Status} == set(shapes["JobExecutionStatus"]["enum"])


@pytest.mark.parametrize("current", Status)
@pytest.mark.parametrize("wanted", Status)
def test_a_transition_is_accepted_or_refused_as_the_service_does(
    current: Status, wanted: Status
) -> None:
    problem = transition_problem(current, wanted)
    assert (problem is None) == (wanted.value in ACCEPTED[current.value])


@pytest.mark.parametrize("current", Status)
def test_the_next_statuses_are_listed_in_the_order_of_the_dialog(current: Status) -> None:
    assert list(next_statuses(current)) == ACCEPTED[current.value]


@pytest.mark.parametrize("wanted", ["QUEUED", "TIMED_OUT", "REMOVED", "CANCELED"])
@pytest.mark.parametrize("current", Status)
def test_a_status_that_is_not_a_devices_to_set_is_named(current: Status, wanted: str) -> None:
    assert (transition_problem(current, Status(wanted)) or "").startswith(
        f"a device cannot set {wanted};"
    )


@pytest.mark.parametrize("current", ["SUCCEEDED", "FAILED", "REJECTED", "TIMED_OUT", "CANCELED"])
@pytest.mark.parametrize("wanted", BY_A_DEVICE)
def test_from_a_final_status_the_reason_is_that_status(current: str, wanted: str) -> None:
    problem = transition_problem(Status(current), Status(wanted))
    assert problem == f"the execution is {current}, which is final"


@pytest.mark.parametrize("status", Status)
def test_what_is_terminal_is_not_pending_and_leads_nowhere(status: Status) -> None:
    assert status.terminal == (status not in PENDING)
    assert status.terminal == (not next_statuses(status))


def test_what_a_device_may_set_is_what_the_guide_lets_it_set() -> None:
    assert list(SETTABLE) == BY_A_DEVICE


def test_each_status_has_a_meaning_of_its_own_in_one_line() -> None:
    meanings = [status.meaning for status in Status]
    assert len(set(meanings)) == len(Status)
    assert all(meaning and meaning.isprintable() for meaning in meanings)
