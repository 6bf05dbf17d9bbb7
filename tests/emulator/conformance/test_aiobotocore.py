"""Each operation once as aiobotocore speaks to it, which is what the cockpit itself uses."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession

ARN = "arn:aws:iot:eu-west-3:123456789012:"


@pytest.fixture
async def clients(emulator, check) -> AsyncIterator[tuple[Any, Any]]:
    """Of the control plane and of the data plane; every answer is checked."""
    session = AioSession()
    session.set_credentials("test", "test")
    config = AioConfig(retries={"total_max_attempts": 1})
    async with AsyncExitStack() as stack:
        made = [
            await stack.enter_async_context(
                session.create_client(
                    service, region_name="eu-west-3", endpoint_url=emulator.url, config=config
                )
            )
            for service in ("iot", "iot-jobs-data")
        ]
        for client in made:
            client.meta.events.register("before-parse", check.before_parse)
        yield made[0], made[1]


async def test_a_rollout_from_the_first_thing_to_the_last_clean_up(clients, clock) -> None:
    iot, device = clients
    endpoint = await iot.describe_endpoint(endpointType="iot:Data-ATS")
    assert endpoint["endpointAddress"]

    for name in ("edge-1", "edge-2"):
        thing = await iot.create_thing(thingName=name)
        assert thing["thingArn"].endswith(f":thing/{name}")
    assert {each["thingName"] for each in (await iot.list_things())["things"]} >= {"edge-2"}
    await iot.create_thing_group(thingGroupName="fleet")
    for name in ("edge-1", "edge-2"):
        await iot.add_thing_to_thing_group(thingGroupName="fleet", thingName=name)
    members = await iot.list_things_in_thing_group(thingGroupName="fleet")
    assert sorted(members["things"]) == ["edge-1", "edge-2"]
    found = await iot.search_index(queryString="thingGroupNames:fleet AND NOT edge-2")
    assert [each["thingName"] for each in found["things"]] == ["edge-1"]

    await iot.create_job(
        jobId="firmware",
        targets=[ARN + "thinggroup/fleet"],
        document='{"operation": "install"}',
        targetSelection="CONTINUOUS",
    )
    assert (await iot.get_job_document(jobId="firmware"))["document"]
    assert [each["jobId"] for each in (await iot.list_jobs())["jobs"]] == ["firmware"]
    tries = await iot.list_job_executions_for_job(jobId="firmware")
    assert len(tries["executionSummaries"]) == 2
    await iot.remove_thing_from_thing_group(thingGroupName="fleet", thingName="edge-2")

    queued = (await device.get_pending_job_executions(thingName="edge-1"))["queuedJobs"]
    assert [each["jobId"] for each in queued] == ["firmware"]
    clock.advance(0.5)
    started = await device.start_next_pending_job_execution(thingName="edge-1")
    assert started["execution"]["status"] == "IN_PROGRESS"
    assert started["execution"]["startedAt"] == int(clock.now())
    described = await device.describe_job_execution(thingName="edge-1", jobId="$next")
    assert described["execution"]["jobId"] == "firmware"
    updated = await device.update_job_execution(
        thingName="edge-1", jobId="firmware", status="SUCCEEDED", includeJobExecutionState=True
    )
    assert updated["executionState"]["status"] == "SUCCEEDED"
    ended = await iot.describe_job_execution(thingName="edge-1", jobId="firmware")
    assert ended["execution"]["status"] == "SUCCEEDED"
    assert ended["execution"]["lastUpdatedAt"].timestamp() == clock.now()

    await iot.create_job(jobId="reboot", targets=[ARN + "thing/edge-1"], document="{}")
    await iot.cancel_job_execution(thingName="edge-1", jobId="reboot")
    tries = await iot.list_job_executions_for_thing(thingName="edge-1")
    assert {
        each["jobId"]: each["jobExecutionSummary"]["status"] for each in tries["executionSummaries"]
    } == {"firmware": "SUCCEEDED", "reboot": "CANCELED"}
    assert (await iot.describe_job(jobId="reboot"))["job"]["status"] == "COMPLETED"
    await iot.cancel_job(jobId="firmware")
    job = (await iot.describe_job(jobId="firmware"))["job"]
    assert job["status"] == "CANCELED"
    assert job["jobProcessDetails"]["numberOfRemovedThings"] == 1
    for job_id in ("firmware", "reboot"):
        await iot.delete_job(jobId=job_id)
    assert (await iot.list_jobs())["jobs"] == []


async def test_a_refusal_is_raised_under_its_name(clients) -> None:
    iot, device = clients
    with pytest.raises(iot.exceptions.ResourceNotFoundException):
        await iot.describe_job(jobId="nothing")
    with pytest.raises(device.exceptions.ResourceNotFoundException):
        await device.describe_job_execution(thingName="gw-1", jobId="nothing")
