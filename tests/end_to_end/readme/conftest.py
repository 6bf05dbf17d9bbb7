"""The world of the README's reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from readme.world import World, account_with_jobs, fill_home


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A machine with an account of its own."""
    with account_with_jobs() as emulator:
        fill_home(tmp_path)
        yield World(tmp_path, emulator)
