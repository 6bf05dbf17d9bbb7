"""The SDK's session: where region, credentials and the service model come from.

Either the SDK's own chain of environment, files and metadata services, or nothing but what the
program itself gave.
"""

import os
from functools import partial
from typing import NoReturn

from aiobotocore.credentials import AioCredentialResolver
from aiobotocore.session import AioSession
from botocore.configprovider import (
    BOTOCORE_DEFAUT_SESSION_VARIABLES,
    ConfigValueStore,
    ConstantProvider,
)
from botocore.exceptions import NoRegionError
from botocore.loaders import Loader

from jobs_tui.service.access.credential_process import quiet_process_provider
from jobs_tui.service.access.models import load_models
from jobs_tui.service.access.mutual_tls import region_in
from jobs_tui.service.answers.credential_errors import MfaCodeNeededError
from jobs_tui.service.settings import ServiceSettings, StaticCredentials

SERVICE = "iot-jobs-data"
"""The SDK's name of the service; in names of events it is `iot-jobs-data-plane`."""


def new_session(settings: ServiceSettings) -> AioSession:
    """Make a session, its configuration read and the service model loaded; blocks.

    Raises the SDK's exceptions: among them ProfileNotFound and ConfigParseError.
    """
    if isinstance(settings.credentials, StaticCredentials):
        session = _session_without_configuration(settings.credentials)
    else:
        session = AioSession(profile=settings.profile)
        if settings.credentials is None:
            _ask_nobody_at_the_terminal(session)
        else:
            # a certificate stands for everything that could be found elsewhere
            session.register_component("credential_provider", AioCredentialResolver(providers=[]))
        if settings.authorities is not None:
            # token services, too, are met behind the proxy for which these are named
            session.set_config_variable("ca_bundle", str(settings.authorities))
    load_models(session, SERVICE)
    return session


def region_of(
    settings: ServiceSettings, session: AioSession, account_url: str | None = None
) -> str:
    """The region that is set, by whatever has a say in it. Raises NoRegionError without one.

    `account_url` is that of an endpoint of the account, whose host may tell it where nothing does.
    """
    region = settings.region
    if not region and not isinstance(settings.credentials, StaticCredentials):
        region = (
            os.environ.get("AWS_DEFAULT_REGION")
            # every SDK but botocore reads this one
            or os.environ.get("AWS_REGION")
            or session.get_config_variable("region")
        )
    if not region and account_url is not None:
        region = region_in(account_url)
    if not region:
        raise NoRegionError
    return str(region)


def trusted_authorities(session: AioSession) -> bool | str:
    """The file of authorities that the SDK trusts, or True for those that it brings along."""
    named = session.get_config_variable("ca_bundle") or os.environ.get("REQUESTS_CA_BUNDLE")
    return str(named) if named else True


def _session_without_configuration(credentials: StaticCredentials) -> AioSession:
    """A session to which neither the environment nor a file says anything."""
    session = AioSession()
    defaults = {name: each[2] for name, each in BOTOCORE_DEFAUT_SESSION_VARIABLES.items()}
    defaults |= {"config_file": os.devnull, "credentials_file": os.devnull}
    session.register_component(
        "config_store",
        ConfigValueStore({name: ConstantProvider(value) for name, value in defaults.items()}),
    )
    session.register_component(
        "data_loader",
        # without the models that a user may have put into ~/.aws/models
        Loader([Loader.BUILTIN_DATA_PATH], include_default_search_paths=False),
    )
    session.set_credentials(credentials.access_key_id, credentials.secret_access_key)
    return session


def _ask_nobody_at_the_terminal(session: AioSession) -> None:
    """The screen is in use: whoever reads the terminal beside it steals keys or blocks for ever."""
    providers = session.get_component("credential_provider")
    if session.instance_variables().get("profile") is not None:
        # off EC2 its probe costs seconds, and a profile was named
        providers.remove("iam-role")
    process = quiet_process_provider(session, session.profile or "default")
    providers.insert_after("custom-process", process)
    # removes the first of this name, which is the one that was there
    providers.remove("custom-process")
    assume_role = providers.get_provider("assume-role")
    assume_role._prompter = _refuse_to_prompt  # noqa: SLF001 - no other way
    # makes the providers of a source_profile, among them another one of processes
    builder = assume_role._profile_provider_builder  # noqa: SLF001
    builder._create_process_provider = partial(quiet_process_provider, session)  # noqa: SLF001


def _refuse_to_prompt(_prompt: str) -> NoReturn:
    raise MfaCodeNeededError
