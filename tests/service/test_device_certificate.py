"""The files of a device's certificate, and what is told of those that cannot be used."""

import hashlib
import os
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.domain.outcome import Failure, NotAllowed, Unreachable
from jobs_tui.domain.requests import GetPendingJobExecutions, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.service.access.certificate_fields import certificate_fields
from jobs_tui.service.access.device_certificate import (
    LARGEST_FILE,
    certificate_facts,
    check_authorities,
    check_device_certificate,
)
from jobs_tui.service.answers.told_error import ToldError
from jobs_tui.service.settings import DeviceCertificate

NOW = 1_700_000_000.0
HOST = "https://a1b2c3-ats.iot.eu-west-3.amazonaws.com"
MIXED_UP = "check that --cert and --key are not mixed up"
TODAY = "2023-11-14 22:13 UTC"


def told(check: Callable[..., None], *arguments: Any) -> Failure:
    with pytest.raises(ToldError) as raised:
        check(*arguments)
    assert "\n" not in raised.value.failure.reason + raised.value.failure.advice
    return raised.value.failure


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """A file with this text."""

    def write(text: str | bytes) -> Path:
        path = tmp_path / "given.pem"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_a_good_pair_is_good(certificates: Any) -> None:
    check_device_certificate(certificates.device(), NOW)
    both = certificates.with_key(certificates.client)
    check_device_certificate(DeviceCertificate(both, both), NOW)
    check_authorities(certificates.authority)


def test_what_is_shown_of_a_certificate_is_what_openssl_reads(certificates: Any) -> None:
    facts = certificate_facts(certificates.client)

    der = ssl.PEM_cert_to_DER_cert(certificates.client.read_text())
    assert facts.certificate_id == hashlib.sha256(der).hexdigest()
    assert facts.common_name == "gw-1"
    assert facts.not_before == ssl.cert_time_to_seconds("Jan  2 03:04:05 2020 GMT")
    assert facts.not_after == ssl.cert_time_to_seconds("Jan  2 03:04:05 2040 GMT")


@pytest.mark.parametrize(
    ("subject", "common_name"),
    [
        ("/O=AWS/CN=AWS IoT Certificate", "AWS IoT Certificate"),
        ("/CN=Gerät 7/O=Werk", "Gerät 7"),
        ("/O=nobody", ""),
    ],
)
@pytest.mark.parametrize("days", ["2", "20000"])
def test_names_and_dates_of_all_kinds_are_read(
    certificates: Any, openssl: Any, tmp_path: Path, subject: str, common_name: str, days: str
) -> None:
    path = tmp_path / "certificate.pem"
    openssl(
        *("req", "-x509", "-new", "-utf8", "-key", certificates.key, "-subj", subject),
        *("-config", certificates.folder / "ours.cnf", "-days", days, "-out", path),
    )

    facts = certificate_facts(path)

    dates = openssl("x509", "-in", path, "-noout", "-startdate", "-enddate").splitlines()
    assert facts.common_name == common_name
    assert [facts.not_before, facts.not_after] == [
        ssl.cert_time_to_seconds(each.partition("=")[2]) for each in dates
    ]


def test_no_part_of_a_certificate_is_taken_for_a_whole_one(certificates: Any) -> None:
    der = ssl.PEM_cert_to_DER_cert(certificates.client.read_text())

    for length in range(len(der)):
        with pytest.raises(ValueError, match=r"certificate|time|unpack|argument"):
            certificate_fields(der[:length])


@pytest.mark.parametrize("part", ["certificate", "private key", "file of authorities"])
def test_a_file_that_is_not_there_or_is_none_is_told(
    certificates: Any, tmp_path: Path, part: str
) -> None:
    os.mkfifo(tmp_path / "pipe")
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    for path, why in (
        (tmp_path / "missing", "No such file or directory"),
        (tmp_path / "pipe", "it is no regular file"),
        (tmp_path, "it is no regular file"),
        (large, "it is larger than 4 MiB"),
        (Path("with\0in it"), "no file can have this name"),
    ):
        match part:
            case "certificate":
                given = DeviceCertificate(path, certificates.key)
                failure, option = told(check_device_certificate, given, NOW), "--cert"
            case "private key":
                given = DeviceCertificate(certificates.client, path)
                failure, option = told(check_device_certificate, given, NOW), "--key"
            case _:
                failure, option = told(check_authorities, path), "--ca"
        assert type(failure) is (Unreachable if option == "--ca" else NotAllowed)
        assert failure.reason == f"the {part} {path} cannot be read: {why}"
        assert failure.advice == f"check the path that {option} gives, and who may read it"


def test_a_file_that_may_not_be_read_is_told(
    certificates: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the tests as root may read everything."""

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    failure = told(check_device_certificate, certificates.device(), NOW)

    assert failure.reason == (
        f"the certificate {certificates.client} cannot be read: Permission denied"
    )


def test_what_holds_no_certificate_is_told(certificates: Any, written: Any) -> None:
    for text in ("", "garbage", b"\xff\x00", certificates.key.read_text()):
        path = written(text)
        failure = told(check_device_certificate, DeviceCertificate(path, certificates.key), NOW)
        assert failure.reason == f"{path} holds no certificate in PEM"
        assert failure.advice == (
            f"a file with -----BEGIN CERTIFICATE----- in it is needed; {MIXED_UP}"
        )

        failure = told(check_authorities, path)
        assert type(failure) is Unreachable
        assert failure.reason == f"the file of authorities {path} holds no certificate in PEM"
        assert failure.advice == (
            "a file with -----BEGIN CERTIFICATE----- in it is needed; without --ca the machine's "
            "authorities are trusted"
        )


def test_a_broken_certificate_is_told(certificates: Any, written: Any) -> None:
    good = certificates.client.read_text()
    middle = len(good) // 2
    for text in (
        good[:middle],
        good.replace("M", "!"),
        good[:middle] + good[middle + 4 :],
        good + good[:middle],
        "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
    ):
        path = written(text)
        failure = told(check_device_certificate, DeviceCertificate(path, certificates.key), NOW)
        assert failure.reason == f"the certificate in {path} is broken"
        assert failure.advice == "give the certificate as it was issued, whole and unchanged"


def test_broken_authorities_are_told(certificates: Any, written: Any) -> None:
    good = certificates.authority.read_text()
    path = written(good.replace("M", "!"))

    failure = told(check_authorities, path)

    assert failure.reason.startswith(f"the file of authorities {path} cannot be used: ")
    assert "whole and unchanged" in failure.advice


def test_authorities_may_have_remarks_in_any_language(certificates: Any, written: Any) -> None:
    check_authorities(written("# Főtanúsítvány\n" + certificates.authority.read_text()))


def test_what_holds_no_key_is_told(certificates: Any, written: Any) -> None:
    for text in ("", "garbage", certificates.client.read_text()):
        path = written(text)
        failure = told(check_device_certificate, DeviceCertificate(certificates.client, path), NOW)
        assert type(failure) is NotAllowed
        assert failure.reason == f"{path} holds no private key in PEM"
        assert failure.advice == (
            f"a file with -----BEGIN PRIVATE KEY----- in it is needed; {MIXED_UP}"
        )


def test_a_broken_key_is_told(certificates: Any, written: Any) -> None:
    good = certificates.key.read_text()
    for text in (good[:99], good.replace("M", "!")):
        path = written(text)
        failure = told(check_device_certificate, DeviceCertificate(certificates.client, path), NOW)
        assert failure.reason.startswith(f"the private key in {path} cannot be used: ")
        assert failure.advice == "give the key as it was issued, whole and unchanged"


@pytest.mark.parametrize("form", ["pkey", "ec"])
def test_an_encrypted_key_is_told_and_nobody_is_asked(
    certificates: Any, openssl: Any, written: Any, form: str
) -> None:
    path = written(openssl(form, "-in", certificates.key, "-aes256", "-passout", "pass:x"))

    failure = told(check_device_certificate, DeviceCertificate(certificates.client, path), NOW)

    assert type(failure) is NotAllowed
    assert failure.reason == (
        f"the private key in {path} is encrypted, and nobody can be asked for its pass phrase"
    )
    assert failure.advice == (
        f"decrypt it by `openssl pkey -in {path} -out PLAIN` into a file that only you may read, "
        "and give that one"
    )


def test_the_key_of_another_certificate_is_told(
    certificates: Any, openssl: Any, written: Any
) -> None:
    of_another_kind = written(openssl("genpkey", "-algorithm", "ED25519"))
    for path in (certificates.other_key, of_another_kind):
        failure = told(check_device_certificate, DeviceCertificate(certificates.client, path), NOW)
        assert failure.reason == (
            f"the private key in {path} does not belong to the certificate in {certificates.client}"
        )
        assert failure.advice == (
            "give the key that was made with it; the device's own certificate has to be the first "
            "in its file"
        )


def test_a_certificate_out_of_its_time_is_told_with_the_date(certificates: Any) -> None:
    expired = told(check_device_certificate, certificates.device(certificates.expired_client), NOW)
    coming = told(check_device_certificate, certificates.device(certificates.coming_client), NOW)

    assert expired.reason == (
        f"the certificate in {certificates.expired_client} expired on 2021-01-02 03:04 UTC"
    )
    assert expired.advice == (
        f"get a new one for the device; if it is not {TODAY}, set this machine's clock"
    )
    assert coming.reason == (
        f"the certificate in {certificates.coming_client} is not valid before 2040-01-02 03:04 UTC"
    )
    assert coming.advice == f"if it is not {TODAY}, set this machine's clock; else wait until then"


async def test_a_link_is_not_opened_with_bad_files(opening: Any, certificates: Any) -> None:
    expired = certificates.device(certificates.expired_client)
    for settings, reason in (
        ({"credentials": expired}, " expired on 2021-01-02 03:04 UTC"),
        (
            {"credentials": certificates.device(), "authorities": certificates.key},
            " holds no certificate in PEM",
        ),
    ):
        failure = await opening(endpoint_url=HOST, **settings)

        assert isinstance(failure, Failure)
        assert failure.reason.endswith(reason)
        assert failure.advice


@pytest.mark.parametrize(
    ("swapped", "reason"),
    [
        ("encrypted", "is encrypted, and nobody can be asked for its pass phrase"),
        ("other", "does not belong to the certificate in"),
        ("gone", "certificate or key cannot be read any more: No such file or directory"),
    ],
)
async def test_a_key_that_is_swapped_after_the_check_is_told_and_nothing_is_sent(
    opening: Any,
    certificates: Any,
    serve: Any,
    wire: Any,
    tmp_path: Path,
    swapped: str,
    reason: str,
) -> None:
    key = tmp_path / "key.pem"
    key.write_text(certificates.key.read_text())
    endpoint = await serve(wire.says({}), ssl=certificates.server_context())
    link = await opening(
        endpoint_url=endpoint.url,
        credentials=certificates.device(key=key),
        authorities=certificates.authority,
    )
    if swapped == "gone":
        key.unlink()
    else:
        source = certificates.encrypted_key if swapped == "encrypted" else certificates.other_key
        key.write_text(source.read_text())

    for outcome in (
        await link.get_pending_job_executions(GetPendingJobExecutions("gw-1")),
        await link.update_job_execution(UpdateJobExecution("gw-1", "job-1", Status.SUCCEEDED)),
    ):
        assert type(outcome) is NotAllowed
        assert reason in outcome.reason
        assert outcome.advice
    assert endpoint.requests == []
