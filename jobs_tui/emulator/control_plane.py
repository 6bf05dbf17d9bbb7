"""The wire format of the service model `iot`, as far as it puts work in: CreateThing, CreateJob."""

import re

from jobs_tui.emulator import constraints
from jobs_tui.emulator.account import Account
from jobs_tui.emulator.call import Call
from jobs_tui.emulator.members import Members
from jobs_tui.emulator.records import PRESIGNED_URL_SECONDS, RetryCriterion
from jobs_tui.emulator.service_error import invalid_request, not_found
from jobs_tui.emulator.wire import JsonObject

ARN_PREFIX = "arn:aws:iot:us-east-1:123456789012"
"""Where things and jobs of the emulator are said to be; targets may name any region and account."""

_THING_ARN = re.compile(r"arn:aws[a-z-]*:iot:[a-z0-9-]+:[0-9]{12}:thing/(.+)", re.DOTALL)
_GROUP_ARN = re.compile(r"arn:aws[a-z-]*:iot:[a-z0-9-]+:[0-9]{12}:thinggroup/(.+)", re.DOTALL)
_ATTRIBUTE_NAME = "[a-zA-Z0-9_.,@/:#-]+"
_ATTRIBUTE_VALUE = r"[a-zA-Z0-9_.,@/:#=\[\]-]*"

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


def answer(account: Account, call: Call) -> JsonObject | None:
    """Do what is asked and answer it, or return None if the operation is not known here.

    Raises ServiceError for what the service would refuse.
    """
    match call.method, call.segments:
        case "POST", ("things", thing_name):
            return _create_thing(account, call, thing_name)
        case "PUT", ("jobs", job_id):
            return _create_job(account, call, job_id)
    return None


def _create_thing(account: Account, call: Call, thing_name: str) -> JsonObject:
    members = Members.parse(call.body)
    attributes = members.structure("attributePayload").text_map("attributes") or {}
    for name, value in attributes.items():
        constraints.check_text("attributes", name, 128, _ATTRIBUTE_NAME)
        if value:
            constraints.check_text(f"attributes.{name}", value, 800, _ATTRIBUTE_VALUE)
    for kind in ("thingTypeName", "billingGroupName"):
        named = members.text(kind)
        if named is not None:
            constraints.check_text(kind, named, 128, constraints.THING_NAME)
            raise not_found(f"There is no {kind} {named}")
    thing = account.create_thing(thing_name, attributes)
    return {
        "thingName": thing.name,
        "thingArn": f"{ARN_PREFIX}:thing/{thing.name}",
        "thingId": thing.thing_id,
    }


def _create_job(account: Account, call: Call, job_id: str) -> JsonObject:
    constraints.check_job_id(job_id)
    members = Members.parse(call.body)
    for name in UNSUPPORTED:
        if name in members:
            raise invalid_request(f"The emulator does not support {name} in CreateJob")
    job = account.create_job(
        job_id,
        _thing_names(members),
        _document(members),
        description=_description(members),
        in_progress_timeout_in_minutes=members.structure("timeoutConfig").whole_number(
            "inProgressTimeoutInMinutes"
        ),
        retry_criteria=_retry_criteria(members),
        presigned_url_seconds=_presigned_url_seconds(members),
    )
    description = {} if job.description is None else {"description": job.description}
    return {"jobArn": f"{ARN_PREFIX}:job/{job_id}", "jobId": job_id, **description}


def _thing_names(members: Members) -> list[str]:
    """The things in `targets`. Groups do not exist here, so none is ever found."""
    names = []
    for arn in members.texts("targets") or []:
        group = _GROUP_ARN.fullmatch(arn)
        if group is not None:
            raise not_found(f"Thing group {group[1][:128]} not found")
        thing = _THING_ARN.fullmatch(arn)
        if thing is None:
            raise invalid_request(f"'{arn[:200]}' in targets is not the ARN of a thing")
        constraints.check_thing_name(thing[1])
        names.append(thing[1])
    return names


def _document(members: Members) -> str:
    document = members.text("document")
    if document is None:
        raise invalid_request("CreateJob needs a document")
    return document


def _description(members: Members) -> str | None:
    description = members.text("description")
    if description is not None:
        constraints.check_text("description", description, 2028)
        constraints.check_printable("description", description)
    selection = members.text("targetSelection")
    if selection is not None:
        constraints.check_choice("targetSelection", selection, ("CONTINUOUS", "SNAPSHOT"))
    return description


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


def _presigned_url_seconds(members: Members) -> int:
    seconds = members.structure("presignedUrlConfig").whole_number("expiresInSec")
    return PRESIGNED_URL_SECONDS if seconds is None else seconds
