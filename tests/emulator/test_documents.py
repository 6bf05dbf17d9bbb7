"""Job documents as the devices get them."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs_tui.emulator import ServiceError
from jobs_tui.emulator.rules.job_document import device_document

THING = "arn:aws:iot:us-east-1:123456789012:thing/gw-1"
PLACEHOLDER = "${aws:iot:s3-presigned-url:https://firmware.s3.amazonaws.com/b/bundle.raucb}"


@pytest.fixture
def delivered(jobs):
    def fetch(job_id: str = "first") -> str:
        answer = jobs.describe_job_execution(thingName="gw-1", jobId=job_id)
        return answer["execution"]["jobDocument"]

    return fetch


def test_object_members_that_are_null_are_dropped_at_delivery(make_job, delivered) -> None:
    make_job("first", document='{ "a": null, "b": [null, {"c": null}], "d": {"e": null, "f": 1} }')
    assert delivered() == '{"b":[null,{}],"d":{"f":1}}'


def test_a_document_is_the_same_however_it_is_fetched(make_job, delivered, jobs) -> None:
    make_job("first", document='{ "a": null, "b": [1, 2.50] }')
    started = jobs.start_next_pending_job_execution(thingName="gw-1")["execution"]["jobDocument"]
    updated = jobs.update_job_execution(
        thingName="gw-1", jobId="first", status="IN_PROGRESS", includeJobDocument=True
    )["jobDocument"]
    assert delivered("$next") == delivered() == started == updated == '{"b":[1,2.50]}'


@pytest.mark.parametrize(
    "document",
    [
        "null",
        "[]",
        "{}",
        '"text"',
        "-0.5e+10",
        '[1,"a",{"b":[true,false]}]',
        '{"a":1,"a":2}',
        pytest.param('{"big":' + "9" * 5000 + "}", id="5,000 digits"),
        '{"huge":1e999}',
        '{"lone":"\\ud800","control":"\\u0000\\u001b"}',
        pytest.param("[" * 10_000 + "]" * 10_000, id="10,000 arrays"),
    ],
)
def test_any_json_is_a_document_and_stays_as_it_is(document, make_job, delivered) -> None:
    make_job("first", document=document)
    assert delivered() == document


@pytest.mark.parametrize(
    "document",
    [
        "",
        " ",
        "{",
        "}",
        "[1,]",
        '{"a":1,}',
        '{"a"}',
        '{"a":}',
        '{"a" 1}',
        "{1:2}",
        '{"a":1 "b":2}',
        "[1 2]",
        "[,1]",
        "[}",
        "{]",
        "01",
        "1.",
        "+1",
        ".5",
        "NaN",
        "Infinity",
        "'a'",
        "True",
        "1 2",
        "{} {}",
        '"a\nb"',
        '"\\x41"',
        '"unfinished',
        "\ufeff{}",
        '"' + "\ud800" + '"',
    ],
)
def test_what_is_not_json_is_no_document(document, account) -> None:
    with pytest.raises(ServiceError) as caught:
        account.create_job("first", ["gw-1"], document)
    assert caught.value.code == "InvalidRequestException"


@pytest.mark.parametrize(("letters", "fits"), [(16383, True), (16384, False)])
def test_a_document_has_32768_bytes_at_most(letters, fits, iot, delivered, refused) -> None:
    document = '"' + "\u00e9" * letters + '"'
    job = {"jobId": "first", "targets": [THING], "document": document}
    if fits:
        iot.create_job(**job)
        assert delivered() == document
    else:
        status, code, message = refused(iot.create_job, **job)
        assert (status, code) == (400, "InvalidRequestException")
        assert "32770 bytes" in message


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def _without_null_members(value):
    if isinstance(value, dict):
        return {
            name: _without_null_members(each) for name, each in value.items() if each is not None
        }
    return [_without_null_members(each) for each in value] if isinstance(value, list) else value


@given(value=JSON, indent=st.sampled_from([None, 0, 2]))
def test_a_delivered_document_says_the_same_without_null_members(value, indent) -> None:
    document = device_document(json.dumps(value, indent=indent))
    assert json.loads(document) == _without_null_members(value)
    assert device_document(document) == document


PIECES = ["{", "}", "[", "]", ",", ":", '"a"', "1", "-", "null", "true", " ", "e5", ".0", "\\", '"']


@given(text=st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_the_emulator_and_the_standard_library_agree_on_what_json_is(text) -> None:
    def accepted(read) -> bool:
        try:
            read(text)
        except (ValueError, ServiceError):
            return False
        return True

    assert accepted(device_document) == accepted(json.loads)


@pytest.mark.parametrize("version", ["", "-v2"])
def test_a_placeholder_becomes_a_presigned_url(version, make_job, delivered, clock) -> None:
    placeholder = PLACEHOLDER.replace("presigned-url", "presigned-url" + version)
    make_job("first", document=json.dumps({"file": placeholder}), presigned_url_seconds=900)
    clock.at("12:34:56")
    url = urlsplit(json.loads(delivered())["file"])
    assert f"{url.scheme}://{url.netloc}{url.path}" == (
        "https://firmware.s3.amazonaws.com/b/bundle.raucb"
    )
    signed = {name: values[0] for name, values in parse_qs(url.query).items()}
    assert signed["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256"
    assert signed["X-Amz-Date"] == "20261123T123456Z"
    assert signed["X-Amz-Expires"] == "900"
    assert re.fullmatch(
        r"ASIAFAKE[A-Z0-9]{12}/20261123/us-east-1/s3/aws4_request", signed["X-Amz-Credential"]
    )
    assert re.fullmatch(r"facade[0-9a-f]{58}", signed["X-Amz-Signature"])
    assert signed["X-Amz-Security-Token"].startswith("FakeToken")


def test_every_fetch_signs_anew(make_job, delivered, jobs) -> None:
    make_job("first", document=json.dumps([PLACEHOLDER, PLACEHOLDER]))
    urls = json.loads(delivered()) + json.loads(delivered())
    started = jobs.start_next_pending_job_execution(thingName="gw-1")["execution"]["jobDocument"]
    updated = jobs.update_job_execution(
        thingName="gw-1", jobId="first", status="IN_PROGRESS", includeJobDocument=True
    )["jobDocument"]
    urls += json.loads(started) + json.loads(updated)
    assert len({parse_qs(urlsplit(url).query)["X-Amz-Signature"][0] for url in urls}) == 8


def test_a_presigned_url_is_valid_for_an_hour_by_default(make_job, delivered) -> None:
    make_job("first", document=json.dumps({"file": PLACEHOLDER}))
    assert "X-Amz-Expires=3600" in delivered()


@pytest.mark.parametrize(
    "document",
    [
        '{"path":"${aws:iot:parameter:path}"}',
        '{"signature":"${aws:iot:code-sign-signature:s3://region.bucket/key@version}"}',
        '{"codesign":{"jobId":"c-1","signatures":[{"key":"MEUC","algorithm":"ECDSA"}]}}',
        '{"other":"${aws:iot:s3:https://firmware.s3.amazonaws.com/b}","cost":"$5 {a} ${}"}',
    ],
)
def test_codesign_objects_and_other_placeholders_stay_as_they_are(
    document, make_job, delivered
) -> None:
    make_job("first", document=document)
    assert delivered() == document


def test_only_the_placeholder_is_replaced_and_the_text_around_it_stays(make_job, delivered) -> None:
    make_job("first", document=json.dumps({"run": f"curl '{PLACEHOLDER}' -o bundle"}))
    command = json.loads(delivered())["run"]
    assert command.startswith("curl 'https://firmware.s3.amazonaws.com/b/bundle.raucb?X-Amz-")
    assert command.endswith("' -o bundle")
