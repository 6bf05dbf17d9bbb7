"""Everything hostile on every screen of the installed program, and what leaves for the terminal."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import jobs_tui
from hostile.allowed import not_allowed
from hostile.service import FLEET, ID_THINGS, TAME, HostileService
from hostile.texts import SIGNS
from hostile.walk import Walk, through_everything

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "a",
    "AWS_SECRET_ACCESS_KEY": "b",
    "AWS_DEFAULT_REGION": "x-1",
    "PYTHONPATH": str(Path(jobs_tui.__file__).parent.parent),
}
PANELS = (TAME, *ID_THINGS[:2], ID_THINGS[-1])


@pytest.fixture
def service() -> Iterator[HostileService]:
    """A service that has gone bad."""
    with HostileService() as service:
        yield service


@pytest.mark.slow
@pytest.mark.parametrize(
    ("things", "columns", "lines", "flags"),
    [
        pytest.param(PANELS, 80, 24, (), id="panels, 80x24"),
        pytest.param(FLEET, 160, 48, (), id="fleet, 160x48"),
        pytest.param(FLEET, 80, 24, ("--low-bandwidth",), id="fleet, 80x24, low bandwidth"),
        pytest.param(PANELS, 160, 48, ("--low-bandwidth",), id="panels, 160x48, low bandwidth"),
    ],
)
def test_only_our_own_sequences_leave_whatever_the_service_says(
    run: Callable[..., Any],
    service: HostileService,
    things: tuple[str, ...],
    columns: int,
    lines: int,
    flags: tuple[str, ...],
) -> None:
    arguments = (*things, *flags, "--endpoint-url", service.url, "--rate", "100")
    terminal = run(*arguments, columns=columns, lines=lines, environment=ENVIRONMENT)
    walk = Walk(terminal, thin=bool(flags))
    through_everything(walk)
    assert terminal.wait_for_end() == 0
    assert not_allowed(terminal.raw) == []
    assert walk.missing(SIGNS.values()) == []
