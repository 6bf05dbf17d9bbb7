"""The commands that the README gives for installing, and how they are run."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[3]

NO_NETWORK = {
    "PIP_NO_INDEX": "1",
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_FIND_LINKS": "",
    "UV_OFFLINE": "1",
    **dict.fromkeys(
        ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9"
    ),
}
"""No index is asked, and whatever tries to reach one all the same is refused."""


def own_environment() -> dict[str, str]:
    """The environment without what would lead another Python to the modules of this one."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def run_well(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] = {}
) -> str:
    """Run a command in a folder; what it printed. It has to end with 0."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**own_environment(), **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=150,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}"
    return done.stdout


def block_with(words: str) -> str:
    """The one block of commands in the README's section on installing that has these words."""
    section = (ROOT / "README.md").read_text("utf-8").partition("\n## Install\n")[2]
    blocks = re.findall(r"(?ms)^```sh\n(.*?)^```", section.partition("\n## ")[0])
    (found,) = (block for block in blocks if words in block)
    return found


def line_with(words: str) -> str:
    """The one line of these blocks that begins with these words."""
    (found,) = (line for line in block_with(words).splitlines() if line.startswith(words))
    return found
