"""The body of an answer, judged before the SDK parses it. Pure.

Left to itself botocore reads truncated JSON, a web page or an empty body as an answer without
members, and stumbles over error bodies that are no JSON object.
"""

import json
from collections.abc import MutableMapping

from jobs_tui.domain.json_levels import too_deep
from jobs_tui.service.answers.bad_reply import BadReply

MEMBERS = "members"
"""Under this name the SDK's result holds the JSON object that was the body."""

EXECUTION_STATE = "executionState"
_NO_MEMBERS = b"{}"


def take_body(
    response_dict: MutableMapping[str, object],
    customized_response_dict: MutableMapping[str, object],
    **_: object,
) -> None:
    """Handle `before-parse`: hand the body on as it is, and leave the SDK nothing to stumble over.

    Raises BadReply for a good status with anything but a JSON object.
    """
    status, body = response_dict["status_code"], response_dict["body"]
    if not isinstance(status, int) or not isinstance(body, bytes):
        raise TypeError("the SDK hands out answers in another form than it used to")
    if status < 300:
        customized_response_dict[MEMBERS] = json_object(body)
        response_dict["body"] = _NO_MEMBERS
    else:
        response_dict["body"] = plain_error(body)
        customized_response_dict[MEMBERS] = standing_members(body)


def json_object(body: bytes) -> dict[str, object]:
    """The JSON object that a body is. Raises BadReply for everything else."""
    if not body.strip():
        raise BadReply("the body is empty")
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        what = "a web page" if body.lstrip().startswith(b"<") else "not JSON, or cut off"
        raise BadReply(f"the body is {what}") from None
    if not isinstance(value, dict):
        raise BadReply("the body is no JSON object")
    if too_deep(value):
        raise BadReply("the body is not JSON that can be read: it is nested too deeply")
    return value


def plain_error(body: bytes) -> bytes:
    """The body of an error in the one form that the SDK reads without fail: code and message."""
    try:
        members = json_object(body)
    except BadReply:
        members = {"message": body.decode("utf-8", errors="replace")}
    plain = {
        "__type": _first_text(members, "code", "Code", "__type"),
        "message": _first_text(members, "message", "Message", "errorMessage"),
    }
    return json.dumps({name: text for name, text in plain.items() if text is not None}).encode()


def standing_members(body: bytes) -> dict[str, object]:
    """The member of an error's body that the SDK drops: what stands after a refused update."""
    try:
        members = json_object(body)
    except BadReply:
        return {}
    return {name: members[name] for name in members if name == EXECUTION_STATE}


def _first_text(members: dict[str, object], *names: str) -> str | None:
    return next((text for name in names if isinstance(text := members.get(name), str)), None)
