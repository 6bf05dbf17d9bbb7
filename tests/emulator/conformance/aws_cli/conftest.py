"""The AWS CLI inside this process, where a command takes a fiftieth of the time of a process."""

import contextlib
import importlib
import io
import json
import os
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REFUSED = 255
"""Exit status of the AWS CLI, version 1, when the service answers an error; version 2 has 254."""


@dataclass(frozen=True)
class Outcome:
    status: int
    output: str
    errors: str


@pytest.fixture(scope="module")
def driver(no_aws_configuration: None) -> Any:
    """The CLI; not for the whole session, since it keeps some hundred thousand objects alive."""
    with pytest.MonkeyPatch.context() as patch:
        # the import changes the variable as well, for good
        patch.setenv("AWS_DATA_PATH", os.devnull)
        clidriver = importlib.import_module("awscli.clidriver")
        patch.setenv("AWS_DATA_PATH", str(Path(clidriver.__file__).with_name("data")))
        made = clidriver.create_clidriver()
        made.session.get_component("data_loader")
    made.session.set_credentials("test", "test")
    made.session.set_config_variable("region", "eu-west-3")
    # each command would add one more handler to the loggers
    made.session.set_stream_logger = lambda **_: None
    return made


@pytest.fixture
def run(driver, emulator, check) -> Iterator[Callable[[str], Outcome]]:
    """Run a command of the AWS CLI, whatever comes of it."""

    def main(command: str) -> Outcome:
        output, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            try:
                status = driver.main([*shlex.split(command), "--endpoint-url", emulator.url])
            except SystemExit as end:
                status = end.code
        return Outcome(status, output.getvalue(), errors.getvalue())

    driver.session.register("before-parse", check.before_parse)
    yield main
    driver.session.unregister("before-parse", check.before_parse)


@pytest.fixture
def aws(run) -> Callable[[str], Any]:
    """Run a command that must succeed; returns what it prints, read as JSON."""

    def succeed(command: str) -> Any:
        outcome = run(command)
        assert (outcome.status, outcome.errors) == (0, "")
        return json.loads(outcome.output) if outcome.output else None

    return succeed


@pytest.fixture
def refused(run) -> Callable[[str], tuple[str, str]]:
    """Run a command that the service must refuse; returns name and message of the error."""

    def fail(command: str) -> tuple[str, str]:
        outcome = run(command)
        assert (outcome.status, outcome.output) == (REFUSED, "")
        begin, _, message = outcome.errors.strip().partition(": ")
        return begin.partition("(")[2].partition(")")[0], message

    return fail


@pytest.fixture
def fleet(aws) -> dict[str, str]:
    """Two gateways, the first of them in the group `fleet`; the ARNs by name."""
    arns = {}
    for name in ("edge-1", "edge-2"):
        arns[name] = aws(f"iot create-thing --thing-name {name}")["thingArn"]
    arns["fleet"] = aws("iot create-thing-group --thing-group-name fleet")["thingGroupArn"]
    aws("iot add-thing-to-thing-group --thing-group-name fleet --thing-name edge-1")
    return arns


@pytest.fixture
def make(aws, fleet) -> Callable[..., None]:
    """Create jobs for edge-1, one after the other."""

    def create(*job_ids: str, options: str = "", target: str = "edge-1") -> None:
        for job_id in job_ids:
            aws(f"""iot create-job --job-id {job_id} --targets {fleet[target]}
                --document '{{"operation": "reboot"}}' {options}""")

    return create


@pytest.fixture
def statuses(aws) -> Callable[[str], dict[str, str]]:
    """The status of a job's last execution on each thing."""

    def told(job_id: str) -> dict[str, str]:
        listed = aws(f"iot list-job-executions-for-job --job-id {job_id}")["executionSummaries"]
        listed.sort(key=lambda each: each["jobExecutionSummary"]["executionNumber"])
        return {
            each["thingArn"].partition("/")[2]: each["jobExecutionSummary"]["status"]
            for each in listed
        }

    return told
