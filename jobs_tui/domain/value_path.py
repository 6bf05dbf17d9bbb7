"""Where in a JSON document a value stands, in the words that people and jq write it with."""

import re

from jobs_tui.domain.indented_json import json_string

_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def member_path(path: str, name: str) -> str:
    """The path of an object's member: `steps`, `steps.name`, `steps["odd name"]`."""
    if _PLAIN_NAME.fullmatch(name) is None:
        return f"{path}[{json_string(name)}]"
    return f"{path}.{name}" if path else name


def element_path(path: str, index: int) -> str:
    """The path of an array's element, counted from 0."""
    return f"{path}[{index}]"
