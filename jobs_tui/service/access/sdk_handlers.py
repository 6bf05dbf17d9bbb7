"""What the SDK does in each call for the sake of others, left out."""

from aiobotocore.session import AioSession
from botocore.handlers import BUILTIN_HANDLERS

FOR_OTHERS = frozenset(
    {
        # of a function of Lambda, which has no terminal
        "add_recursion_detection_header",
        # no operation here has an idempotency token
        "generate_idempotent_uuid",
        # of services with endpoint discovery
        "inject_api_version_header_if_needed",
        # of checksums that are asked for in a member of the request
        "_handle_request_validation_mode_member",
        # of statistics that AWS keeps of its SDKs: 92 bytes a request that nothing depends on
        "add_retry_headers",
    }
)
"""Handlers by their names: each is called for each call, and does nothing for this service."""


def leave_out_what_is_for_others(session: AioSession) -> None:
    """Spare the clients of a session these handlers, as many as this version of the SDK has."""
    for event, handler, *_ in BUILTIN_HANDLERS:
        if getattr(handler, "__name__", "") in FOR_OTHERS:
            session.unregister(event, handler)
