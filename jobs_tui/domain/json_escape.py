"""Characters escaped in a JSON string, or in a JSON string within a JSON string, and so on."""

import re

JSON_ESCAPE = re.compile(r"(?<!\\)\\++(?:u([0-9a-fA-F]{4})|(/))")
"""One character: its four hexadecimal digits, or the slash."""


def unescaped(match: re.Match[str]) -> str:
    """The character that a match of `JSON_ESCAPE` stands for."""
    code, slash = match.groups()
    return slash or chr(int(code, 16))
