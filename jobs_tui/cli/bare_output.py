"""Prints a job document: as received for a program, and safely for a person."""

import sys

from jobs_tui.cli.output import Output
from jobs_tui.domain.masking import mask


def write_document(document: str, output: Output) -> bool:
    """Write it to standard output; returns whether anything of it was hidden.

    What is no terminal gets what came from the service, byte for byte. A terminal, which others may
    look at, shows what it could obey as signs, and hides what presigned URLs grant.
    """
    if not sys.stdout.isatty():
        sys.stdout.flush()
        # half of a surrogate pair has no bytes of its own; its escape means the same in JSON
        sys.stdout.buffer.write(document.encode("utf-8", "backslashreplace"))
        return False
    masked = mask(document)
    output.write(masked.expandtabs() if masked.endswith("\n") else f"{masked.expandtabs()}\n")
    return masked != document
