"""The machine's clock is what the rest of the program takes for one."""

import time

from jobs_tui.domain.clock import Clock, SystemClock


async def test_the_machine_clock_tells_the_time_only_grows_and_sleeps() -> None:
    clock: Clock = SystemClock()
    before = clock.monotonic()
    assert abs(clock.now() - time.time()) < 60
    await clock.sleep(0)
    assert clock.monotonic() >= before
