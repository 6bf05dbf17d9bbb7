"""The kinds of things in a large fleet, and the jobs that they get: real documents, invented names.

The name of a thing says its kind: `lyon-meter-0007` is a meter.
"""

from typing import NamedTuple

from jobs_tui.emulator.rules.records import RetryCriterion

OTHER = "other"
"""The kind of a thing whose name says none that is known here."""

RETRY_ONCE = (RetryCriterion("ALL", 1),)


class Work(NamedTuple):
    """What a job has a thing do."""

    name: str
    document: str
    """One of the job documents in this package."""
    in_progress_timeout_in_minutes: int | None = None


FIRMWARE = {
    "meter": Work("meter-fw-2-4-0", "nordic-nrf9160-fota.json"),
    "door": Work("lock-fw-1-9-3", "freertos-afr-ota-mqtt.json"),
    "boiler": Work("boiler-fw-3-3-0", "upparat-update.json"),
    "pump": Work("pump-control-7-1", "managed-AWS-Install-Application.json"),
    "gw": Work("gw-fw-2026-12", "freertos-afr-ota-multifile.json"),
    OTHER: Work("agent-2-5-0", "sdkjs-install.json"),
}
"""What all things of a kind are given by one job."""

ERRANDS = (
    Work("cert-rotate", "managed-AWS-Download-File.json"),
    Work("network-profile", "dc-download-file.json", 60),
    Work("log-level", "dc-echo.json"),
    Work("reboot", "managed-AWS-Reboot.json", 30),
    Work("app-config", "dc-full-schema.json", 120),
    Work("agent-update", "sdkjs-install.json"),
    Work("clock-check", "dc-old-echo.json"),
    Work("app-install", "managed-AWS-Install-Application.json"),
)
"""What arrives again and again, under a new number each time."""


def kind_of(thing_name: str) -> str:
    """What stands before the number in the name of a thing."""
    kind = thing_name.rpartition("-")[0].rpartition("-")[2]
    return kind if kind in FIRMWARE else OTHER
