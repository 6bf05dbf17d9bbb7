"""`jobs-tui emulator`: the service in a box, for the AWS CLI, SDKs and device agents."""

import asyncio
import random
import signal
import sys

from jobs_tui.domain.clock import SystemClock
from jobs_tui.emulator import Account, EmulatorServer

HOW_TO = """\
Any credentials will do. In another shell:
  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=us-east-1
  aws iot create-thing --thing-name gw-1 --endpoint-url {url}
  aws iot create-job --job-id job-1 --document '{{"operation": "reboot"}}' \\
      --targets arn:aws:iot:us-east-1:123456789012:thing/gw-1 --endpoint-url {url}
  jobs-tui gw-1 --endpoint-url {url}
Ctrl+C ends it; everything in it is forgotten then.
"""


def serve(port: int) -> str | None:
    """Serve until SIGINT or SIGTERM; returns what went wrong, or None."""
    try:
        asyncio.run(_serve(port))
    except OSError as error:
        return f"port {port} cannot be served: {error.strerror or error}"
    except KeyboardInterrupt:
        return None
    return None


async def _serve(port: int) -> None:
    account = Account(SystemClock(), random.Random())  # noqa: S311 - nothing in it is a secret
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with EmulatorServer(account, port) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        sys.stderr.write(HOW_TO.format(url=server.url))
        await ended.wait()
