"""Which program a document is opened in: the user's pager, or their editor."""

import shlex
from collections.abc import Mapping
from pathlib import PurePath
from typing import NamedTuple

VARIABLES = ("PAGER", "VISUAL", "EDITOR")
"""The first that is set counts: a document is read here, it cannot be changed."""

USUAL = "less"


class Viewer(NamedTuple):
    """A program and its first arguments."""

    words: tuple[str, ...]
    source: str
    """The variable that names it; empty for the usual one."""

    @property
    def name(self) -> str:
        """The program without the folder that it is in."""
        return PurePath(self.words[0]).name

    def not_there(self) -> str:
        """What to say where there is no such program."""
        if self.source:
            return f"there is no program {self.words[0]}, which ${self.source} names"
        return f"there is no {self.words[0]}; set PAGER or EDITOR to a program that is there"


class NoViewerError(Exception):
    """A variable says what cannot be meant; the message is one line, and may be foreign text."""


def viewer(environment: Mapping[str, str]) -> Viewer:
    """The program, as words of a shell without a shell's doing. Raises NoViewerError.

    What the environment says beside it, such as LESS or LESSSECURE, is passed on as it is: whoever
    must not leave a pager for a shell has LESSSECURE set already, and all others may want to.
    """
    for variable in VARIABLES:
        text = environment.get(variable, "")
        if not text.strip():
            continue
        try:
            words = shlex.split(text)
        except ValueError as error:
            raise NoViewerError(f"${variable} cannot be read: {error}") from error
        if words and words[0]:
            return Viewer(tuple(words), variable)
        raise NoViewerError(f"${variable} names no program")
    return Viewer((USUAL,), "")
