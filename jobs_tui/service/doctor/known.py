"""What an examination was told, and what it knows so far."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiobotocore.session import AioSession

from jobs_tui.domain.clock import Clock
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.doctor.asking import Asked
from jobs_tui.service.doctor.names import Address
from jobs_tui.service.doctor.operations import RandomBits
from jobs_tui.service.doctor.route import Route
from jobs_tui.service.settings import DeviceCertificate, RoleAlias, ServiceSettings


@dataclass(slots=True)
class Known:
    """Each step fills in what it finds; what is empty was not found, or not yet."""

    settings: ServiceSettings
    thing_name: str | None
    clock: Clock
    random_bits: RandomBits
    said_by: Mapping[str, str]
    """Who gave each of the settings, by its name."""
    session: AioSession | None = None
    """With the configuration of the AWS SDK."""
    region: str | None = None
    certificate_good: bool = True
    """Whether the device's certificate can be used; true where there is none."""
    account: str | None = None
    """The number, or an empty text; None without credentials."""
    link: JobsDataPlane | None = None
    """To the endpoint."""
    route: Route | None = None
    """To the same."""
    addresses: tuple[Address, ...] | None = None
    connected: bool = False
    asked: Asked | None = None
    """How the one unsigned question went."""
    why_no_more: str | None = None
    """Why no operation but the first need be tried."""

    @property
    def certificate(self) -> DeviceCertificate | None:
        """The device's, where one is to be shown."""
        match self.settings.credentials:
            case DeviceCertificate() as certificate:
                return certificate
            case RoleAlias() as alias:
                return alias.certificate
        return None

    @property
    def signs(self) -> bool:
        """Whether requests are signed; else a certificate says who asks."""
        return not isinstance(self.settings.credentials, DeviceCertificate)
