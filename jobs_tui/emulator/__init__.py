"""The AWS IoT Jobs Data Plane in a box: its rules on an injected clock, its wire over real HTTP.

For the demo, for tests, and as a server of its own on loopback. `Emulator` with its `Switches` is
all that a test of a job agent needs; the rest is for tests that want to look inside.
"""

from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.account.settings import AccountSettings
from jobs_tui.emulator.clocks.manual_clock import ManualClock
from jobs_tui.emulator.emulator import Emulator
from jobs_tui.emulator.line.faults import Fault, FaultKind
from jobs_tui.emulator.line.throttle import Rates
from jobs_tui.emulator.rules.records import RetryCriterion
from jobs_tui.emulator.rules.service_error import ServiceError
from jobs_tui.emulator.rules.targets import Target
from jobs_tui.emulator.server.server import EmulatorServer
from jobs_tui.emulator.server.thread import EmulatorThread
from jobs_tui.emulator.switches import Switches

__all__ = [
    "Account",
    "AccountSettings",
    "Emulator",
    "EmulatorServer",
    "EmulatorThread",
    "Fault",
    "FaultKind",
    "ManualClock",
    "Rates",
    "RetryCriterion",
    "ServiceError",
    "Switches",
    "Target",
]
