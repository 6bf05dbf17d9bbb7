"""Nobody but this machine's programs may ask: not a web page, be it by its Origin or its Host."""

import re

from jobs_tui.emulator.rules.service_error import access_denied

_LOOPBACK = r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?"
_HOST = re.compile(_LOOPBACK, re.IGNORECASE)
_ORIGIN = re.compile("https?://" + _LOOPBACK, re.IGNORECASE)


def check_comes_from_here(hosts: list[str], origin: str | None) -> None:
    """Raise ServiceError unless the Host headers and the Origin, if any, name this machine.

    The socket listens on loopback only; a page in a browser here could reach it all the same, under
    its own name after DNS rebinding.
    """
    if len(hosts) != 1 or _HOST.fullmatch(hosts[0]) is None:
        raise access_denied("The emulator answers on loopback only: the Host header names another")
    if origin is not None and _ORIGIN.fullmatch(origin) is None:
        raise access_denied("The emulator does not answer web pages of other origins")
