"""DescribeEndpoint: whatever is asked for is where it was asked."""

from collections.abc import Mapping

from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.rules.constraints import check_choice
from jobs_tui.emulator.wire.answers import JsonObject
from jobs_tui.emulator.wire.call import Handler, Inputs

ENDPOINT_TYPES = (
    "iot:Data",
    "iot:Data-ATS",
    "iot:CredentialProvider",
    "iot:Jobs",
    "iot:DeviceAdvisor",
    "iot:Data-Beta",
)
"""Those of the API reference; the first is the default."""


def _describe(_account: Account, inputs: Inputs) -> JsonObject:
    """As the service does, tell an address without its scheme: it is meant for https."""
    kind = inputs.query.text("endpointType")
    if kind is not None:
        check_choice("endpointType", kind, ENDPOINT_TYPES)
    return {"endpointAddress": inputs.host}


HANDLERS: Mapping[str, Handler] = {"DescribeEndpoint": _describe}
