"""How many requests a second the data plane takes."""

import pytest

from jobs_tui.emulator import Rates
from jobs_tui.emulator.line.line import Line


@pytest.fixture
def throttle(emulator, clock):
    """Set the rates of the line."""

    def to(text: str) -> None:
        emulator.server.line = Line(clock, rates=Rates.parse(text))

    return to


@pytest.fixture
def statuses(ask):
    """Ask so many times at once; the HTTP statuses that come back."""

    def of(times: int, method: str, path: str) -> list[int]:
        return [ask(method, path).status for _ in range(times)]

    return of


LIST = "GET", "/things/gw-1/jobs"
DESCRIBE = "GET", "/things/gw-1/jobs/$next"
START = "PUT", "/things/gw-1/jobs/$next"
LIST_THINGS = "GET", "/things"


def test_a_second_takes_what_the_rate_allows(throttle, statuses, clock) -> None:
    throttle("3/1")
    assert statuses(5, *LIST) == [200, 200, 200, 429, 429]
    clock.advance(1)
    assert statuses(4, *LIST) == [200, 200, 200, 429]
    clock.advance(0.4)
    assert statuses(2, *LIST) == [200, 429]


def test_what_is_not_asked_for_is_not_saved_up(throttle, statuses, clock) -> None:
    throttle("2/1")
    clock.advance(3600)
    assert statuses(3, *LIST) == [200, 200, 429]


def test_both_reads_share_one_rate_and_writes_have_their_own(throttle, statuses) -> None:
    throttle("2/1")
    assert statuses(1, *LIST) + statuses(2, *DESCRIBE) == [200, 200, 429]
    assert statuses(2, *START) == [200, 429]


def test_a_rate_below_one_lets_through_one_at_a_time(throttle, statuses, clock) -> None:
    throttle("0.5/0.5")
    assert statuses(2, *LIST) == [200, 429]
    clock.advance(2)
    assert statuses(2, *LIST) == [200, 429]


def test_the_control_plane_is_not_throttled(throttle, statuses) -> None:
    throttle("1/1")
    assert statuses(5, *LIST_THINGS) == [200] * 5


def test_a_client_is_told_that_it_is_throttled_and_nothing_is_done(
    throttle, jobs, refused, make_job, pending, clock
) -> None:
    make_job("first", "second")
    throttle("9/1")
    start = jobs.start_next_pending_job_execution
    start(thingName="gw-1")
    assert refused(start, thingName="gw-1") == (429, "ThrottlingException", "Rate exceeded")
    assert pending() == (["first"], ["second"])


@pytest.mark.parametrize("text", ["", "5", "5/", "a/b", "1/2/3", "0/1", "-1/1", "nan/1", "1e99/1"])
def test_what_is_no_pair_of_rates_is_told(text) -> None:
    with pytest.raises(ValueError, match="is not READS/WRITES"):
        Rates.parse(text)
