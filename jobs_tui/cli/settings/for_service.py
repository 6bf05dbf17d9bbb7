"""The settings in force, as the service takes them."""

from pathlib import Path

from jobs_tui.cli.settings.in_force import Settings
from jobs_tui.domain.traffic import Traffic
from jobs_tui.service.settings import ServiceSettings


def service_settings(
    settings: Settings, cache_folder: Path | None, traffic: Traffic | None = None
) -> ServiceSettings:
    """How to reach the service; what DescribeEndpoint says is kept in the folder.

    What goes over the wire is counted in `traffic`.
    """
    return ServiceSettings(
        region=settings.region,
        profile=settings.profile,
        endpoint_url=settings.endpoint_url,
        credentials=settings.credentials,
        authorities=settings.authorities,
        discovery=settings.discovery,
        cache_folder=cache_folder,
        read_only=settings.read_only,
        traffic=Traffic() if traffic is None else traffic,
    )
