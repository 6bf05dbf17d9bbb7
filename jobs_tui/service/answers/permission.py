"""What a policy has to allow for an operation on a thing. Pure.

Service Authorization Reference, "Actions, resources, and condition keys for AWS IoT Jobs Data
Plane".
"""

from dataclasses import dataclass

from jobs_tui.domain.requests import Request

UNKNOWN_ACCOUNT = "ACCOUNT"
"""Stands in an ARN where nobody tells the number."""

UNKNOWN_REGION = "REGION"
"""Stands in an ARN where nobody tells it."""


@dataclass(frozen=True, slots=True)
class Permission:
    """An action on a resource."""

    operation: str
    """The operation's name in the service model."""
    resource: str
    """The ARN of the thing."""
    by_certificate: bool
    """Whether it is the AWS IoT policy of a certificate that has to allow it."""

    @property
    def action(self) -> str:
        """As policies call it."""
        return f"iotjobsdata:{self.operation}"

    @property
    def wanted(self) -> str:
        """What has to be done for whoever lacks it."""
        where = (
            " in the AWS IoT policy of the certificate, which has to be active"
            if self.by_certificate
            else ""
        )
        return (
            f"allow {self.action} on {self.resource}{where}; "
            f"iot:{self.operation}, the commonest mistake, does not grant it"
        )


def permission_for(
    request: Request,
    *,
    region: str,
    partition: str,
    by_certificate: bool,
    account: str = "",
) -> Permission:
    """The permission that a request needs.

    Args:
        request: one of the four operations.
        region: where the thing is; empty where nobody says so.
        partition: the first part of ARNs, as in `aws-cn`.
        by_certificate: whether a client certificate says who asks, and no signature.
        account: the number; empty where it is not known.
    """
    place = f"{region or UNKNOWN_REGION}:{account or UNKNOWN_ACCOUNT}"
    return Permission(
        type(request).__name__,
        f"arn:{partition}:iot:{place}:thing/{request.thing_name}",
        by_certificate,
    )
