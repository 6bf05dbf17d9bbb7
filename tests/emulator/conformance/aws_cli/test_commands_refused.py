"""What the AWS CLI tells of a refusal, and how it finds the emulator."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

REFUSED, MISUSED = 255, 2
"""Exit status of the AWS CLI, version 1, for an error of the service and for a wrong command."""

THING = "arn:aws:iot:eu-west-3:123456789012:thing"
UPDATE = "iot-jobs-data update-job-execution --thing-name edge-1 --job-id firmware --status"


@pytest.mark.parametrize("kind", ["iot:Data-ATS", "iot:Jobs"])
def test_the_endpoint_is_the_emulator_itself(kind, aws, emulator) -> None:
    told = aws(f"iot describe-endpoint --endpoint-type {kind}")
    assert told == {"endpointAddress": urlsplit(emulator.url).netloc}


@pytest.mark.parametrize(
    ("command", "error", "message"),
    [
        ("iot describe-job --job-id nothing", "ResourceNotFoundException", "nothing"),
        ("iot describe-job --job-id a:b", "InvalidRequestException", "failed to satisfy"),
        ("iot list-jobs --status DONE", "InvalidRequestException", "IN_PROGRESS"),
        (
            "iot search-index --query-string 'attributes.size:[1 TO 9]'",
            "InvalidQueryException",
            "ranges",
        ),
        (
            "iot search-index --index-name AWS_ThingGroups --query-string fleet",
            "ResourceNotFoundException",
            "AWS_ThingGroups",
        ),
        (
            f"iot create-job --job-id firmware --targets {THING}/gw-1 --document {{}}",
            "ResourceAlreadyExistsException",
            "firmware already exists",
        ),
        (
            f"iot create-job --job-id more --targets {THING}/nobody --document {{}}",
            "ResourceNotFoundException",
            "nobody",
        ),
        (
            f"iot create-job --job-id more --targets {THING}/gw-1 --document reboot",
            "InvalidRequestException",
            "JSON",
        ),
        (
            f"{UPDATE} SUCCEEDED --expected-version 7",
            "InvalidRequestException",
            "Expected version 7 but found version 1",
        ),
        (
            f"{UPDATE} CANCELED",
            "InvalidStateTransitionException",
            "cannot be changed to be CANCELED",
        ),
    ],
)
def test_a_refusal_is_told_on_the_error_output(command, error, message, make, refused) -> None:
    make("firmware")
    name, told = refused(command)
    assert name == error
    assert message in told


@pytest.mark.parametrize(
    "command",
    [
        "iot create-job --job-id firmware",
        "iot-jobs-data update-job-execution --thing-name gw-1 --job-id firmware",
        "iot list-nothing",
    ],
)
def test_a_wrong_command_never_reaches_the_emulator(command, run) -> None:
    outcome = run(command)
    assert (outcome.status, outcome.output) == (MISUSED, "")
    assert "usage: " in outcome.errors


@pytest.mark.slow
def test_a_real_process_of_the_aws_cli_is_answered(emulator, aws, make, tmp_path) -> None:
    make("firmware")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
        "AWS_DEFAULT_REGION": "eu-west-3",
        "AWS_ENDPOINT_URL": emulator.url,
    }

    def command(line: str) -> subprocess.CompletedProcess[str]:
        program = Path(sys.executable).with_name("aws")
        words = [program, *shlex.split(line)]
        return subprocess.run(
            words, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    told = command("iot-jobs-data get-pending-job-executions --thing-name edge-1")
    assert (told.returncode, told.stderr) == (0, "")
    assert json.loads(told.stdout)["queuedJobs"][0]["jobId"] == "firmware"
    told = command("iot describe-job --job-id nothing")
    assert (told.returncode, told.stdout) == (REFUSED, "")
    assert "(ResourceNotFoundException) when calling the DescribeJob operation" in told.stderr
