"""The SDK's session: where region, credentials and the service model come from.

Either the SDK's own chain of environment, files and metadata services, or nothing but what the
program itself gave.
"""

import asyncio
import os
import subprocess
from typing import Any, NoReturn

from aiobotocore.credentials import AioProcessProvider
from aiobotocore.session import AioSession
from botocore.configprovider import (
    BOTOCORE_DEFAUT_SESSION_VARIABLES,
    ConfigValueStore,
    ConstantProvider,
)
from botocore.exceptions import NoRegionError
from botocore.loaders import Loader

from jobs_tui.service.credential_errors import MfaCodeNeededError
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
        _ask_nobody_at_the_terminal(session)
    session.warm_up_loader_caches(SERVICE)
    return session


def region_of(settings: ServiceSettings, session: AioSession) -> str:
    """The region that is set, by whatever has a say in it. Raises NoRegionError without one."""
    region = settings.region
    if not region and not isinstance(settings.credentials, StaticCredentials):
        region = (
            os.environ.get("AWS_DEFAULT_REGION")
            # every SDK but botocore reads this one
            or os.environ.get("AWS_REGION")
            or session.get_config_variable("region")
        )
    if not region:
        raise NoRegionError
    return str(region)


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
    process = AioProcessProvider(
        profile_name=session.profile or "default",
        load_config=lambda: session.full_config,
        popen=_start_credential_process,
    )
    providers.insert_after("custom-process", process)
    # removes the first of this name, which is the one that was there
    providers.remove("custom-process")
    providers.get_provider("assume-role")._prompter = _refuse_to_prompt  # noqa: SLF001 - no other way


class _CredentialProcess:
    """A child process that ends at the latest when nobody waits for it any more."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @property
    def returncode(self) -> int | None:
        return self._process.returncode

    async def communicate(self) -> tuple[bytes, bytes]:
        try:
            return await self._process.communicate()
        finally:
            if self._process.returncode is None:
                self._process.kill()
                await self._process.wait()


async def _start_credential_process(*command: str, **options: Any) -> _CredentialProcess:
    return _CredentialProcess(
        await asyncio.create_subprocess_exec(*command, stdin=subprocess.DEVNULL, **options)
    )


def _refuse_to_prompt(_prompt: str) -> NoReturn:
    raise MfaCodeNeededError
