"""The URL of an endpoint: what is wrong with it, and what of it may be shown."""

import re
from urllib.parse import urlsplit

_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_PORT = re.compile(r"[1-9][0-9]{0,4}")


class InvalidEndpointError(Exception):
    """The URL of the endpoint cannot be asked."""


def check_endpoint(url: str) -> None:
    """Raise InvalidEndpointError for a URL without host, with a bad port, or with a password.

    A password in it could neither be sent beside a signature nor be shown as part of the URL.
    """
    try:
        parts = urlsplit(url)
        good = bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        good = False
    if not good or parts.scheme not in {"http", "https"}:
        raise InvalidEndpointError


def is_host(text: object) -> bool:
    """Whether this is nothing but a host name, perhaps with a port."""
    if not isinstance(text, str):
        return False
    host, colon, port = text.partition(":")
    if colon and (_PORT.fullmatch(port) is None or int(port) > 65535):
        return False
    return len(host) <= 253 and all(_LABEL.fullmatch(label) for label in host.split("."))


def host_of(url: str) -> str:
    """Host and port of a URL, without user name and password."""
    return urlsplit(url).netloc.rpartition("@")[2]
