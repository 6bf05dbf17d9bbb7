"""Signatures: what SDKs sign is accepted, and each thing changed afterwards is refused."""

import hashlib
import hmac
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSPreparedRequest, AWSRequest, AWSResponse
from botocore.config import Config
from botocore.credentials import Credentials
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs_tui.emulator.line.signatures import SignedRequest, check_signature
from jobs_tui.emulator.rules.service_error import ServiceError

KEY_ID = "AKIDEXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
SECRETS = {"AKIDOTHER": "another secret", KEY_ID: SECRET}
SERVICES = frozenset({"iot", "iot-jobs-data"})
TOKEN = "FwoGZXIvYXdzEBYaDH//token+with/slashes=="


def as_received(prepared: AWSPreparedRequest) -> SignedRequest:
    """The request as a server has it before it decodes anything."""
    url = urlsplit(prepared.url)
    headers = [
        (name, value.decode() if isinstance(value, bytes) else value)
        for name, value in prepared.headers.items()
    ]
    body = prepared.body or b""
    return SignedRequest(
        method=prepared.method,
        target=url.path + (f"?{url.query}" if url.query else ""),
        headers=(("Host", url.netloc), *headers),
        body=body.encode() if isinstance(body, str) else body,
    )


def sent_by_boto3(service: str, operation: str, *, token: str | None = None, **members: Any):
    """What boto3 would put on the line for an operation."""
    sent = []

    def answer(request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        sent.append(as_received(request))
        response = AWSResponse(request.url, 200, {}, None)
        response._content = b"{}"
        return response

    session = boto3.session.Session(KEY_ID, SECRET, token, "eu-west-3")
    client = session.client(
        service,
        endpoint_url="http://127.0.0.1:9143",
        config=Config(parameter_validation=False, proxies={}),
    )
    client.meta.events.register("before-send", answer)
    getattr(client, operation)(**members)
    return sent[0]


def signed_by_botocore(
    method: str = "GET",
    url: str = "http://localhost:9143/things/gw-1/jobs",
    headers: dict[str, str] | None = None,
    body: bytes = b"",
    service: str = "iot-jobs-data",
) -> SignedRequest:
    """A request made by hand, as a small client would, and signed by botocore."""
    request = AWSRequest(method, url, headers or {}, body)
    SigV4Auth(Credentials(KEY_ID, SECRET), service, "eu-west-3").add_auth(request)
    return as_received(request.prepare())


def time_of(request: SignedRequest) -> float:
    return datetime.strptime(request.header("x-amz-date"), "%Y%m%dT%H%M%S%z").timestamp()


def with_header(request: SignedRequest, name: str, value: str | None) -> SignedRequest:
    """The request with a header replaced, added, or taken away by None."""
    kept = [header for header in request.headers if header[0].lower() != name.lower()]
    return replace(request, headers=(*kept, *([] if value is None else [(name, value)])))


def with_authorization(request: SignedRequest, old: str, new: str) -> SignedRequest:
    """The request with a pattern replaced in its Authorization header."""
    before = dict(request.headers)["Authorization"]
    after = re.sub(old, new, before)
    assert after != before
    return with_header(request, "Authorization", after)


def refusal(request: SignedRequest, now: float, **changes: Any) -> ServiceError:
    arguments = {"secrets": SECRETS, "services": SERVICES, "now": now, **changes}
    with pytest.raises(ServiceError) as refused:
        check_signature(request, **arguments)
    assert SECRET not in refused.value.message
    return refused.value


@pytest.fixture(scope="module")
def update(no_aws_configuration: None) -> SignedRequest:
    return sent_by_boto3(
        "iot-jobs-data",
        "update_job_execution",
        token=TOKEN,
        thingName="gw:1",
        jobId="first",
        status="IN_PROGRESS",
        statusDetails={"step": "ünïcödé ☃ 漢字"},
    )


@pytest.fixture(scope="module")
def describe(no_aws_configuration: None) -> SignedRequest:
    return sent_by_boto3(
        "iot-jobs-data",
        "describe_job_execution",
        thingName="gw:1",
        jobId="$next",
        includeJobDocument=True,
        executionNumber=7,
    )


@pytest.fixture
def code(update: SignedRequest) -> Callable[..., tuple[int, str]]:
    """Status and code with which a changed form of the update is refused."""

    def of(request: SignedRequest, **changes: Any) -> tuple[int, str]:
        refused = refusal(request, time_of(update), **changes)
        return refused.http_status, refused.code

    return of


@pytest.mark.slow
@pytest.mark.parametrize(
    ("service", "operation", "members"),
    [
        ("iot-jobs-data", "get_pending_job_executions", {"thingName": "gw:1"}),
        ("iot-jobs-data", "describe_job_execution", {"thingName": "gw:1", "jobId": "$next"}),
        ("iot-jobs-data", "start_next_pending_job_execution", {"thingName": "a_-:Z9"}),
        ("iot-jobs-data", "get_pending_job_executions", {"thingName": "a b/ü+%41"}),
        (
            "iot",
            "create_job",
            {"jobId": "first", "targets": ["arn:x"], "document": '{"say":"☃"}'},
        ),
        (
            "iot",
            "list_job_executions_for_thing",
            {"thingName": "gw:1", "nextToken": "a+b/c=&d e?ü~", "status": "QUEUED"},
        ),
        ("iot", "list_jobs", {"nextToken": "", "maxResults": 5, "namespaceId": "a*b(c)"}),
        ("iot", "describe_endpoint", {"endpointType": "iot:Data-ATS"}),
    ],
)
@pytest.mark.parametrize("token", [None, TOKEN])
def test_what_boto3_sends_is_accepted(service, operation, members, token) -> None:
    request = sent_by_boto3(service, operation, token=token, **members)
    assert request.header("x-amz-security-token") == token
    check_signature(request, SECRETS, SERVICES, time_of(request))


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:9143",
        "http://localhost:9143/",
        "http://localhost:9143/things//gw-1/./jobs/../jobs/",
        "http://localhost:9143/things/gw%3A1/jobs/%24next",
        "http://localhost:9143/things/gw:1/jobs/$next?includeJobDocument=true",
        "http://localhost:9143/jobs?b=2&a=1&b=1&B=3&=4&flag=",
        "http://localhost:9143/jobs?token=a%2Bb%2Fc%3D%26d%20e%C3%BC~",
    ],
)
def test_paths_and_queries_are_made_canonical_as_the_signer_does(url) -> None:
    request = signed_by_botocore(url=url)
    check_signature(request, SECRETS, SERVICES, time_of(request))


def test_what_the_sender_encoded_in_another_way_is_the_same_request() -> None:
    request = signed_by_botocore(url="http://localhost:9143/jobs?a=1&token=x-y~%3A")
    other = replace(request, target="/jobs?token=x%2Dy%7e%3a&&a=1")
    check_signature(other, SECRETS, SERVICES, time_of(request))


def test_octets_that_are_not_utf_8_count_as_they_came() -> None:
    request = signed_by_botocore(url="http://localhost:9143/jobs?token=%FF")
    raw = replace(request, target="/jobs?token=\udcff")
    check_signature(raw, SECRETS, SERVICES, time_of(request))


def test_a_signature_that_leaves_out_the_host_is_refused() -> None:
    class Careless(SigV4Auth):
        def headers_to_sign(self, request: AWSRequest) -> Any:
            headers = super().headers_to_sign(request)
            del headers["host"]
            return headers

    request = AWSRequest("GET", "http://localhost/jobs")
    Careless(Credentials(KEY_ID, SECRET), "iot", "eu-west-3").add_auth(request)
    received = as_received(request.prepare())
    refused = refusal(received, time_of(received))
    assert (refused.http_status, refused.code, refused.message) == (
        403,
        "InvalidSignatureException",
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    )


def test_header_values_are_trimmed_and_their_spaces_folded() -> None:
    request = signed_by_botocore(headers={"X-Note": "one two  three", "Content-Type": "a/b"})
    spaced = with_header(request, "x-nOTE", "   one    two three ")
    check_signature(spaced, SECRETS, SERVICES, time_of(request))


def test_a_header_that_comes_twice_is_signed_with_commas() -> None:
    request = signed_by_botocore(headers={"X-Note": "one,two"})
    others = [header for header in request.headers if header[0] != "X-Note"]
    twice = replace(request, headers=(*others, ("X-Note", "one"), ("x-note", " two ")))
    check_signature(twice, SECRETS, SERVICES, time_of(request))
    swapped = replace(request, headers=(*others, ("X-Note", "two"), ("x-note", "one")))
    assert refusal(swapped, time_of(request)).code == "InvalidSignatureException"


def test_the_date_may_stand_in_the_header_date() -> None:
    request = signed_by_botocore(headers={"Date": "to be replaced"})
    date = request.header("date")
    assert request.header("x-amz-date") is None
    sent = datetime.strptime(date, "%a, %d %b %Y %H:%M:%S %z").timestamp()
    check_signature(request, SECRETS, SERVICES, sent)
    assert refusal(request, sent + 301).message.startswith("Signature expired: ")
    broken = with_header(request, "Date", "yesterday")
    assert refusal(broken, sent).code == "IncompleteSignatureException"


def test_the_hash_of_the_body_may_be_sent_along(update) -> None:
    body = b'{"status":"FAILED"}'
    sent = hashlib.sha256(body).hexdigest()
    request = signed_by_botocore("POST", headers={"X-Amz-Content-SHA256": sent}, body=body)
    check_signature(request, SECRETS, SERVICES, time_of(request))


@pytest.mark.parametrize("sent", ["UNSIGNED-PAYLOAD", "0" * 64, ""])
def test_another_hash_of_the_body_is_refused(sent) -> None:
    request = signed_by_botocore("POST", headers={"X-Amz-Content-SHA256": sent}, body=b"{}")
    refused = refusal(request, time_of(request))
    assert refused.code == "InvalidSignatureException"
    assert "x-amz-content-sha256" in refused.message


@pytest.mark.parametrize("separator", [",", " ", " , ", ",,  "])
def test_parameters_may_be_separated_by_commas_or_spaces(update, separator) -> None:
    request = with_authorization(update, ", ", separator if separator != ", " else ",")
    check_signature(request, SECRETS, SERVICES, time_of(update))


def test_an_unsigned_header_may_change_on_the_way(update) -> None:
    check_signature(with_header(update, "User-Agent", "x"), SECRETS, SERVICES, time_of(update))


def test_any_region_will_do() -> None:
    request = AWSRequest("GET", "http://localhost/jobs")
    SigV4Auth(Credentials(KEY_ID, SECRET), "iot", "the-moon-1").add_auth(request)
    received = as_received(request.prepare())
    check_signature(received, SECRETS, SERVICES, time_of(received))


SUITE = [
    # from the published Signature Version 4 test suite: method, target, headers, body, signature
    ("GET", "/", {}, b"", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
    (
        "GET",
        "/example1/example2/../..",
        {},
        b"",
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    ),
    (
        "GET",
        "/?Param2=value2&Param1=value1",
        {},
        b"",
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    ),
    (
        "GET",
        "/ሴ",
        {},
        b"",
        "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
    ),
    (
        "GET",
        "//example//",
        {},
        b"",
        "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84",
    ),
    (
        "GET",
        "/",
        {"My-Header1": " value1", "My-Header2": ' "a   b   c"'},
        b"",
        "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
    ),
    ("POST", "/", {}, b"", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
    (
        "POST",
        "/",
        {"Content-Type": "application/x-www-form-urlencoded"},
        b"Param1=value1",
        "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
    ),
]


@pytest.mark.parametrize(("method", "target", "headers", "body", "signature"), SUITE)
def test_the_published_vectors_are_accepted(method, target, headers, body, signature) -> None:
    names = ";".join(sorted([*(name.lower() for name in headers), "host", "x-amz-date"]))
    authorization = (
        f"AWS4-HMAC-SHA256 Credential={KEY_ID}/20150830/us-east-1/service/aws4_request, "
        f"SignedHeaders={names}, Signature={signature}"
    )
    request = SignedRequest(
        method,
        target,
        (
            ("Host", "example.amazonaws.com"),
            ("X-Amz-Date", "20150830T123600Z"),
            *headers.items(),
            ("Authorization", authorization),
        ),
        body,
    )
    now = datetime(2015, 8, 30, 12, 36, tzinfo=UTC).timestamp()
    check_signature(request, SECRETS, {"service"}, now)
    refused = refusal(replace(request, method="PUT"), now, services={"service"})
    assert refused.code == "InvalidSignatureException"


@pytest.mark.parametrize(
    "change",
    [
        lambda request: replace(request, method="PUT"),
        lambda request: replace(request, method="post"),
        lambda request: replace(request, target=request.target.replace("first", "second")),
        lambda request: replace(request, target=request.target.replace("%3A", ":")),
        lambda request: replace(request, target=request.target + "/"),
        lambda request: replace(request, target=request.target + "?a=1"),
        lambda request: replace(request, target=request.target.replace("%3A", "%253A")),
        lambda request: replace(request, body=request.body + b" "),
        lambda request: replace(request, body=b""),
        lambda request: with_header(request, "Host", "localhost:9143"),
        lambda request: with_header(request, "Host", None),
        lambda request: with_header(request, "Content-Type", "text/plain"),
        lambda request: with_header(request, "Content-Type", None),
        lambda request: with_header(request, "X-Amz-Security-Token", "another"),
        lambda request: with_header(request, "X-Amz-Security-Token", None),
        lambda request: with_header(request, "X-Amz-Target", "unsigned"),
        lambda request: with_authorization(request, "host;", ""),
        lambda request: with_authorization(request, ";x-amz-date", ""),
        lambda request: with_authorization(request, ";x-amz-date", ";x-amz-date;x-absent"),
        lambda request: with_authorization(request, "Signature=.*", "Signature=" + "0" * 64),
        lambda request: with_authorization(request, "Signature=.*", "Signature=é"),
        lambda request: with_authorization(request, "Signature=.*", "Signature=\udcff"),
        lambda request: with_authorization(request, "(Signature=.*).", r"\1"),
        lambda request: with_authorization(request, "eu-west-3", "eu-west-1"),
        lambda request: with_authorization(request, "iot-jobs-data", "iot"),
        lambda request: with_authorization(request, "iot-jobs-data", "iotdata"),
        lambda request: with_authorization(request, "aws4_request", "aws5_request"),
        lambda request: with_authorization(request, f"{KEY_ID}/[0-9]*", f"{KEY_ID}/20150830"),
        lambda request: with_authorization(request, KEY_ID, "AKIDOTHER"),
    ],
)
def test_what_was_changed_after_signing_is_refused(change, update, code) -> None:
    assert code(change(update)) == (403, "InvalidSignatureException")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("executionNumber=7", "executionNumber=8"),
        ("executionNumber=7", "executionNumber=7&executionNumber=7"),
        ("includeJobDocument=true", "includeJobDocument="),
        ("&executionNumber=7", ""),
        ("includeJobDocument=true&", ""),
        ("%24next", "first"),
    ],
)
def test_a_changed_query_is_refused(old, new, describe) -> None:
    check_signature(describe, SECRETS, SERVICES, time_of(describe))
    changed = replace(describe, target=describe.target.replace(old, new))
    assert changed != describe
    assert refusal(changed, time_of(describe)).code == "InvalidSignatureException"


def test_a_wrong_secret_is_refused_without_a_word_about_what_would_be_right(update) -> None:
    secrets = {KEY_ID: "not the one"}
    refused = refusal(update, time_of(update), secrets=secrets)
    assert (refused.http_status, refused.code) == (403, "InvalidSignatureException")
    assert refused.message.startswith("The request signature we calculated does not match")
    assert re.search("[0-9a-f]{64}", refused.message) is None
    assert re.search("[0-9a-f]{64}|Signature=|" + re.escape(TOKEN), repr(update)) is None


def test_an_unknown_key_is_refused(update) -> None:
    refused = refusal(update, time_of(update), secrets={})
    assert (refused.http_status, refused.code, refused.message) == (
        403,
        "UnrecognizedClientException",
        "The security token included in the request is invalid.",
    )


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer token", "AWS4-HMAC-SHA25 Credential=x", "AWS4-ECDSA-P256-SHA256 a=b", "é"],
)
def test_a_request_that_is_not_signed_is_refused(authorization, update, code) -> None:
    request = with_header(update, "Authorization", authorization)
    assert code(request) == (403, "MissingAuthenticationTokenException")


@pytest.mark.parametrize(
    "change",
    [
        lambda request: with_authorization(request, "Credential=[^,]*, ", ""),
        lambda request: with_authorization(request, "SignedHeaders=[^,]*, ", ""),
        lambda request: with_authorization(request, "SignedHeaders=[^,]*, ", "SignedHeaders= "),
        lambda request: with_authorization(request, ", Signature=.*", ""),
        lambda request: with_authorization(request, "Signature=.*", "Signature="),
        lambda request: with_authorization(request, "(Signature=.*)", r"\1, \1"),
        lambda request: with_authorization(request, "Credential=[^,]*", "Credential=a/b/c/d"),
        lambda request: with_authorization(request, "Credential=[^,]*", "Credential=a/b/c/d/e/f"),
        lambda request: with_authorization(request, "Credential=[^,]*", "Credential=a/b//d/e"),
        lambda request: with_header(request, "Authorization", "AWS4-HMAC-SHA256"),
        lambda request: replace(
            request, headers=(*request.headers, ("authorization", "AWS4-HMAC-SHA256 Signature=x"))
        ),
        lambda request: with_header(request, "X-Amz-Date", None),
        lambda request: with_header(request, "X-Amz-Date", ""),
        lambda request: with_header(request, "X-Amz-Date", "2015-08-30T12:36:00Z"),
        lambda request: with_header(request, "X-Amz-Date", "20150830T123600"),
        lambda request: with_header(request, "X-Amz-Date", "20150231T123600Z"),
        lambda request: with_header(request, "X-Amz-Date", "00000101T000000Z"),
        lambda request: with_header(request, "X-Amz-Date", "Sun, 30 Aug 2015 12:36:00 GMT"),
        lambda request: with_header(request, "X-Amz-Date", "\u0662\u0660150830T123600Z"),
    ],
)
def test_an_incomplete_signature_is_refused(change, update, code) -> None:
    assert code(change(update)) == (400, "IncompleteSignatureException")


def test_all_that_is_missing_is_told_at_once(update) -> None:
    bare = with_header(with_header(update, "X-Amz-Date", None), "Authorization", "AWS4-HMAC-SHA256")
    assert refusal(bare, time_of(update)).message == (
        "Authorization header requires 'Credential' parameter. "
        "Authorization header requires 'Signature' parameter. "
        "Authorization header requires 'SignedHeaders' parameter. "
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
    )


def signed_at_noon(now: float) -> ServiceError:
    """What a request of 12:00:00 is answered."""
    date = "20261123T120000Z"
    authorization = (
        f"AWS4-HMAC-SHA256 Credential=nobody/{date[:8]}/r/iot/aws4_request, "
        "SignedHeaders=host;x-amz-date, Signature=x"
    )
    request = SignedRequest(
        "GET",
        "/jobs",
        (
            ("Host", "localhost"),
            ("X-Amz-Date", date),
            ("Authorization", authorization),
        ),
        b"",
    )
    return refusal(request, now)


def test_a_signature_is_good_for_five_minutes_either_way() -> None:
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC).timestamp()
    for now in (noon - 300, noon, noon + 300, noon + 300.9):
        assert signed_at_noon(now).code == "UnrecognizedClientException"
    late, early = signed_at_noon(noon + 301), signed_at_noon(noon - 300.1)
    assert (late.http_status, late.code) == (403, "InvalidSignatureException")
    assert (early.http_status, early.code) == (403, "InvalidSignatureException")
    assert late.message == (
        "Signature expired: 20261123T120000Z is now earlier than 20261123T120001Z "
        "(20261123T120501Z - 5 min.)"
    )
    assert early.message == (
        "Signature not yet current: 20261123T120000Z is still later than 20261123T115959Z "
        "(20261123T115459Z + 5 min.)"
    )


def test_all_that_is_wrong_with_the_scope_is_told_at_once(update) -> None:
    wrong = with_authorization(
        update, "/[0-9]{8}/(.*)/iot-jobs-data/aws4_request", r"/20150830/\1/iotdata/aws5_request"
    )
    sent = update.header("x-amz-date")
    assert refusal(wrong, time_of(update)).message == (
        "Credential should be scoped to correct service: 'iot' or 'iot-jobs-data'. "
        "Credential should be scoped with a valid terminator: 'aws4_request'. "
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date "
        f"from HTTP: '{sent[:8]}', from '{sent}'."
    )


def test_a_request_for_the_other_service_is_refused(update) -> None:
    refused = refusal(update, time_of(update), services=frozenset({"iot"}))
    assert (refused.http_status, refused.code, refused.message) == (
        403,
        "InvalidSignatureException",
        "Credential should be scoped to correct service: 'iot'.",
    )


def test_signatures_are_compared_in_constant_time(update, monkeypatch) -> None:
    compared = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return one == other

    monkeypatch.setattr(hmac, "compare_digest", compare)
    check_signature(update, SECRETS, SERVICES, time_of(update))
    assert [len(signature) for pair in compared for signature in pair] == [64, 64]


# also halves of surrogate pairs: servers make the second one of octets that are not UTF-8
TEXT = st.text(st.characters() | st.sampled_from("\ud800\udcff%?&=/. "), max_size=20)
SCOPES = st.lists(st.sampled_from(["AKIDEXAMPLE", "20261123", "iot", "aws4_request", "", "é"]))
DATES = st.sampled_from(["20261123T120000Z", "20261123T126000Z", "Mon, 31 Feb 2026 12:00:00 GMT"])
AUTHORIZATIONS = st.builds(
    "AWS4-HMAC-SHA256 Credential={}, SignedHeaders={}, Signature={}".format,
    SCOPES.map("/".join) | st.just("AKIDEXAMPLE/20261123/r/iot/aws4_request") | TEXT,
    st.just("host;x-amz-date") | TEXT,
    TEXT,
)
HEADERS = st.lists(
    st.tuples(st.sampled_from(["Authorization", "authorization"]), AUTHORIZATIONS | TEXT)
    | st.tuples(st.sampled_from(["X-Amz-Date", "Date"]), DATES | TEXT)
    | st.tuples(st.sampled_from(["Host", "x-amz-content-sha256"]), TEXT)
    | st.tuples(TEXT, TEXT),
    max_size=5,
).map(tuple)


@settings(max_examples=300, deadline=None)
@given(request=st.builds(SignedRequest, TEXT, TEXT, HEADERS, st.binary(max_size=5)))
def test_no_request_whatsoever_gives_anything_but_a_refusal(request) -> None:
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC).timestamp()
    assert refusal(request, noon).http_status in {400, 403}


@settings(max_examples=300, deadline=None)
@given(target=TEXT, method=TEXT, note=TEXT)
def test_no_part_of_a_well_formed_request_breaks_the_check(target, method, note) -> None:
    credential = "Credential=AKIDEXAMPLE/20261123/r/iot/aws4_request"
    headers = (
        ("Host", "localhost"),
        ("X-Amz-Date", "20261123T120000Z"),
        ("Note", note),
        (
            "Authorization",
            f"AWS4-HMAC-SHA256 {credential}, SignedHeaders=host;note;x-amz-date, Signature=x",
        ),
    )
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC).timestamp()
    refused = refusal(SignedRequest(method, target, headers, b""), noon)
    assert refused.message.startswith("The request signature we calculated does not match")


def test_the_body_that_was_signed_holds_what_was_meant(update) -> None:
    assert json.loads(update.body)["statusDetails"] == {"step": "ünïcödé ☃ 漢字"}
    assert update.target == "/things/gw%3A1/jobs/first"
