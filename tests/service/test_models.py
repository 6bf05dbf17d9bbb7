"""What of the SDK's data is loaded, and at what cost."""

import os
from pathlib import Path
from typing import Any

import pytest
from aiobotocore.session import AioSession
from botocore.exceptions import UnknownServiceError
from botocore.loaders import create_loader

from jobs_tui.service.access.models import load_models

SERVICE = "iot-jobs-data"


@pytest.fixture
def session() -> AioSession:
    """A session that has loaded nothing."""
    made = AioSession()
    made.register_component("data_loader", create_loader())
    return made


async def test_nothing_is_read_any_more_when_the_client_is_made(
    session: AioSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_models(session, SERVICE)
    loader: Any = session.get_component("data_loader")
    read = []
    exists = loader.file_loader.exists
    monkeypatch.setattr(
        loader.file_loader, "load_file", lambda path: read.append(path) if exists(path) else None
    )
    keys = {"aws_access_key_id": "any", "aws_secret_access_key": "any"}
    async with session.create_client(SERVICE, region_name="eu-west-3", **keys):
        assert read == []


def test_the_folders_of_other_services_are_not_looked_into(
    session: AioSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_into = []
    listdir = os.listdir

    def listed(path: str) -> list[str]:
        looked_into.append(Path(path).name)
        return listdir(path)

    monkeypatch.setattr(os, "listdir", listed)
    load_models(session, SERVICE)
    assert set(looked_into) == {SERVICE}


def test_a_service_that_the_sdk_does_not_know_is_told_as_ever(session: AioSession) -> None:
    with pytest.raises(UnknownServiceError, match="Unknown service: 'iot-tea'"):
        load_models(session, "iot-tea")


def test_models_that_the_user_has_are_found(tmp_path: Path) -> None:
    folder = tmp_path / SERVICE / "2099-01-01"
    folder.mkdir(parents=True)
    (folder / "service-2.json").write_text('{"metadata": {}, "mine": true}')
    session = AioSession()
    session.set_config_variable("data_path", str(tmp_path))
    load_models(session, SERVICE)
    model = session.get_component("data_loader").load_service_model(SERVICE, "service-2")
    assert model["mine"] is True
