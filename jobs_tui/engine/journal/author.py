"""Who sits at the keys, as far as this machine knows."""

import getpass
import socket
from collections.abc import Mapping

from jobs_tui.engine.change import Author


def this_author(environment: Mapping[str, str]) -> Author:
    """The login user, this host, and where the SSH session comes from, if it is one."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        # a user id without a name, as in some containers
        user = ""
    client = environment.get("SSH_CONNECTION", environment.get("SSH_CLIENT", "")).split(" ")[0]
    return Author(_storable(user), _storable(socket.gethostname()), _storable(client) or None)


def _storable(text: str) -> str:
    """The text, with a sign for each byte that is no UTF-8: no file takes these as they are."""
    return text.encode("utf-8", "replace").decode("utf-8")
