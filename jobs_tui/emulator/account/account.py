"""The account: every operation of both planes on the same things and jobs."""

from jobs_tui.emulator.account.devices import DeviceOperations
from jobs_tui.emulator.account.fleet_index import FleetIndexOperations
from jobs_tui.emulator.account.jobs import JobOperations


class Account(DeviceOperations, JobOperations, FleetIndexOperations):
    """An AWS account with nothing but AWS IoT Jobs in it.

    Every operation raises ServiceError for what the service would refuse, and then has changed
    nothing. It is not locked: use it from one thread (the emulator's own, see
    `EmulatorThread.call`).
    """
