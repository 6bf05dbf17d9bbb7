"""What CreateJob accepts, by the service model `iot` and the developer guide's "Job limits"."""

from collections.abc import Sequence

from jobs_tui.emulator.rules import constraints
from jobs_tui.emulator.rules.job_document import device_document
from jobs_tui.emulator.rules.records import Job, RetryCriterion
from jobs_tui.emulator.rules.service_error import invalid_request

LONGEST_DOCUMENT = 32768
"""Bytes."""
MOST_TARGETS = 100
MOST_RETRIES = 10


def check_new_job(job: Job) -> None:
    """Raise ServiceError for a job that the service would not create.

    Whether its targets exist and its id is free is for the account to say.
    """
    constraints.check_job_id(job.job_id)
    constraints.check_range("targets.size", len(job.targets), 1, MOST_TARGETS)
    constraints.check_words("description", job.description)
    if job.in_progress_timeout_in_minutes is not None:
        constraints.check_range(
            "timeoutConfig.inProgressTimeoutInMinutes",
            job.in_progress_timeout_in_minutes,
            1,
            constraints.LONGEST_TIMER,
        )
    constraints.check_range("presignedUrlConfig.expiresInSec", job.presigned_url_seconds, 60, 3600)
    if job.presigned_url_role is not None:
        constraints.check_range(
            "presignedUrlConfig.roleArn.length", len(job.presigned_url_role), 20, 2048
        )
    _check_retries(job.retry_criteria)
    _check_document(job.document)


def _check_retries(criteria: Sequence[RetryCriterion]) -> None:
    for criterion in criteria:
        constraints.check_choice(
            "failureType", criterion.failure_type, ("FAILED", "TIMED_OUT", "ALL")
        )
        constraints.check_range("numberOfRetries", criterion.number_of_retries, 0, MOST_RETRIES)
    if len(criteria) != len({criterion.failure_type for criterion in criteria}):
        raise invalid_request("A failure type stands twice in the retry criteria")
    if sum(criterion.number_of_retries for criterion in criteria) > MOST_RETRIES:
        raise invalid_request(
            f"There can be {MOST_RETRIES} retries at most, for all failure types together"
        )


def _check_document(document: str) -> None:
    try:
        size = len(document.encode())
    except UnicodeEncodeError as error:
        raise invalid_request("The job document is not valid UTF-8") from error
    if size > LONGEST_DOCUMENT:
        raise invalid_request(f"The job document has {size} bytes, {LONGEST_DOCUMENT} at most")
    device_document(document)
