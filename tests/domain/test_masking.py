"""What a presigned URL grants is hidden in every way of writing it, and nothing else is touched."""

import json
import string
import time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs_tui.domain.masking import MASK, mask

X_AMZ_NAMES = (
    "X-Amz-Signature",
    "X-Amz-Security-Token",
    "X-Amz-Credential",
    "X-Amz-S3session-Token",
)
NAMES = (*X_AMZ_NAMES, "Signature", "AWSAccessKeyId", "Key-Pair-Id", "Policy")

SIGV4_URL = (
    "https://firmware.s3.eu-west-1.amazonaws.com/bundle.raucb?X-Amz-Algorithm=AWS4-HMAC-SHA256"
    "&X-Amz-Credential={0}&X-Amz-Date=20261123T101112Z&X-Amz-Expires=3600"
    "&X-Amz-Security-Token={1}&X-Amz-SignedHeaders=host&X-Amz-Signature={2}"
)
SIGV4_SECRETS = (
    "ASIAIOSFODNN7EXAMPLE%2F20261123%2Feu-west-1%2Fs3%2Faws4_request",
    "IQoJb3JpZ2luX2VjEA0aDGV1%2BWNlbnRyYWw%3D%3D",
    "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
)

BEFORE = (
    "https://b.s3.amazonaws.com/k?",
    "https://b.s3.amazonaws.com/k?versionId=3&",
    '{"url": "https:\\/\\/b.s3.amazonaws.com\\/k?',
    '{"url": "https://b.s3.amazonaws.com/k?a=1\\u0026',
    "curl 'https://b.s3.amazonaws.com/k?a=1&amp;",
    "https://proxy/?to=https%3A%2F%2Fb.s3.amazonaws.com%2Fk%3F",
    "https://proxy/?to=https%253A%252F%252Fb%252Fk%253Fa%253D1%2526",
    '{"text": "{\\"url\\": \\"https://b.s3.amazonaws.com/k?a=1\\\\u0026',
    "früher ?",
)
AFTER = (
    "",
    " -o bundle",
    "\n",
    "&X-Amz-Expires=300",
    "&amp;x=1",
    "#part",
    '"}',
    '\\"}"}',
    "'",
    ",/tmp/file",
    ")",
    "\\u0026x=1",
    "\\u0022",
    "\\n",
    "%26x%3D1",
    "%2526x%253D1",
    "%22",
)


def every_way_of_writing(character: str) -> st.SearchStrategy[str]:
    code = f"{ord(character):02x}"
    return st.sampled_from(
        [
            character,
            character.swapcase(),
            f"%{code}",
            f"%{code.upper()}",
            f"%25{code}",
            f"%2525{code}",
            f"\\u00{code}",
            f"\\\\u00{code.upper()}",
            f"\\u0025{code}",
            f"%\\u003{code[0]}{code[1]}",
        ]
    )


def written(text: str) -> st.SearchStrategy[str]:
    return st.tuples(*map(every_way_of_writing, text)).map("".join)


def parameters() -> st.SearchStrategy[str]:
    """A name and an equals sign, each character of them plain or escaped."""
    return st.sampled_from(NAMES).flatmap(
        lambda name: st.one_of(st.just(f"{name}="), written(f"{name}="))
    )


SECRETS = st.text(string.ascii_letters + string.digits + "+/=_~.-", min_size=1).flatmap(
    lambda secret: st.sampled_from(
        [
            secret,
            quote(secret, safe=""),
            quote(quote(secret, safe=""), safe=""),
            secret.replace("/", "\\/"),
            secret.replace("=", "\\u003d"),
        ]
    )
)


@given(st.sampled_from(BEFORE), parameters(), SECRETS, st.sampled_from(AFTER))
def test_a_planted_secret_is_replaced_and_what_is_around_it_stays(
    before: str, parameter: str, secret: str, after: str
) -> None:
    text = before + parameter + secret + after
    assert mask(text) == before + parameter + MASK + after


PIECES = (
    *("=", "&", "?", "%", "%26", "%3D", "25", "3d", "\\", "\\u0026", "u003d", "\\/", "/", '"'),
    *('": "', ":", " ", "\n", ";", "&amp;", "a", "é", "x-amz-signature=", MASK, MASK[0]),
)
JUNK = st.one_of(st.text(), st.lists(st.sampled_from(NAMES + PIECES)).map("".join))


@given(JUNK)
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.text())
def test_a_text_without_the_parameters_is_untouched(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20261123T101112Z&X-Amz-Expires=60",
        "https://b/k?X-Amz-SignedHeaders=host&X-Amz-Signatures=3",
        "https://b/k?signatures=3&policy-id=4&assignature=5&resign=6",
        "https://b/k?X-Amz-Signature=&X-Amz-Credential=",
        '{"signature": "MEQCIF2QDvww1G==", "policy": "strict", "sig-sha256-ecdsa": "MEQ="}',
        "--Signature=detached Policy=strict",
        "X-Amz-Signature is the last parameter",
        "${aws:iot:s3-presigned-url:https://firmware.s3.amazonaws.com/bundle.raucb}",
        "50 % of \\u00e9 and \\\\server\\share",
    ],
)
def test_what_only_looks_like_a_parameter_is_untouched(text: str) -> None:
    assert mask(text) == text


def test_a_signature_version_4_url_keeps_all_but_its_three_secrets() -> None:
    assert mask(SIGV4_URL.format(*SIGV4_SECRETS)) == SIGV4_URL.format(MASK, MASK, MASK)


def test_a_signature_version_4_url_is_masked_within_json_within_json() -> None:
    document = json.dumps({"url": SIGV4_URL.format(*SIGV4_SECRETS)})
    for _ in range(3):
        document = json.dumps(document).replace("&", "\\u0026").replace("=", "\\u003d")
        assert mask(document).count(MASK) == 3
        assert not any(secret in mask(document) for secret in SIGV4_SECRETS)


def test_a_signature_version_4_url_is_masked_within_urls() -> None:
    url = SIGV4_URL.format(*SIGV4_SECRETS)
    for _ in range(3):
        url = "https://proxy/fetch?of=" + quote(url, safe="") + "&then=reboot"
        assert mask(url).count(MASK) == 3
        assert mask(url).endswith("&then=reboot")
        assert SIGV4_SECRETS[2] not in mask(url)


def test_a_signature_version_2_url_is_masked() -> None:
    assert (
        mask(
            "https://b/k?AWSAccessKeyId=AKIDEXAMPLE&Signature=vjbyPxybdZaNmGa%3D&Expires=1175139620"
        )
        == f"https://b/k?AWSAccessKeyId={MASK}&Signature={MASK}&Expires=1175139620"
    )


def test_a_cloudfront_url_is_masked() -> None:
    assert (
        mask(
            "https://d111.cloudfront.net/i?s=1&Policy=eyJTdGF0_Q__&Signature=n~-itf&Key-Pair-Id=K2J"
        )
        == f"https://d111.cloudfront.net/i?s=1&Policy={MASK}&Signature={MASK}&Key-Pair-Id={MASK}"
    )


def test_a_url_in_html_is_masked() -> None:
    assert (
        mask("?a=1&amp;Policy=eyJ&amp;Signature=n")
        == f"?a=1&amp;Policy={MASK}&amp;Signature={MASK}"
    )


def test_a_query_that_stands_apart_from_its_host_is_masked() -> None:
    assert mask("X-Amz-Signature=abc") == f"X-Amz-Signature={MASK}"
    assert mask('"AWSAccessKeyId=AK&Signature=x"') == f'"AWSAccessKeyId={MASK}&Signature={MASK}"'


@pytest.mark.parametrize("name", X_AMZ_NAMES)
def test_the_fields_of_a_presigned_post_are_masked(name: str) -> None:
    fields = json.dumps({"fields": {name: "secret", "key": "logs/1"}})
    assert mask(fields) == fields.replace("secret", MASK)
    within_json = json.dumps(fields)
    assert mask(within_json) == within_json.replace("secret", MASK)


def test_the_mask_does_not_tell_how_long_the_secret_is() -> None:
    assert mask("?X-Amz-Signature=a") == mask("?X-Amz-Signature=" + "a" * 1000)


MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        pytest.param("&", marks=pytest.mark.slow),
        "%",
        pytest.param("%25", marks=pytest.mark.slow),
        pytest.param("%41", marks=pytest.mark.slow),
        "\\",
        pytest.param("\\/", marks=pytest.mark.slow),
        pytest.param("\\u0025", marks=pytest.mark.slow),
        "X-Amz-",
        "X-Amz-Signature",
        pytest.param("&X-Amz-Signature=", marks=pytest.mark.slow),
        pytest.param("&X-Amz-Signature=a", marks=pytest.mark.slow),
        'X-Amz-Signature"   ',
        'X-Amz-Signature" : \\\\\\',
        pytest.param("?Policy=\\u0026", marks=pytest.mark.slow),
    ],
)
def test_a_megabyte_made_to_be_slow_is_not(unit: str) -> None:
    started = time.process_time()
    mask("X-Amz-Signature=" + unit * (MEGABYTE // len(unit)))
    mask('X-Amz-Signature"' + unit * (MEGABYTE // len(unit)))
    assert time.process_time() - started < 5
