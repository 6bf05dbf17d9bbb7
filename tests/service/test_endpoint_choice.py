"""Which endpoint is asked: given, discovered or the region's."""

from pathlib import Path

import pytest

from jobs_tui.domain.outcome import Done, NotAllowed, Outcome, Refused, Throttled, Unreachable
from jobs_tui.service.chosen_endpoint import ChosenEndpoint, EndpointSource
from jobs_tui.service.endpoints.endpoint_cache import EndpointCache
from jobs_tui.service.endpoints.endpoint_choice import Account, ask_in_turn, discovered_endpoint

DAY = 86400.0
NOW = 1_800_000_000.0
ACCOUNT = Account("123456789012", "eu-west-3")
HOST = "abc-ats.iot.eu-west-3.amazonaws.com"
FOUND = ChosenEndpoint(EndpointSource.DISCOVERED, f"https://{HOST}")
DEFAULT = ChosenEndpoint(EndpointSource.DEFAULT)


class Service:
    """Answers DescribeEndpoint as it is told."""

    def __init__(self, **answers: Outcome[str]) -> None:
        self.answers = {"iot:Data-ATS": answers.get("ats"), "iot:Jobs": answers.get("jobs")}
        self.asked: list[str] = []

    async def ask_in_turn(self) -> Outcome[str]:
        return await ask_in_turn(self.ask)

    async def ask(self, endpoint_type: str) -> Outcome[str]:
        self.asked.append(endpoint_type)
        answer = self.answers[endpoint_type]
        assert answer is not None
        return answer


@pytest.fixture
def cache(tmp_path: Path) -> EndpointCache:
    return EndpointCache(tmp_path)


async def test_data_ats_is_asked_for_first_and_its_answer_kept(cache: EndpointCache) -> None:
    service = Service(ats=Done(HOST))
    assert await discovered_endpoint(ACCOUNT, cache, service.ask_in_turn, NOW) == FOUND
    assert await discovered_endpoint(ACCOUNT, cache, service.ask_in_turn, NOW + DAY) == FOUND
    assert service.asked == ["iot:Data-ATS"]
    await discovered_endpoint(ACCOUNT, cache, service.ask_in_turn, NOW + 8 * DAY)
    assert service.asked == ["iot:Data-ATS"] * 2


async def test_iot_jobs_is_asked_for_where_data_ats_is_not_known(cache: EndpointCache) -> None:
    service = Service(ats=Refused("no such type"), jobs=Done(HOST))
    assert await discovered_endpoint(ACCOUNT, cache, service.ask_in_turn, NOW) == FOUND
    assert service.asked == ["iot:Data-ATS", "iot:Jobs"]


async def test_a_missing_permission_is_remembered_for_a_day(cache: EndpointCache) -> None:
    service = Service(ats=NotAllowed("not authorized", code="AccessDeniedException"))
    assert await discovered_endpoint(ACCOUNT, cache, service.ask_in_turn, NOW) == DEFAULT
    assert await discovered_endpoint(ACCOUNT, cache, service.ask_in_turn, NOW + DAY / 2) == DEFAULT
    assert service.asked == ["iot:Data-ATS"]
    service.answers["iot:Data-ATS"] = Done(HOST)
    assert await discovered_endpoint(ACCOUNT, cache, service.ask_in_turn, NOW + 2 * DAY) == FOUND


@pytest.mark.parametrize(
    "failure",
    [
        Unreachable("no answer"),
        Throttled("slowly"),
        NotAllowed("the token has expired", code="ExpiredTokenException"),
    ],
)
async def test_what_was_said_earlier_is_better_than_the_regions_endpoint(
    cache: EndpointCache, failure: Outcome[str]
) -> None:
    service = Service(ats=failure)
    assert await discovered_endpoint(ACCOUNT, cache, service.ask_in_turn, NOW) == DEFAULT
    cache.keep(*ACCOUNT, HOST, NOW)
    assert await discovered_endpoint(ACCOUNT, cache, service.ask_in_turn, NOW + 30 * DAY) == FOUND
    assert service.asked == ["iot:Data-ATS"] * 2


async def test_nothing_is_kept_of_an_account_that_nothing_tells_from_others(
    cache: EndpointCache,
) -> None:
    service = Service(ats=Done(HOST))
    nameless = Account("", "eu-west-3")
    for _ in range(2):
        assert await discovered_endpoint(nameless, cache, service.ask_in_turn, NOW) == FOUND
    assert len(service.asked) == 2
    assert cache.find(*nameless, NOW) is None
