"""Which endpoint is asked: the one that is given, else the SDK's default for the region."""

import os

from aiobotocore.session import AioSession
from botocore.configprovider import ConfiguredEndpointProvider

from jobs_tui.service.endpoint import ChosenEndpoint, EndpointSource, check_endpoint
from jobs_tui.service.settings import ServiceSettings, StaticCredentials

SERVICE_SECTION = "iot-jobs-data-plane"
"""The service in a profile's `services` section and in AWS_ENDPOINT_URL_IOT_JOBS_DATA_PLANE."""


def given_endpoint(session: AioSession, settings: ServiceSettings) -> ChosenEndpoint | None:
    """What the user says: in the settings, else where the SDK looks; None without a word.

    Raises InvalidEndpointError.
    """
    url = settings.endpoint_url
    if url is None and not isinstance(settings.credentials, StaticCredentials):
        url = _configured(session)
    if url is None:
        return None
    check_endpoint(url)
    return ChosenEndpoint(EndpointSource.GIVEN, url)


def _configured(session: AioSession) -> str | None:
    if session.get_config_variable("ignore_configured_endpoint_urls"):
        return None
    found = ConfiguredEndpointProvider(
        session.full_config, session.get_scoped_config(), SERVICE_SECTION, os.environ
    ).provide()
    return None if found is None else str(found)
