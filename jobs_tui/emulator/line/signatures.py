"""Whether a request is signed as AWS Signature Version 4 wants it, in its Authorization header.

The algorithm is that of the IAM user guide, "Create a signed AWS API request"; the codes, the
messages and the order of the checks are those of the live services. What is free text in a request
is not repeated in a message, where the live services repeat the whole header.
"""

import hashlib
import hmac
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import reduce
from typing import Self
from urllib.parse import quote, unquote_to_bytes

from jobs_tui.emulator.rules.service_error import ServiceError

VALID_MINUTES = 5
"""How far the time of a signature may be from ours, either way."""

_ALGORITHM = "AWS4-HMAC-SHA256"
_TERMINATOR = "aws4_request"
_TIME = "%Y%m%dT%H%M%SZ"
_ISO_8601_BASIC = re.compile(r"[0-9]{8}T[0-9]{6}Z")
_HTTP_DATE = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4} "
    r"[0-9]{2}:[0-9]{2}:[0-9]{2} (?:GMT|-0000|\+0000)"
)


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request as it came over the line: nothing decoded, nothing decompressed."""

    method: str
    target: str
    """Path and query, still percent-encoded."""
    headers: Sequence[tuple[str, str]] = field(repr=False)
    """In the order received; a name may come more than once."""
    body: bytes = field(repr=False)

    def header(self, name: str) -> str | None:
        """The value as it is signed: trimmed, spaces folded, several joined by commas.

        None if the request has no such header. The name is in lower case.
        """
        values = [" ".join(value.split()) for other, value in self.headers if other.lower() == name]
        return ",".join(values) if values else None


@dataclass(frozen=True, slots=True)
class _Scope:
    """A credential, taken apart: who signed, and what the signature is good for."""

    key_id: str
    date: str
    region: str
    service: str
    terminator: str

    @classmethod
    def parse(cls, credential: str) -> Self:
        elements = credential.split("/")
        if len(elements) != 5 or not all(elements):
            raise _incomplete(
                "Credential must have exactly 5 slash-delimited elements, "
                "e.g. keyid/date/region/service/term"
            )
        return cls(*elements)

    def __str__(self) -> str:
        return f"{self.date}/{self.region}/{self.service}/{self.terminator}"


@dataclass(frozen=True, slots=True)
class _Authorization:
    """The three parameters of the Authorization header."""

    credential: str
    signed_headers: tuple[str, ...]
    """In lower case and sorted, as they are signed."""
    signature: str = field(repr=False)


def check_signature(
    request: SignedRequest, secrets: Mapping[str, str], services: Collection[str], now: float
) -> None:
    """Refuse a request that none of the keys has signed for one of the services.

    `secrets` has the secret access key of each access key id, `services` the accepted signing names
    and `now` is in seconds since the epoch. The region is not judged, and a session token is a
    header like others. Raises ServiceError: IncompleteSignatureException with the HTTP status 400,
    as the common errors of the API references say, all others with 403.
    """
    authorization = _authorization(request)
    signed_at = _signed_at(request)
    _check_time(signed_at, int(now))
    _check_signed_headers(request, authorization.signed_headers)
    scope = _Scope.parse(authorization.credential)
    _check_scope(scope, services, signed_at)
    secret = secrets.get(scope.key_id)
    if secret is None:
        raise ServiceError(
            403,
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
        )
    body_hash = hashlib.sha256(request.body).hexdigest()
    if request.header("x-amz-content-sha256") not in {None, body_hash}:
        raise _invalid("The header x-amz-content-sha256 is not the SHA-256 of the request body.")
    try:
        canonical = _canonical_request(request, authorization.signed_headers, body_hash)
        text = f"{_ALGORITHM}\n{signed_at:{_TIME}}\n{scope}\n{_sha256(canonical)}"
        expected = _signature(secret, scope, text)
        matches = hmac.compare_digest(expected.encode(), _octets(authorization.signature))
    except UnicodeEncodeError:
        # half a surrogate pair, which no line carries: nothing that could have been signed
        matches = False
    if not matches:
        raise _invalid(
            "The request signature we calculated does not match the signature you provided. "
            "Check your AWS Secret Access Key and signing method. "
            "Consult the service documentation for details."
        )


def _incomplete(message: str) -> ServiceError:
    return ServiceError(400, "IncompleteSignatureException", message)


def _invalid(message: str) -> ServiceError:
    return ServiceError(403, "InvalidSignatureException", message)


def _authorization(request: SignedRequest) -> _Authorization:
    algorithm, _, rest = (request.header("authorization") or "").partition(" ")
    if algorithm != _ALGORITHM:
        raise ServiceError(
            403, "MissingAuthenticationTokenException", "Missing Authentication Token"
        )
    # the services take commas, spaces or both between the parameters
    parameters = [part.partition("=") for part in re.split("[, ]+", rest) if part]
    values = {name: value for name, _, value in parameters}
    if len(values) != len(parameters):
        raise _incomplete("Authorization header has a parameter more than once.")
    missing = [
        f"Authorization header requires '{name}' parameter."
        for name in ("Credential", "Signature", "SignedHeaders")
        if not values.get(name)
    ]
    if request.header("x-amz-date") is None and request.header("date") is None:
        missing.append(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
        )
    if missing:
        raise _incomplete(" ".join(missing))
    signed_headers = sorted(set(values["SignedHeaders"].lower().split(";")))
    return _Authorization(values["Credential"], tuple(signed_headers), values["Signature"])


def _signed_at(request: SignedRequest) -> datetime:
    """X-Amz-Date or, without it, Date, which may also be a date of HTTP."""
    amz_date = request.header("x-amz-date")
    sent = amz_date if amz_date is not None else request.header("date") or ""
    try:
        if _ISO_8601_BASIC.fullmatch(sent):
            return datetime.strptime(sent, _TIME).replace(tzinfo=UTC)
        if amz_date is None and _HTTP_DATE.fullmatch(sent):
            return parsedate_to_datetime(sent).replace(tzinfo=UTC)
    except ValueError:
        pass
    raise _incomplete("Date must be in ISO-8601 'basic format', as in 20150830T123600Z.")


def _check_time(signed_at: datetime, now: int) -> None:
    difference = int(signed_at.timestamp()) - now
    allowed = 60 * VALID_MINUTES
    if abs(difference) <= allowed:
        return
    ours = f"{datetime.fromtimestamp(now, UTC):{_TIME}}"
    if difference < 0:
        earliest = f"{datetime.fromtimestamp(now - allowed, UTC):{_TIME}}"
        raise _invalid(
            f"Signature expired: {signed_at:{_TIME}} is now earlier than {earliest} "
            f"({ours} - {VALID_MINUTES} min.)"
        )
    latest = f"{datetime.fromtimestamp(now + allowed, UTC):{_TIME}}"
    raise _invalid(
        f"Signature not yet current: {signed_at:{_TIME}} is still later than {latest} "
        f"({ours} + {VALID_MINUTES} min.)"
    )


def _check_signed_headers(request: SignedRequest, signed: Collection[str]) -> None:
    """The user guide wants host and every header x-amz-* signed, others as the signer likes."""
    if "host" not in signed:
        raise _invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
    if any(
        name.lower().startswith("x-amz-") and name.lower() not in signed
        for name, _ in request.headers
    ):
        raise _invalid(
            "Every header 'X-Amz-*' of a request must be a 'SignedHeader' in the AWS Authorization."
        )


def _check_scope(scope: _Scope, services: Collection[str], signed_at: datetime) -> None:
    wrong = []
    if scope.service not in services:
        names = " or ".join(f"'{name}'" for name in sorted(services))
        wrong.append(f"Credential should be scoped to correct service: {names}.")
    if scope.terminator != _TERMINATOR:
        wrong.append(f"Credential should be scoped with a valid terminator: '{_TERMINATOR}'.")
    if scope.date != f"{signed_at:%Y%m%d}":
        wrong.append(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date "
            f"from HTTP: '{signed_at:%Y%m%d}', from '{signed_at:{_TIME}}'."
        )
    if wrong:
        raise _invalid(" ".join(wrong))


def _canonical_request(request: SignedRequest, signed: Iterable[str], body_hash: str) -> str:
    path, _, query = request.target.partition("?")
    headers = [(name, request.header(name)) for name in signed]
    return "\n".join(
        [
            request.method,
            _canonical_path(path),
            _canonical_query(query),
            # one that is signed and does not come leaves no line: nothing can have been signed so
            *(f"{name}:{value}" for name, value in headers if value is not None),
            "",
            ";".join(name for name, _ in headers),
            body_hash,
        ]
    )


def _canonical_path(path: str) -> str:
    """Without dot segments and empty ones, and encoded once more, as for all services but S3."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in {"", "."}:
            kept.append(segment)
    end = "/" if kept and path.endswith("/") else ""
    return quote(_octets(f"/{'/'.join(kept)}{end}"), safe="/")


def _canonical_query(query: str) -> str:
    """Each name and value encoded alike, whatever their sender encoded, and sorted."""
    pairs = (part.partition("=") for part in query.split("&") if part)
    return "&".join(
        f"{name}={value}"
        for name, value in sorted(
            (_encoded_alike(name), _encoded_alike(value)) for name, _, value in pairs
        )
    )


def _encoded_alike(text: str) -> str:
    return quote(unquote_to_bytes(_octets(text)), safe="")


def _signature(secret: str, scope: _Scope, text: str) -> str:
    steps = (scope.date, scope.region, scope.service, scope.terminator)
    key = reduce(_hmac, steps, _octets(f"AWS4{secret}"))
    return _hmac(key, text).hex()


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, _octets(text), "sha256")


def _sha256(text: str) -> str:
    return hashlib.sha256(_octets(text)).hexdigest()


def _octets(text: str) -> bytes:
    """What went over the line; a server keeps octets that are not UTF-8 as lone surrogates."""
    return text.encode("utf-8", "surrogateescape")
