"""The constraints that the service models put on the members of a request.

They are written here once more, beside those that the client checks before it sends, so that the
emulator notices when the client lets something through.
"""

import re
import unicodedata
from collections.abc import Mapping

from jobs_tui.domain.execution import StatusDetails
from jobs_tui.domain.status import SETTABLE, Status
from jobs_tui.emulator.rules.service_error import ServiceError, constraint_broken

THING_NAME = "[a-zA-Z0-9:_-]+"
JOB_ID = "[a-zA-Z0-9_-]+"
NEXT_JOB = "$next"
CANCEL_STEP_TIMER = -1
LONGEST_TIMER = 10080
"""Minutes, 7 days: of the in-progress timer and of the step timer."""
_ATTRIBUTE_NAME = "[a-zA-Z0-9_.,@/:#-]+"
_ATTRIBUTE_VALUE = r"[a-zA-Z0-9_.,@/:#=\[\]-]*"
LONG = range(-(2**63), 2**63)
"""The whole numbers of the models' type long."""


def check_thing_name(name: str, field: str = "thingName") -> None:
    """The name of a thing or of a thing group, in a path, a member or an ARN."""
    check_text(field, name, 128, THING_NAME)


def check_job_id(job_id: str) -> None:
    """A job's identifier."""
    check_text("jobId", job_id, 64, JOB_ID)


def check_namespace(namespace: str | None) -> None:
    """The namespace of a job, of any length; no job here has one."""
    if namespace is not None:
        check_text("namespaceId", namespace, max(1, len(namespace)), JOB_ID)


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
    check_range("stepTimeoutInMinutes", minutes, 1, LONGEST_TIMER)


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


def check_attributes(attributes: Mapping[str, str]) -> None:
    """The attributes of a thing or of a thing group."""
    for name, value in attributes.items():
        check_attribute_name("attributes", name)
        check_attribute_value(f"attributes.{name}", value)


def check_attribute_name(field: str, name: str) -> None:
    """The name of an attribute."""
    check_text(field, name, 128, _ATTRIBUTE_NAME)


def check_attribute_value(field: str, value: str) -> None:
    """The value of an attribute, which may be empty."""
    if value:
        check_text(field, value, 800, _ATTRIBUTE_VALUE)


def check_graphic(field: str, text: str | None) -> None:
    """The description of a thing group: at most 2,028 printable characters of ASCII."""
    if text:
        check_text(field, text, 2028, "[\\x20-\\x7e]*")


def check_words(field: str, words: str | None) -> None:
    """A description or comment: 2,028 printable characters at most, and none at all is fine too."""
    if words is not None:
        check_text(field, words, 2028)
        check_printable(field, words)
