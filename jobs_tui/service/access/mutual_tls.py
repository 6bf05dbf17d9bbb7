"""Where a device with nothing but a certificate asks. Pure.

Developer guide, "Device communication protocols": HTTPS with a client certificate is taken on port
8443 of the account's Data-ATS host. On port 443 it needs an ALPN name that HTTP clients do not
send.
"""

import re
from urllib.parse import urlsplit

from jobs_tui.domain.outcome import Unreachable
from jobs_tui.service.answers.told_error import ToldError
from jobs_tui.service.chosen_endpoint import ChosenEndpoint

PORT = 8443

UNKNOWN_REGION = "unknown"
"""Where nobody says which region it is: the SDK wants a word, and signs nothing with it."""

ASK_FOR_THE_HOST = (
    "ask for the account's host by `aws iot describe-endpoint --endpoint-type iot:Data-ATS`"
)

_HOST_OF_ACCOUNT = re.compile(r"[\w-]+(?:\.credentials)?\.iot\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?")


def certificate_endpoint(given: ChosenEndpoint | None) -> ChosenEndpoint:
    """The endpoint to show the certificate to; raises ToldError where there is none.

    No endpoint is made up from a region: the host names the account, which nothing else does.
    """
    if given is None or given.url is None:
        raise ToldError(
            Unreachable(
                "no endpoint is set, and a certificate is good for the account's own one only",
                f"{ASK_FOR_THE_HOST}, and give it as --endpoint-url https://HOST",
            )
        )
    parts = urlsplit(given.url)
    if parts.scheme != "https":
        raise ToldError(
            Unreachable(
                "a certificate cannot be shown over http://: nothing would prove who asks",
                "give the endpoint as --endpoint-url https://HOST",
            )
        )
    if parts.port is not None:
        return given
    return ChosenEndpoint(given.source, parts._replace(netloc=f"{parts.netloc}:{PORT}").geturl())


def region_in(url: str) -> str | None:
    """The region that the host of an account's own endpoint tells; None for any other host."""
    host = _HOST_OF_ACCOUNT.fullmatch(urlsplit(url).hostname or "")
    return None if host is None else host[1]
