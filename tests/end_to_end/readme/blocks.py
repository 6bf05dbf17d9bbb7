"""What in the README is to be typed, or to be put into a file."""

import re
from collections.abc import Iterator
from typing import NamedTuple

PROGRAMS = ("jobs-tui", ".venv/bin/python", "./jobs-tui.pyz")
"""What a command in running text begins with; the name of a program alone is no command, and those
of the AWS CLI are only named there."""

_BLOCK = re.compile(r"(?ms)^```(?P<language>\w*)\n(?P<content>.*?)^```$")
_IN_TEXT = re.compile(r"(?<!`)`(?P<words>[^`]+)`(?!`)")
_GOES_ON = re.compile(r"\\\n\s*")
_COMMENT = re.compile(r"\s+# .*$")


class Block(NamedTuple):
    """A block between fences."""

    language: str
    content: str


def blocks_of(text: str) -> list[Block]:
    """All blocks, in their order."""
    return [Block(found["language"], found["content"]) for found in _BLOCK.finditer(text)]


def commands_of(text: str) -> list[str]:
    """All commands, each once: those in blocks, and those in running text."""
    return list(dict.fromkeys([*_in_blocks(text), *_in_text(text)]))


def _in_blocks(text: str) -> Iterator[str]:
    for block in blocks_of(text):
        lines = _GOES_ON.sub("", block.content).splitlines()
        if block.language == "console":
            yield from (line.removeprefix("$ ") for line in lines if line.startswith("$ "))
        elif block.language == "sh":
            yield from (_COMMENT.sub("", line) for line in lines if line)


def _in_text(text: str) -> Iterator[str]:
    for found in _IN_TEXT.finditer(_BLOCK.sub("", text)):
        words = " ".join(found["words"].split())
        if words.startswith(tuple(f"{program} " for program in PROGRAMS)):
            yield words
