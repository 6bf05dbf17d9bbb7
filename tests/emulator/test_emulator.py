"""The emulator with its switches, as other people's tests use it."""

import json
import ssl
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import boto3
import pytest
from botocore.config import Config

from jobs_tui.emulator import (
    AccountSettings,
    Emulator,
    Fault,
    ManualClock,
    Rates,
    ServiceError,
    Switches,
)
from jobs_tui.emulator.jobs_file import JobsFileError
from jobs_tui.emulator.line.tls import CertificateError

NOON = 1795435200.0


@pytest.fixture
def emulate():
    """Run emulators until the test ends; returns one and its two clients."""
    with ExitStack() as running:

        def start(
            *, clock: ManualClock | None = None, keys: tuple[str, str] = ("a", "b"), **switches: Any
        ) -> tuple[Emulator, Any, Any]:
            emulator = running.enter_context(Emulator(Switches(**switches), clock=clock))
            session = boto3.session.Session(*keys, region_name="eu-west-3")
            config = Config(retries={"total_max_attempts": 1}, proxies={})
            options = {
                "endpoint_url": emulator.url,
                "config": config,
                "verify": str(emulator.certificate) if emulator.certificate else None,
            }
            clients = [session.client(name, **options) for name in ("iot-jobs-data", "iot")]
            return emulator, *clients

        yield start


@pytest.fixture
def jobs_file(tmp_path) -> Callable[..., Path]:
    """Write a file of jobs, a line each."""

    def write(*lines: Any) -> Path:
        path = tmp_path / "jobs.jsonl"
        path.write_text(
            "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        )
        return path

    return write


def test_it_starts_with_the_things_that_are_named(emulate) -> None:
    _, _, iot = emulate(things=["gw-1", "gw-2"])
    assert [each["thingName"] for each in iot.list_things()["things"]] == ["gw-1", "gw-2"]


def test_a_thing_that_cannot_be_is_told(emulate) -> None:
    with pytest.raises(ServiceError, match="thingName"):
        emulate(things=["a b"])


def test_jobs_are_read_from_a_file(emulate, jobs_file) -> None:
    group = "arn:aws:iot:us-east-1:123456789012:thinggroup/all"
    path = jobs_file(
        {"jobId": "by-name", "targets": ["gw-1", "gw-2"], "document": {"a": [1, None]}},
        "",
        {"jobId": "by-arn", "targets": [f"{group[:-14]}thing/gw-1"], "document": '{"b":2}'},
        {
            "jobId": "group",
            "targets": [group],
            "document": "{}",
            "targetSelection": "CONTINUOUS",
            "timeoutConfig": {"inProgressTimeoutInMinutes": 5},
        },
    )
    _, data, iot = emulate(jobs=path)
    assert [each["jobId"] for each in iot.list_jobs()["jobs"]] == ["by-name", "by-arn", "group"]
    queued = data.get_pending_job_executions(thingName="gw-1")["queuedJobs"]
    assert [each["jobId"] for each in queued] == ["by-name", "by-arn"]
    iot.add_thing_to_thing_group(thingName="gw-2", thingGroupName="all")
    queued = data.get_pending_job_executions(thingName="gw-2")["queuedJobs"]
    assert [each["jobId"] for each in queued] == ["by-name", "group"]
    execution = data.describe_job_execution(thingName="gw-1", jobId="by-name")["execution"]
    assert execution["jobDocument"] == '{"a":[1,null]}'
    assert iot.get_job_document(jobId="by-name")["document"] == '{"a": [1, null]}'


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("not json", "not valid JSON"),
        ("[]", "not a JSON object"),
        ({"targets": ["gw-1"], "document": "{}"}, "'jobId'"),
        ({"jobId": "a b", "targets": ["gw-1"], "document": "{}"}, "'jobId'"),
        ({"jobId": "second", "document": "{}"}, "'targets'"),
        ({"jobId": "second", "targets": ["arn:x"], "document": "{}"}, "is not the ARN"),
        ({"jobId": "second", "targets": ["a b"], "document": "{}"}, "'thingName'"),
        ({"jobId": "second", "targets": ["gw-1"]}, "needs a document"),
        ({"jobId": "second", "targets": ["gw-1"], "document": "nope"}, "not valid JSON"),
        ({"jobId": "second", "targets": ["gw-1"], "document": "{}", "abortConfig": {}}, "abort"),
    ],
)
def test_a_line_that_is_no_job_is_told_with_its_number(line, told, emulate, jobs_file) -> None:
    path = jobs_file({"jobId": "first", "targets": ["gw-1"], "document": "{}"}, "", line)
    with pytest.raises(JobsFileError) as caught:
        emulate(jobs=path)
    assert str(caught.value).startswith(f"{path}, line 3: ")
    assert told in str(caught.value)


def test_a_file_of_jobs_that_is_missing_is_told(emulate, tmp_path) -> None:
    with pytest.raises(JobsFileError, match="No such file"):
        emulate(jobs=tmp_path / "missing")


def test_a_seed_makes_ids_and_urls_come_out_the_same(emulate, jobs_file) -> None:
    placeholder = "${aws:iot:s3-presigned-url:https://b.s3.amazonaws.com/k}"
    path = jobs_file({"jobId": "first", "targets": ["gw-1"], "document": [placeholder]})

    def told(seed: int) -> tuple[str, str, str]:
        _, data, iot = emulate(jobs=path, seed=seed, clock=ManualClock(NOON))
        described = data.describe_job_execution(thingName="gw-1", jobId="first")
        made = iot.create_thing(thingName="gw-9")
        request_id = made["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"]
        return described["execution"]["jobDocument"], made["thingId"], request_id

    assert told(5) == told(5)
    assert not set(told(5)) & set(told(6))


def test_time_is_moved_by_hand_where_a_clock_is_given(emulate, jobs_file) -> None:
    clock = ManualClock(NOON)
    path = jobs_file({"jobId": "first", "targets": ["gw-1"], "document": "{}"})
    _, data, _ = emulate(jobs=path, clock=clock)
    data.start_next_pending_job_execution(thingName="gw-1", stepTimeoutInMinutes=7)
    clock.advance(7 * 60 - 1)
    execution = data.describe_job_execution(thingName="gw-1", jobId="first")["execution"]
    assert execution["approximateSecondsBeforeTimedOut"] == 1
    clock.advance(1)
    assert data.get_pending_job_executions(thingName="gw-1")["inProgressJobs"] == []


def test_time_passes_faster_where_it_is_told_to(emulate, jobs_file) -> None:
    path = jobs_file({"jobId": "first", "targets": ["gw-1"], "document": "{}"})
    emulator, data, _ = emulate(jobs=path, speed=100_000.0)
    before = emulator.call(emulator.account.clock.now)
    data.start_next_pending_job_execution(thingName="gw-1", stepTimeoutInMinutes=1)
    while data.get_pending_job_executions(thingName="gw-1")["inProgressJobs"]:
        assert emulator.call(emulator.account.clock.now) - before < 86400
    assert emulator.call(emulator.account.clock.now) - before > 60


def test_only_what_is_signed_with_the_right_key_is_let_in(emulate) -> None:
    secrets = {"AKID": "right"}
    _, data, iot = emulate(secrets=secrets, keys=("AKID", "right"), things=["site:1"])
    assert data.get_pending_job_executions(thingName="site:1")["queuedJobs"] == []
    iot.create_thing(thingName="gw-2", attributePayload={"attributes": {"a": "b"}})
    for keys, code in (
        (("AKID", "wrong"), "InvalidSignatureException"),
        (("OTHER", "right"), "UnrecognizedClientException"),
    ):
        emulator, data, _ = emulate(secrets=secrets, keys=keys)
        with pytest.raises(data.exceptions.ClientError, match=code):
            data.get_pending_job_executions(thingName="site:1")
        with pytest.raises(OSError, match="403"):
            urlopen(f"{emulator.url}/things/gw-1/jobs")


def test_https_is_served_with_a_new_certificate(emulate) -> None:
    emulator, data, _ = emulate(tls=True, things=["gw-1"])
    assert emulator.url.startswith("https://127.0.0.1:")
    assert data.get_pending_job_executions(thingName="gw-1")["queuedJobs"] == []
    certificate = emulator.certificate
    assert certificate.exists()
    emulator.stop()
    assert not certificate.exists()
    assert emulator.certificate is None


def test_a_request_needs_a_client_certificate_or_a_signature(emulate) -> None:
    ca, _, _ = emulate(tls=True)
    emulator, data, _ = emulate(tls=True, client_ca=ca.certificate, things=["gw-1"])
    trusting = ssl.create_default_context(cafile=emulator.certificate)
    with pytest.raises(OSError, match="400") as caught:
        urlopen(f"{emulator.url}/things/gw-1/jobs", context=trusting)
    assert caught.value.headers["x-amzn-ErrorType"] == "CertificateValidationException"
    assert data.get_pending_job_executions(thingName="gw-1")["queuedJobs"] == []


def test_a_certificate_that_cannot_be_used_is_told(emulate, tmp_path) -> None:
    with pytest.raises(CertificateError, match=r"missing\.pem"):
        emulate(tls=True, certificate=tmp_path / "missing.pem")


def test_faults_rates_and_settings_are_in_force(emulate, jobs_file) -> None:
    path = jobs_file({"jobId": "first", "targets": ["gw-1"], "document": "{}"})
    emulator, data, _ = emulate(
        jobs=path,
        faults=[Fault.parse("GetPendingJobExecutions=503:once")],
        rates=Rates(1000, 1),
        account=AccountSettings(version_mismatch_status=409),
    )
    with pytest.raises(data.exceptions.ServiceUnavailableException):
        data.get_pending_job_executions(thingName="gw-1")
    assert len(data.get_pending_job_executions(thingName="gw-1")["queuedJobs"]) == 1
    report = {"thingName": "gw-1", "jobId": "first", "status": "FAILED", "expectedVersion": 5}
    with pytest.raises(data.exceptions.ClientError, match="VersionMismatch"):
        data.update_job_execution(**report)
    with pytest.raises(data.exceptions.ThrottlingException):
        data.update_job_execution(**report)
    emulator.set_faults([Fault.parse("*=500")])
    with pytest.raises(data.exceptions.ClientError, match="InternalFailure"):
        data.get_pending_job_executions(thingName="gw-1")


def test_a_port_that_is_taken_leaves_nothing_open(emulate, tmp_path) -> None:
    emulator, _, _ = emulate()
    port, state = int(emulator.url.rpartition(":")[2]), tmp_path / "state"
    with pytest.raises(OSError, match="in use"):
        emulate(port=port, state=state, tls=True)
    emulate(state=state)
