"""`jobs-tui doctor` by a role alias: a certificate, and the keys that it is given for a while."""

import json
import time
from datetime import UTC, datetime
from typing import Any

from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.finding import Finding, Level
from jobs_tui.service.doctor.examination import examine
from jobs_tui.service.settings import RoleAlias, ServiceSettings

KEYS = {
    "accessKeyId": "ASIAQWERTYUIOPASDFGH",
    "secretAccessKey": "secret-of-the-test",
    "sessionToken": "token-of-the-test",
}


async def findings(alias: RoleAlias, **settings: Any) -> dict[str, Finding]:
    given = ServiceSettings(region="eu-west-3", credentials=alias, **settings)
    found = {each.step: each async for each in examine(given, "gw-1", SystemClock(), lambda _: 7)}
    for each in found.values():
        assert "secret-of-the-test" not in repr(each)
        assert "token-of-the-test" not in repr(each)
    return found


async def test_the_keys_of_a_role_alias_are_asked_for_and_used(
    serve: Any, wire: Any, certificates: Any
) -> None:
    ends = datetime.fromtimestamp(time.time() + 3600, UTC).isoformat()
    now = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    given = wire.says({"credentials": {**KEYS, "expiration": ends}}, Date=now)
    context = certificates.server_context(wants_certificate=True)
    provider = await serve(given, ssl=context)
    not_found = wire.says({"message": "no"}, 404, x_amzn_ErrorType="ResourceNotFoundException")
    pending = wire.says({"inProgressJobs": [], "queuedJobs": []})
    reactions = (wire.says({}, 403), pending, wire.says({}), not_found)
    endpoint = await serve(wire.in_turn(*reactions))

    alias = RoleAlias("field", provider.url, certificates.device())
    found = await findings(alias, endpoint_url=endpoint.url, authorities=certificates.authority)

    assert found["certificate"].level is Level.OK
    assert found["credentials"].level is Level.OK
    assert found["credentials"].told.startswith("role alias field, key ending in DFGH")
    assert "renewed before that" in found["credentials"].told
    assert found["update"].level is Level.OK
    assert "ASIAQWERTYUIOPASDFGH" in endpoint.requests[-1].headers["authorization"]


async def test_a_role_alias_that_is_not_given_is_told(
    serve: Any, wire: Any, certificates: Any
) -> None:
    context = certificates.server_context(wants_certificate=True)
    provider = await serve(wire.says({"message": "Access Denied"}, 403), ssl=context)
    endpoint = await serve(wire.says({}, 403))

    alias = RoleAlias("field", provider.url, certificates.device())
    found = await findings(alias, endpoint_url=endpoint.url, authorities=certificates.authority)

    assert found["credentials"].level is Level.FAILED
    assert "no credentials by role alias field" in found["credentials"].told
    assert "iot:AssumeRoleWithCertificate" in found["credentials"].advice
    assert found["connection"].level is Level.OK
    assert found["update"].level is Level.SKIPPED
    json.dumps([dict(each.facts) for each in found.values()])
