"""The constraints that the service models put on the members of a request.

They are written here once more, beside those that the client checks before it sends, so that the
emulator notices when the client lets something through.
"""

import re
import unicodedata
from collections.abc import Sequence

from jobs_tui.domain.execution import StatusDetails
from jobs_tui.domain.status import SETTABLE, Status
from jobs_tui.emulator.records import RetryCriterion
from jobs_tui.emulator.service_error import (
    ServiceError,
    constraint_broken,
    invalid_request,
)

THING_NAME = "[a-zA-Z0-9:_-]+"
JOB_ID = "[a-zA-Z0-9_-]+"
NEXT_JOB = "$next"
CANCEL_STEP_TIMER = -1
DAYS_7 = 10080
"""Minutes: the longest timer."""
LONG = range(-(2**63), 2**63)
"""The whole numbers of the models' type long."""


def check_thing_name(name: str) -> None:
    """A thing's name, in the path or in an ARN."""
    check_text("thingName", name, 128, THING_NAME)


def check_job_id(job_id: str) -> None:
    """A job's identifier."""
    check_text("jobId", job_id, 64, JOB_ID)


def check_status_details(details: StatusDetails | None, most: int | None) -> None:
    """The name and value pairs that come with a status.

    The developer guide contradicts itself on how many there may be, so `most` is a setting.
    """
    if details is None:
        return
    if most is not None and len(details) > most:
        raise constraint_broken(
            "statusDetails.size", len(details), f"have value less than or equal to {most}"
        )
    for name, value in details.items():
        check_text("statusDetails", name, 128, THING_NAME)
        check_text(f"statusDetails.{name}", value, 1024)
        check_printable(f"statusDetails.{name}", value)


def check_device_status(status: str | None) -> Status:
    """A status that a device reports; some exist that only the service or an operator can set."""
    if status is None:
        raise constraint_broken("status", None, "not be null")
    if status not in Status.__members__:
        raise constraint_broken("status", status, f"satisfy enum value set: [{', '.join(Status)}]")
    if status not in SETTABLE:
        raise ServiceError(
            409,
            "InvalidStateTransitionException",
            f"The status of job execution cannot be changed to be {status}",
        )
    return Status(status)


def check_step_timeout(minutes: int | None, *, cancellable: bool) -> None:
    """A step timer; only UpdateJobExecution can cancel a running one."""
    if minutes is None or (cancellable and minutes == CANCEL_STEP_TIMER):
        return
    check_range("stepTimeoutInMinutes", minutes, 1, DAYS_7)


def check_new_job(
    job_id: str,
    targets: Sequence[str],
    in_progress_timeout_in_minutes: int | None,
    retry_criteria: Sequence[RetryCriterion],
    presigned_url_seconds: int,
) -> None:
    """What CreateJob says of a job, but for its document."""
    check_job_id(job_id)
    if not targets:
        raise constraint_broken("targets", None, "have length greater than or equal to 1")
    check_range("targets.size", len(targets), 1, 100)
    if in_progress_timeout_in_minutes is not None:
        field = "timeoutConfig.inProgressTimeoutInMinutes"
        check_range(field, in_progress_timeout_in_minutes, 1, DAYS_7)
    check_range("presignedUrlConfig.expiresInSec", presigned_url_seconds, 60, 3600)
    for criterion in retry_criteria:
        check_choice("failureType", criterion.failure_type, ("FAILED", "TIMED_OUT", "ALL"))
        check_range("numberOfRetries", criterion.number_of_retries, 0, 10)
    if len(retry_criteria) != len({criterion.failure_type for criterion in retry_criteria}):
        raise invalid_request("A failure type stands twice in the retry criteria")
    if sum(criterion.number_of_retries for criterion in retry_criteria) > 10:
        raise invalid_request("There can be 10 retries at most, for all failure types together")


def check_text(field: str, value: str, longest: int, pattern: str | None = None) -> None:
    """A string of 1 to `longest` characters."""
    if not value:
        raise constraint_broken(field, value, "have length greater than or equal to 1")
    if len(value) > longest:
        raise constraint_broken(field, value, f"have length less than or equal to {longest}")
    if pattern is not None and re.fullmatch(pattern, value) is None:
        raise constraint_broken(field, value, f"satisfy regular expression pattern: {pattern}")


def check_printable(field: str, value: str) -> None:
    r"""The models' pattern [^\p{C}]+: no control, format, surrogate or unassigned character."""
    if any(unicodedata.category(character).startswith("C") for character in value):
        raise constraint_broken(field, value, r"satisfy regular expression pattern: [^\p{C}]+")


def check_range(field: str, number: int, least: int, most: int) -> None:
    """A whole number within its bounds."""
    if number < least:
        raise constraint_broken(field, number, f"have value greater than or equal to {least}")
    if number > most:
        raise constraint_broken(field, number, f"have value less than or equal to {most}")


def check_choice(field: str, value: str | None, choices: tuple[str, ...]) -> str:
    """One of a closed set of words."""
    if value is None:
        raise constraint_broken(field, None, "not be null")
    if value not in choices:
        raise constraint_broken(field, value, f"satisfy enum value set: [{', '.join(choices)}]")
    return value


def check_document_size(document: str) -> None:
    """A job document: UTF-8, at most 32,768 bytes."""
    try:
        size = len(document.encode())
    except UnicodeEncodeError as error:
        raise invalid_request("The job document is not valid UTF-8") from error
    if size > 32768:
        raise invalid_request(f"The job document has {size} bytes, 32768 at most")
