"""The AWS IoT Jobs Data Plane in a box: its rules on an injected clock, its wire over real HTTP.

For the demo, for tests and as a server of its own. Loopback only; everything is held in memory.
"""

from jobs_tui.emulator.account import Account
from jobs_tui.emulator.records import RetryCriterion
from jobs_tui.emulator.server import EmulatorServer
from jobs_tui.emulator.service_error import ServiceError
from jobs_tui.emulator.thread import EmulatorThread

__all__ = ["Account", "EmulatorServer", "EmulatorThread", "RetryCriterion", "ServiceError"]
