"""How to reach the service: by which credentials, at which endpoint, and with what patience."""

from dataclasses import dataclass, field
from pathlib import Path

from jobs_tui.domain.traffic import Traffic


@dataclass(frozen=True, slots=True)
class StaticCredentials:
    """Keys given by the program itself; nothing else is looked for then."""

    access_key_id: str
    secret_access_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DeviceCertificate:
    """An X.509 certificate that AWS IoT knows: requests go out unsigned, over mutual TLS.

    Developer guide, "Device communication protocols": port 8443 of the account's Data-ATS host.
    """

    certificate: Path
    """PEM file; what follows the first certificate in it is sent as its chain."""
    private_key: Path
    """PEM file, not encrypted: nobody can be asked for a pass phrase while the screen is in use."""


@dataclass(frozen=True, slots=True)
class RoleAlias:
    """Keys for a while from the AWS IoT credential provider, given to who has a certificate.

    Developer guide, "Authorizing direct calls to AWS services": `iot:AssumeRoleWithCertificate`.
    """

    name: str
    endpoint_url: str
    """Of the account's credential provider: what DescribeEndpoint iot:CredentialProvider tells."""
    certificate: DeviceCertificate
    thing_name: str | None = None
    """The thing to which the certificate is attached, for policies with thing variables."""


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """How to reach the service; what is None is left to the SDK's own chain."""

    region: str | None = None
    profile: str | None = None
    endpoint_url: str | None = None
    control_endpoint_url: str | None = None
    """Of the control plane, which `endpoint_url` is not; with StaticCredentials, None means that
    there is no control plane."""
    credentials: StaticCredentials | DeviceCertificate | RoleAlias | None = None
    """With StaticCredentials, no AWS configuration of any kind is read, and no proxy is used."""
    authorities: Path | None = None
    """PEM file of the authorities to trust instead of the machine's."""
    discovery: bool = True
    """Whether to ask DescribeEndpoint for the account's own endpoint where none is given."""
    cache_folder: Path | None = None
    """Where what DescribeEndpoint said is kept; None to keep it nowhere."""
    read_only: bool = False
    """Whether to have no connection at all over which a change could be sent."""
    read_time_limit: float = 8.0
    """Seconds in all for one DescribeJobExecution or GetPendingJobExecutions, retries included."""
    write_time_limit: float = 15.0
    """Seconds in all for one StartNextPendingJobExecution or UpdateJobExecution, sent once."""
    page_time_limit: float = 20.0
    """Seconds in all for a page of things, which is long where the line is thin."""
    open_time_limit: float = 30.0
    """Seconds in all to import the SDK, read its configuration and look for credentials."""
    concurrency: int = 16
    """Reads under way at once; also the size of their connection pool."""
    traffic: Traffic = field(default_factory=Traffic, compare=False)
    """Where the bytes are counted that go over the wire."""
