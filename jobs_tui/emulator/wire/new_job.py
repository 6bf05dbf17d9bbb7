"""CreateJob's request: from the members of the service model `iot` to a call of the account.

The same for requests over HTTP and for lines of a file of jobs.
"""

from collections.abc import Callable

from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.rules import constraints
from jobs_tui.emulator.rules.records import PRESIGNED_URL_SECONDS, Job, RetryCriterion
from jobs_tui.emulator.rules.service_error import constraint_broken, invalid_request
from jobs_tui.emulator.rules.targets import Target
from jobs_tui.emulator.wire.members import Members

UNSUPPORTED = (
    "documentSource",
    "jobTemplateArn",
    "documentParameters",
    "schedulingConfig",
    "abortConfig",
    "jobExecutionsRolloutConfig",
    "namespaceId",
    "destinationPackageVersions",
)
"""Members of CreateJob that change what happens and that the emulator does not play.

They are refused by name rather than ignored, so that no job silently does something else.
"""

TARGET_SELECTIONS = ("CONTINUOUS", "SNAPSHOT")


def create_job(
    account: Account,
    job_id: str,
    members: Members,
    target: Callable[[str], Target] = Target.parse,
) -> Job:
    """Create the job that these members describe; `target` reads each of its targets.

    Raises ServiceError for what the service would refuse, and for what the emulator does not play.
    """
    constraints.check_job_id(job_id)
    for name in UNSUPPORTED:
        if name in members:
            raise invalid_request(f"The emulator does not support {name} in CreateJob")
    members.structures("tags")
    targets = members.texts("targets")
    if not targets:
        raise constraint_broken("targets", None, "have length greater than or equal to 1")
    document = members.text("document")
    if document is None:
        raise invalid_request("CreateJob needs a document")
    selection = members.text("targetSelection")
    if selection is not None:
        constraints.check_choice("targetSelection", selection, TARGET_SELECTIONS)
    presigned = members.structure("presignedUrlConfig")
    seconds = presigned.whole_number("expiresInSec")
    return account.create_job(
        job_id,
        [target(each) for each in targets],
        document,
        description=members.text("description"),
        continuous=selection == "CONTINUOUS",
        in_progress_timeout_in_minutes=members.structure("timeoutConfig").whole_number(
            "inProgressTimeoutInMinutes"
        ),
        retry_criteria=_retry_criteria(members),
        presigned_url_seconds=PRESIGNED_URL_SECONDS if seconds is None else seconds,
        presigned_url_role=presigned.text("roleArn"),
    )


def _retry_criteria(members: Members) -> list[RetryCriterion]:
    if "jobExecutionsRetryConfig" not in members:
        return []
    criteria = members.structure("jobExecutionsRetryConfig").structures("criteriaList")
    constraints.check_range("criteriaList.size", len(criteria), 1, 2)
    found = []
    for criterion in criteria:
        failure_type = criterion.text("failureType")
        retries = criterion.whole_number("numberOfRetries")
        if failure_type is None or retries is None:
            raise invalid_request("A retry criterion needs failureType and numberOfRetries")
        found.append(RetryCriterion(failure_type, retries))
    return found
