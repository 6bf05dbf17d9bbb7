"""What leaves for the terminal where the user wants to be called: that one sequence, and once."""

import random
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from hostile.allowed import not_allowed
from hostile.test_all_screens import ENVIRONMENT
from jobs_tui.domain.clock import SystemClock
from jobs_tui.emulator import Account, EmulatorServer, EmulatorThread

IN_TMUX = {"TERM": "tmux-256color", "TMUX": "socket,1,0"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "more", "called"),
    [
        ("off", {}, b""),
        ("bell", {}, b"\x07"),
        ("desktop", {}, b"\x1b]9;jobs-tui: the endpoint is lost: "),
        ("desktop", IN_TMUX, b"\x1bPtmux;\x1b\x1b]9;jobs-tui: the endpoint is lost: "),
    ],
)
def test_a_lost_endpoint_calls_once_and_only_as_the_setting_says(
    run: Callable[..., Any], how: str, more: Mapping[str, str], called: bytes
) -> None:
    account = Account(SystemClock(), random.Random(1))
    with EmulatorThread(lambda: EmulatorServer(account)) as emulator:
        arguments = ("gw-1", "--endpoint-url", emulator.url, "--notify", how, "--refresh", "0.5")
        terminal = run(*arguments, environment={**ENVIRONMENT, **more})
        terminal.wait_for("live")
    terminal.wait_for("the endpoint is lost")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    if not called:
        assert b"\x07" not in terminal.raw
    elif called == b"\x07":
        assert terminal.raw.count(called) == 1
        assert not_allowed(terminal.raw.replace(called, b"")) == []
    else:
        assert terminal.raw.count(called) == 1
    if not more and how != "bell":
        assert not_allowed(terminal.raw, calling=True) == []
        assert bool(not_allowed(terminal.raw)) is bool(called)
