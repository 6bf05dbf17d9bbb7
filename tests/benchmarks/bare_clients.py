"""A program: one round of GetPendingJobExecutions by nothing but an SDK, no screen, no store.

Arguments: aiobotocore or boto3, the URL, the number of things. It says `ready`, and does one round
for each line of its input, after which it says `done`; it ends with its input.
"""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor

from conditions import thing_names

BOTO3_THREADS = 10


async def by_aiobotocore(url: str, names: list[str]) -> None:
    """As the cockpit's own client is configured, with as many calls under way at once."""
    from aiobotocore.session import AioSession  # noqa: PLC0415 - only one of the two

    from jobs_tui.service.planes.client_configs import (  # noqa: PLC0415
        client_configs,
        trusted,
    )
    from jobs_tui.service.settings import ServiceSettings  # noqa: PLC0415

    settings = ServiceSettings(endpoint_url=url)
    turns = asyncio.Semaphore(settings.concurrency)
    async with AioSession().create_client(
        "iot-jobs-data",
        endpoint_url=url,
        verify=trusted(settings, url),
        config=client_configs(settings)[0],
    ) as client:

        async def ask(name: str) -> None:
            async with turns:
                await client.get_pending_job_executions(thingName=name)

        say("ready")
        while await asyncio.to_thread(sys.stdin.readline):
            await asyncio.gather(*map(ask, names))
            say("done")


def by_boto3(url: str, names: list[str]) -> None:
    """With one client for all threads, as its documentation has it."""
    import boto3  # noqa: PLC0415 - only one of the two
    from botocore.config import Config  # noqa: PLC0415

    client = boto3.client(
        "iot-jobs-data", endpoint_url=url, config=Config(max_pool_connections=BOTO3_THREADS)
    )
    with ThreadPoolExecutor(BOTO3_THREADS) as pool:
        say("ready")
        while sys.stdin.readline():
            list(pool.map(lambda name: client.get_pending_job_executions(thingName=name), names))
            say("done")


def say(word: str) -> None:
    """Tell who started this."""
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def main() -> None:
    """Do as the arguments say."""
    _, which, url, count = sys.argv
    names = thing_names(int(count))
    if which == "boto3":
        by_boto3(url, names)
    else:
        asyncio.run(by_aiobotocore(url, names))


if __name__ == "__main__":
    main()
