"""The part of the SDK's data that a client is made from, loaded without looking at all the rest."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from aiobotocore.session import AioSession
from botocore.exceptions import DataNotFoundError

FOR_ANY_CLIENT = ("_retry", "endpoints", "partitions", "sdk-default-configuration")
OF_THE_SERVICE = ("service-2", "endpoint-rule-set-1")


def load_models(session: AioSession, service: str) -> None:
    """Load what `create_client` asks for, so that the event loop need not wait for it; blocks.

    The SDK's own way also loads what pages, waiters and examples are made from.
    """
    loader: Any = session.get_component("data_loader")
    # to tell whether there is a service, it would look for each of four hundred in three folders
    loader.list_available_services = partial(_Services, loader)
    for name in FOR_ANY_CLIENT:
        loader.load_data_with_path(name)
    for kind in OF_THE_SERVICE:
        loader.load_service_model(service, kind)


class _Services:
    """The services that have a kind of model, looked for when one is asked after."""

    def __init__(self, loader: Any, type_name: str) -> None:
        self._loader = loader
        self._type_name = type_name

    def __contains__(self, service: str) -> bool:
        try:
            self._loader.list_api_versions(service, self._type_name)
        except DataNotFoundError:
            return False
        return True

    def __iter__(self) -> Iterator[str]:
        """None: an error tells no service that could have been meant."""
        return iter(())
