"""What an examination found out about one step on the way to the service."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How good a finding is."""

    OK = "ok"
    WARNING = "warning"
    """It works, or may work; but somebody should know."""
    FAILED = "failed"
    SKIPPED = "skipped"
    """Not looked at; the reason is told."""


Fact = str | int | float | bool | None | tuple[str, ...]
"""What a program can read without a parser of sentences."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One step and how it went. Foreign text is in it: make it safe before it is drawn."""

    step: str
    level: Level
    told: str
    """What was found, in one line."""
    advice: str = ""
    """What to do; empty where nothing needs doing."""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    """The same for programs, by names such as `expiresAt`; moments are seconds since the epoch."""
