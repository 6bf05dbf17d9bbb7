"""The AWS CLI command that shows what a row stands for."""

import shlex

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.engine.store import Connected, Link


def describe_command(key: ExecutionKey, link: Link | None) -> str:
    """One line for a POSIX shell; with the endpoint and the region where they are known."""
    words = ["aws", "iot-jobs-data", "describe-job-execution"]
    options = {"thing-name": key.thing_name, "job-id": key.job_id}
    if key.execution_number is not None:
        options["execution-number"] = f"{key.execution_number}"
    if isinstance(link, Connected):
        options |= {"endpoint-url": link.endpoint, "region": link.region}
    for name, value in options.items():
        # what begins like an option would be taken for one
        words += [f"--{name}={value}"] if value.startswith("-") else [f"--{name}", value]
    return shlex.join([*words, "--include-job-document"])
