"""What to say of how another program ended."""

import signal


def told_end(name: str, status: int) -> str | None:
    """Words for an exit status, negative for the number of a signal; None if it ended well."""
    if status == 0:
        return None
    if status > 0:
        return f"{name} ended with status {status}"
    try:
        return f"{name} was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"{name} was ended by signal {-status}"
