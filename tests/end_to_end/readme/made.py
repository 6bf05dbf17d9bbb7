"""The parts of the README that are made from the code, and whether they are as the code has them.

Each stands between two comments: `<!-- made from the code: NAME -->` and `<!-- end -->`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from readme.key_table import key_table
from readme.options import own_options_table
from readme.settings_table import settings_table

ROOT = Path(__file__).parents[3]
README = ROOT / "README.md"
REMEDY = ".venv/bin/python tests/end_to_end/readme"
"""The command that makes them anew."""

WITH_OWN_OPTIONS = ("list", "describe", "start", "update", "demo", "emulator", "journal")

PARTS: Mapping[str, Callable[[], str]] = {
    "settings": settings_table,
    "keys": key_table,
    **{f"options of {each}": partial(own_options_table, each) for each in WITH_OWN_OPTIONS},
}
"""What can stand in the README, by name; not all of it has to."""

_PART = re.compile(
    r"(?ms)^(?P<begin><!-- made from the code: (?P<name>[^>]*?) -->\n)(?P<made>.*?)^<!-- end -->"
)


def parts_of(text: str) -> Iterator[tuple[str, str]]:
    """The name of each part that stands in a text, and what stands there."""
    for found in _PART.finditer(text):
        yield found["name"], found["made"].strip("\n") + "\n"


def out_of_date(text: str) -> list[str]:
    """The names of the parts that are not as the code has them."""
    return [name for name, made in parts_of(text) if made != PARTS[name]()]


def made_anew(text: str) -> str:
    """The text with each part as the code has it."""
    return _PART.sub(
        lambda found: f"{found['begin']}\n{PARTS[found['name']]()}\n<!-- end -->", text
    )
