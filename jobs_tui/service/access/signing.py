"""Signs requests as the SDK does, but reckons nothing twice that stays the same.

A signature is about an eighth of the CPU that a call costs.
"""

import hmac
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from aiobotocore.session import AioSession
from botocore.auth import AUTH_TYPE_MAPS, SIGNED_HEADERS_BLACKLIST, SigV4Auth
from botocore.awsrequest import AWSRequest, HTTPHeaders

PLAIN = "v4"
"""The SDK's name of the signature that the service takes."""

REMEMBERING = "v4-jobs-tui"
"""The name under which the SDK finds the same, made here."""


class RememberingSigV4Auth(SigV4Auth):  # type: ignore[misc]
    """Signs one request: the SDK makes one of these for each."""

    def __init__(self, credentials: Any, service_name: str, region_name: str) -> None:
        super().__init__(credentials, service_name, region_name)
        self._signed: Any = None

    def add_auth(self, request: Any) -> None:
        """Sign a request, also one that was signed before."""
        self._signed = None
        super().add_auth(request)

    def headers_to_sign(self, request: Any) -> Any:
        """Select the headers once: the SDK asks for them before it signs and after."""
        if self._signed is None:
            self._signed = signed = HTTPHeaders()
            for name, value in request.headers.items():
                if (lower := name.lower()) not in SIGNED_HEADERS_BLACKLIST:
                    signed[lower] = value
            if "host" not in signed:
                signed["host"] = _host("/".join(request.url.split("/", 3)[:3]))
        return self._signed

    def signature(self, string_to_sign: str, request: Any) -> str:
        """Sign with the key that holds for a day."""
        day = request.context["timestamp"][:8]
        key = _key(self.credentials.secret_key, day, self._region_name, self._service_name)
        return hmac.digest(key, string_to_sign.encode(), "sha256").hex()


def sign_by_key_of_the_day(session: AioSession, service: str) -> None:
    """Make the clients of a session sign what they would sign anyway with a key that is kept.

    `service` is its name in the names of the SDK's events.
    """
    AUTH_TYPE_MAPS[REMEMBERING] = RememberingSigV4Auth
    session.register(f"choose-signer.{service}", _choose, unique_id=f"jobs-tui signer {service}")


def _choose(signature_version: object, context: Mapping[str, Any], **_: object) -> str | None:
    """Handle `choose-signer`: leave to the SDK whatever is not the plain signature."""
    if (
        signature_version != PLAIN
        or context.get("auth_type") not in (None, PLAIN)
        or context.get("unsigned_payload")
        or getattr(context.get("client_config"), "auth_scheme_preference", None)
    ):
        return None
    return REMEMBERING


@lru_cache(maxsize=4)
def _host(origin: str) -> str:
    """The header in which an endpoint is named, as the SDK makes it of a URL."""
    plain = SigV4Auth(None, "", "")
    return str(plain.headers_to_sign(AWSRequest("GET", origin))["host"])


@lru_cache(maxsize=2)
def _key(secret: str, day: str, region: str, service: str) -> bytes:
    """The key for a day, a region and a service; two, since midnight has another before it."""
    key = f"AWS4{secret}".encode()
    for part in (day, region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
