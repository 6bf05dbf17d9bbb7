"""Where connections to the endpoint go: to its host, or to a proxy that goes there."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from botocore.httpsession import ProxyConfiguration
from botocore.utils import get_environ_proxies

from jobs_tui.service.settings import ServiceSettings, StaticCredentials

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Route:
    """The way to an endpoint."""

    url: str
    """Of the endpoint."""
    proxy: str | None = None
    """The URL of the proxy that stands before it; may hold a password."""

    @property
    def host(self) -> str:
        """The endpoint's host."""
        return urlsplit(self.url).hostname or ""

    @property
    def first_host(self) -> str:
        """The host to which connections are made: the proxy's where there is one."""
        return urlsplit(self.proxy or self.url).hostname or ""

    @property
    def first_port(self) -> int:
        """The port to which connections are made."""
        parts = urlsplit(self.proxy or self.url)
        return parts.port or _PORTS.get(parts.scheme, 443)


def route_to(url: str, settings: ServiceSettings) -> Route:
    """The way that the SDK's clients take, as the variables for proxies say."""
    if isinstance(settings.credentials, StaticCredentials):
        return Route(url)
    return Route(url, ProxyConfiguration(proxies=get_environ_proxies(url)).proxy_url_for(url))
