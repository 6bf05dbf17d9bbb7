"""Presigned URLs are found in whatever text, with the moment at which they expire."""

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs_tui.domain.presigned_url import presigned_urls

SIGNED = datetime(2026, 11, 23, 10, 11, 12, tzinfo=UTC).timestamp()
DATED = "X-Amz-Date=20261123T101112Z"
URL = f"https://b.s3.amazonaws.com/a,b/k?{DATED}&X-Amz-Expires=300&X-Amz-Signature=5ec7e7"


def expiries(text: str) -> list[float | None]:
    return [url.expires_at for url in presigned_urls(text)]


def test_a_signature_version_4_url_expires_so_many_seconds_after_its_date_in_utc() -> None:
    assert expiries(URL) == [SIGNED + 300]


def test_a_signature_version_2_url_says_when_it_expires() -> None:
    assert expiries("https://b/k?AWSAccessKeyId=AK&Signature=x%3D&Expires=1175139620") == [
        1175139620
    ]


def test_a_cloudfront_url_with_a_canned_policy_says_when_it_expires() -> None:
    assert expiries("https://d.net/i?Expires=1767290400&Signature=n~&Key-Pair-Id=K2") == [
        1767290400
    ]


def test_a_cloudfront_url_with_a_custom_policy_is_found_without_its_end() -> None:
    assert expiries("https://d.net/i?Policy=eyJ_&Signature=n~&Key-Pair-Id=K2") == [None]


@pytest.mark.parametrize(
    "text",
    [
        f"curl -o /data/x '{URL}' && reboot",
        f"/data/x,{URL},/data/y",
        f"<{URL}>",
        f"$(curl {URL}); echo",
        json.dumps({"steps": [{"args": ["https://plain/x", URL]}]}),
        json.dumps(json.dumps({"url": URL})),
        json.dumps({"url": URL}).replace("&", "\\u0026").replace("=", "\\u003d"),
        json.dumps({"url": URL}).replace("/", "\\/"),
        URL.replace("&", "&amp;"),
        URL.replace("https", "HTTP").replace("X-Amz", "x-amz"),
        f"https://proxy/?of={URL}",
        f"https://plain/{URL}#part",
    ],
)
def test_the_url_is_found_in(text: str) -> None:
    assert expiries(text) == [SIGNED + 300]


def test_the_url_is_given_as_a_client_would_use_it() -> None:
    document = json.dumps({"url": URL}).replace("/", "\\/").replace("&", "\\u0026")
    assert [found.url for found in presigned_urls(document)] == [URL]


def test_the_url_is_not_in_the_representation() -> None:
    assert "5ec7e7" not in repr(presigned_urls(URL))


def test_each_url_has_its_own_end_in_their_order() -> None:
    later = URL.replace("X-Amz-Expires=300", "X-Amz-Expires=3600")
    assert expiries(f"{later} {URL}{later}") == [SIGNED + 3600, SIGNED + 300, SIGNED + 3600]


@pytest.mark.parametrize(
    "query",
    [
        "X-Amz-Signature=x",
        f"{DATED}&X-Amz-Signature=x",
        "X-Amz-Expires=300&X-Amz-Signature=x",
        "X-Amz-Date=20261332T101112Z&X-Amz-Expires=300&X-Amz-Signature=x",
        "X-Amz-Date=20260230T101112Z&X-Amz-Expires=300&X-Amz-Signature=x",
        "X-Amz-Date=00000000T000000Z&X-Amz-Expires=300&X-Amz-Signature=x",
        "X-Amz-Date=2026-11-23&X-Amz-Expires=300&X-Amz-Signature=x",
        "X-Amz-Date=²0261123T101112Z&X-Amz-Expires=300&X-Amz-Signature=x",
        f"{DATED}&X-Amz-Expires=soon&X-Amz-Signature=x",
        f"{DATED}&X-Amz-Expires=-5&X-Amz-Signature=x",
        f"{DATED}&X-Amz-Expires={'9' * 5000}&X-Amz-Signature=x",
        "AWSAccessKeyId=AK&Signature=x&Expires=never",
    ],
)
def test_an_end_that_is_missing_or_illegible_is_unknown(query: str) -> None:
    assert expiries(f"https://b/k?{query}") == [None]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://b/k",
        f"https://b/k?{DATED}&X-Amz-Expires=300",
        "https://b/k?Signature=x&Expires=1175139620",
        "${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/k?versionId=1}",
        f"https://plain/x {DATED}&X-Amz-Expires=300&X-Amz-Signature=x",
        f"b/k?{DATED}&X-Amz-Expires=300&X-Amz-Signature=x",
    ],
)
def test_what_is_not_signed_or_no_url_is_not_found(text: str) -> None:
    assert presigned_urls(text) == ()


PIECES = (
    *(
        "https://",
        "b",
        "?",
        "&",
        "=",
        "%",
        "\\",
        "\\u0026",
        "\\ud800",
        " ",
        '"',
        ",",
        "9",
        "Expires",
    ),
    *("X-Amz-Date", "X-Amz-Expires", "X-Amz-Signature", "20261123T101112Z"),
)


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_can_be_searched(text: str) -> None:
    for found in presigned_urls(text):
        assert found.url.lower().startswith("http")


MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "unit",
    [
        *("https://", "https://a?", "https://a?&", "&", "\\", "\\u0026", f"{URL} "),
        *(pytest.param(each, marks=pytest.mark.slow) for each in ("%", "a=1&")),
    ],
)
def test_a_megabyte_made_to_be_slow_is_not(unit: str) -> None:
    started = time.process_time()
    presigned_urls("https://a?" + unit * (MEGABYTE // len(unit)))
    assert time.process_time() - started < 5
