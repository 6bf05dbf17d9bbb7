"""What a process has cost the machine so far. Linux only."""

import re
import time
from pathlib import Path

from figures import BenchmarkError


def processor_seconds(process: int) -> float:
    """Seconds that all threads of a process were on a core, to the nanosecond.

    The system has a clock for each process, whose number is made from that of the process.
    """
    try:
        return time.clock_gettime((~process << 3) | 2)
    except OSError as error:
        raise BenchmarkError(f"process {process} is gone: {error.strerror}") from error


def resident_bytes(process: int) -> int:
    """Memory of a process that is in RAM, what it shares with others included."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError as error:
        raise BenchmarkError(f"process {process} is gone: {error.strerror}") from error
    found = re.search(r"^VmRSS:\s*(\d+) kB$", status, re.MULTILINE)
    if found is None:
        raise BenchmarkError(f"process {process} has ended")
    return int(found[1]) * 1024
