"""Presigned URLs for the placeholders in job documents, made up anew at each fetch.

They look like those of Amazon S3 and open nothing: credential, token and signature are random and
say that they are fake.
"""

import re
from datetime import UTC, datetime
from random import Random
from urllib.parse import quote

_PLACEHOLDER = re.compile(r'\$\{aws:iot:s3-presigned-url(?:-v2)?:([^"}]*)\}')
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def fill_placeholders(document: str, now: float, valid_seconds: int, random: Random) -> str:
    """The document with a URL for each `${aws:iot:s3-presigned-url:...}`, also of version 2."""

    def presigned(placeholder: re.Match[str]) -> str:
        return _presigned(placeholder[1], now, valid_seconds, random)

    return _PLACEHOLDER.sub(presigned, document)


def _presigned(url: str, now: float, valid_seconds: int, random: Random) -> str:
    moment = datetime.fromtimestamp(now, UTC)
    key = "ASIAFAKE" + "".join(random.choices(_LETTERS, k=12))
    parameters = {
        "X-Amz-Security-Token": "FakeToken" + "".join(random.choices(_LETTERS, k=87)),
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Date": f"{moment:%Y%m%dT%H%M%SZ}",
        "X-Amz-SignedHeaders": "host",
        "X-Amz-Expires": str(valid_seconds),
        "X-Amz-Credential": f"{key}/{moment:%Y%m%d}/us-east-1/s3/aws4_request",
        "X-Amz-Signature": f"facade{random.getrandbits(232):058x}",
    }
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in parameters.items())
    return f"{url}{'&' if '?' in url else '?'}{query}"
