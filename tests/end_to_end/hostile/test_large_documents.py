"""Documents as large as a reply may be: opened soon, paged through, and told what is wrong."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import jobs_tui
from hostile.allowed import not_allowed
from hostile.service import LARGE, HostileService

LONGEST_SECONDS = 10.0
"""For a document of a megabyte on a slow machine; each line took a minute once."""

MEGABYTE = 1_000_000
ESCAPED = 170_000
"""Characters that JSON writes with six each, within the megabyte that a reply may have."""

DOCUMENTS = {
    "string": (json.dumps({"a": "x" * MEGABYTE}), "xxxxxxxx"),
    "line": ("y" * MEGABYTE, "yyyyyyyy"),
    "escapes": ("\x1b" * ESCAPED, "\u241b\u241b\u241b"),
    "letters": ("\u00e9" * ESCAPED, "\u00e9\u00e9\u00e9"),
    "lines": ("\n".join(map(str, range(100_000))), " 7 "),
    "members": (json.dumps(list(range(100_000))), " 7,"),
    "levels": ("[" * 10_000 + "]" * 10_000, "levels deep"),
    "digits": (f'{{"a": {"9" * 5_000}}}', "99999999"),
    "no-number": ('{"a": NaN, "b": 1e999}', "NaN is no number"),
    "twice": ('{"a": 1, "a": 1e999}', "stands more than once"),
}
"""What is in each, and words by which one sees that it is shown."""


@pytest.mark.slow
def test_a_document_of_a_megabyte_is_open_within_seconds(
    run: Callable[..., Any], service: HostileService
) -> None:
    service.documents = {name: text for name, (text, _) in DOCUMENTS.items()}
    environment = {
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
        "AWS_DEFAULT_REGION": "x-1",
        "PYTHONPATH": str(Path(jobs_tui.__file__).parent.parent),
    }
    terminal = run(LARGE, "--endpoint-url", service.url, environment=environment)
    terminal.wait_for("twice")
    took = {}
    for name, (_, words) in DOCUMENTS.items():
        terminal.wait_for(lambda name=name: f"\u25b6 {name}" in terminal.text)
        begun = time.monotonic()
        terminal.type_ahead("o")
        terminal.wait_for("esc back")
        terminal.wait_for(words)
        took[name] = time.monotonic() - begun
        terminal.type_ahead("end", "home", "t", "end", "escape", "down")
        terminal.wait_for(lambda: "esc back" not in terminal.text)
    told = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in took.items())
    print(told)
    assert max(took.values()) < LONGEST_SECONDS, told
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert not_allowed(terminal.raw) == []
