"""The versions of Python, besides the one of the tests, that a machine has."""

import shutil
import sys
from pathlib import Path

MINOR_VERSIONS = (11, 12, 13, 14)
"""Those that the package is for: 3.11 and so on."""


def other_pythons() -> list[str]:
    """The commands for them, on the PATH or installed by pyenv; as many as there are."""
    found = {}
    for minor in MINOR_VERSIONS:
        name = f"python3.{minor}"
        by_pyenv = sorted(Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/{name}"))
        there = by_pyenv[-1:] or [path for path in [shutil.which(name)] if path]
        if there and minor != sys.version_info.minor:
            found[minor] = f"{there[0]}"
    return list(found.values())
