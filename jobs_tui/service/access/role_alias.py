"""Asks the AWS IoT credential provider for keys, by the certificate of a device.

Developer guide, "Authorizing direct calls to AWS services using AWS IoT Core credential provider":
GET /role-aliases/NAME/credentials over mutual TLS; the header x-amzn-iot-thingname names the thing
for policies with thing variables.
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from botocore.awsrequest import AWSRequest
from botocore.utils import get_environ_proxies

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.logged import decided
from jobs_tui.domain.outcome import Failure, NotAllowed, Throttled, Unreachable, word_of
from jobs_tui.domain.traffic import Traffic
from jobs_tui.service.access.counted_sockets import counted_sockets
from jobs_tui.service.access.http_session import BoundedHTTPSession
from jobs_tui.service.answers import errors
from jobs_tui.service.answers.answer_body import json_object
from jobs_tui.service.answers.bad_reply import BadReply
from jobs_tui.service.answers.call import Call
from jobs_tui.service.answers.foreign_text import one_line
from jobs_tui.service.answers.told_error import ToldError
from jobs_tui.service.endpoint import InvalidEndpointError, check_endpoint, host_of
from jobs_tui.service.settings import RoleAlias

_ASK_FOR_THE_HOST = (
    "`aws iot describe-endpoint --endpoint-type iot:CredentialProvider` tells the host"
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TemporaryKeys:
    """Keys for a while."""

    access_key_id: str
    secret_access_key: str = field(repr=False)
    session_token: str = field(repr=False)
    lifetime: float
    """Seconds from the moment they came, by the provider's own clock."""


def _provider_url(alias: RoleAlias) -> str:
    """The URL of the credential provider, which may be given as a bare host.

    Raises ToldError for one that is none, or that is not asked over TLS.
    """
    given = alias.endpoint_url
    url = given if _SCHEME.match(given) else f"https://{given}"
    try:
        check_endpoint(url)
    except InvalidEndpointError:
        good = False
    else:
        parts = urlsplit(url)
        good = parts.scheme == "https" and parts.path in {"", "/"} and not parts.query
    if not good:
        raise ToldError(
            Unreachable(
                "the URL of the credential provider is not https://HOST",
                _ASK_FOR_THE_HOST,
            )
        )
    return url.rstrip("/")


class CredentialProvider:
    """The credential provider of one account, asked for one role alias."""

    def __init__(
        self,
        alias: RoleAlias,
        *,
        verify: bool | str,
        time_limit: float,
        clock: Clock,
        traffic: Traffic | None = None,
    ) -> None:
        """Make ready to ask; raises ToldError for a URL that cannot be asked.

        Args:
            alias: whom to ask for what, and the certificate to show; its files are good.
            verify: the file of authorities to trust, or True for those that the SDK trusts.
            time_limit: seconds in all for one question.
            clock: tells the moment of an answer that has no date.
            traffic: where the bytes are counted.
        """
        self._alias = alias
        self.url = _provider_url(alias)
        """Without a path."""
        self._verify = verify
        self._time_limit = time_limit
        self._clock = clock
        self._traffic = Traffic() if traffic is None else traffic

    @property
    def host(self) -> str:
        """Host and port; the host names the account."""
        return host_of(self.url)

    async def keys(self) -> TemporaryKeys:
        """Ask once. Raises ToldError, whatever goes wrong."""
        try:
            async with asyncio.timeout(self._time_limit):
                keys = await self._ask()
        except ToldError as told:
            self._log(told.failure)
            raise
        except Exception as error:  # noqa: BLE001 - whatever happens is told as an outcome
            failure = errors.failure(error, self._call(), sent=True, now=self._clock.now())
            if isinstance(failure, Unreachable):
                failure = replace(failure, advice=f"{failure.advice}; {_ASK_FOR_THE_HOST}")
            self._log(failure)
            raise self._told(failure) from None
        decided("keys", alias=self._alias.name, host=self.host, last=f"{keys.lifetime:.0f}s")
        return keys

    def _log(self, failure: Failure) -> None:
        outcome, reason = word_of(failure), failure.reason
        decided("keys", alias=self._alias.name, host=self.host, outcome=outcome, reason=reason)

    async def _ask(self) -> TemporaryKeys:
        name = quote(self._alias.name, safe="")
        url = f"{self.url}/role-aliases/{name}/credentials"
        thing_name = self._alias.thing_name
        headers = {} if thing_name is None else {"x-amzn-iot-thingname": thing_name}
        certificate = self._alias.certificate
        async with BoundedHTTPSession(
            verify=self._verify,
            proxies=get_environ_proxies(url),
            timeout=self._time_limit,
            client_cert=(str(certificate.certificate), str(certificate.private_key)),
            connector_args={
                "force_close": True,
                "keepalive_timeout": None,
                "socket_factory": counted_sockets(self._traffic),
            },
        ) as http:
            answer = await http.send(AWSRequest("GET", url, headers=headers).prepare())
            body = await answer.content
        if answer.status_code >= 300:
            raise self._told(self._refusal(answer.status_code, body))
        now = errors.service_time(answer.headers) or self._clock.now()
        keys = _keys_in(json_object(body), now)
        if keys.lifetime <= 0:
            raise self._told(
                NotAllowed(
                    f"{self.host} gave keys that had expired already",
                    "ask again; if it stays, ask who runs this credential provider",
                )
            )
        return keys

    def _refusal(self, status: int, body: bytes) -> Failure:
        said = _message(body)
        reason = f"{self.host} answered HTTP {status}" + (f": {said}" if said else "")
        if status == 404:
            return NotAllowed(
                reason,
                "there is no such role alias in this account and region: check the name, which is "
                "not its ARN, by `aws iot list-role-aliases`",
            )
        if status == 429:
            return Throttled(reason, "keys are asked for again in a while")
        if 400 <= status < 500:
            return NotAllowed(reason, self._permission())
        if status >= 500:
            return Unreachable(reason, "the credential provider is in trouble: it is asked again")
        return Unreachable(f"{reason}, a redirect", _ASK_FOR_THE_HOST)

    def _permission(self) -> str:
        thing_name = self._alias.thing_name
        attached = "" if thing_name is None else f", and attached to the thing {thing_name}"
        return (
            "the certificate has to be active, with an AWS IoT policy that allows "
            f"iot:AssumeRoleWithCertificate on the ARN of rolealias/{self._alias.name}{attached}"
        )

    def _told(self, failure: Failure) -> ToldError:
        return ToldError(
            replace(
                failure, reason=f"no credentials by role alias {self._alias.name}: {failure.reason}"
            )
        )

    def _call(self) -> Call:
        return Call(
            operation="AssumeRoleWithCertificate",
            permission=self._permission,
            writes=False,
            endpoint=self.url,
            time_limit=self._time_limit,
            by_certificate=True,
        )


def _keys_in(answer: Mapping[str, object], now: float) -> TemporaryKeys:
    """Read an answer strictly, of `now` in seconds since the epoch. Raises BadReply."""
    members = answer.get("credentials")
    if not isinstance(members, dict):
        raise BadReply("credentials is missing")
    return TemporaryKeys(
        _text(members, "accessKeyId"),
        _text(members, "secretAccessKey"),
        _text(members, "sessionToken"),
        _moment(_text(members, "expiration")) - now,
    )


def _text(members: Mapping[str, object], name: str) -> str:
    value = members.get(name)
    if not isinstance(value, str) or not value:
        raise BadReply(f"credentials.{name} is missing")
    if not value.isascii() or not value.isprintable():
        raise BadReply(f"credentials.{name} is no line of plain text")
    return value


def _moment(text: str) -> float:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadReply("credentials.expiration is no time") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _message(body: bytes) -> str:
    """What an error's body says to a person."""
    try:
        message = json_object(body).get("message")
    except BadReply:
        message = body.decode("utf-8", errors="replace")
    return one_line(message) if isinstance(message, str) else ""
