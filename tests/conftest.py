"""After all tests: nothing that they planted is in any file that the program has written."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PLANTED = re.compile(
    rb"secret-of-the-test|PlantedSe(cretKey|ssionToken)|planted-in-|planted-pass-phrase|PLANTED-(DOCUMENT|FAILURE)"
    rb"|X-Amz-Signature=[0-9a-f]|AWS4-HMAC-SHA256|PRIVATE KEY-----"
)
"""Keys that tests use everywhere, what single tests plant, and what every secret looks like."""

KEPT_FILES = (
    "journal.sqlite*",
    "things-*.jsonl*",
    "endpoints.json*",
    "recent-things.json*",
    "*.log",
)
"""The names of what the program keeps, and those of its temporary files beside it."""


def secrets_kept(folder: Path) -> Iterator[str]:
    """Each file of the program's below a folder that holds any of it, and what it holds."""
    for name in KEPT_FILES:
        for path in folder.rglob(name):
            found = PLANTED.search(path.read_bytes()) if path.is_file() else None
            if found is not None:
                yield f"{path.relative_to(folder)}: {found[0].decode()}"


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more process than there are processors: half of the time of most tests is waiting."""
    del config
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run for what was found; of several processes, in the one that started the others."""
    if hasattr(session.config, "workerinput"):
        return
    folder = session.config._tmp_path_factory.getbasetemp()
    found = list(secrets_kept(folder))
    if found:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        told = session.config.get_terminal_writer()
        told.line()
        for each in found:
            told.line(f"a secret was kept in {each}", red=True)
