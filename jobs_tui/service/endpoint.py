"""The URL of an endpoint: what is wrong with it, and what of it may be shown."""

from urllib.parse import urlsplit


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


def host_of(url: str) -> str:
    """Host and port of a URL, without user name and password."""
    return urlsplit(url).netloc.rpartition("@")[2]
