"""Where the value of a setting comes from."""

from collections.abc import Mapping
from enum import Enum, auto
from typing import NamedTuple


class SourceKind(Enum):
    """Who can give a value; who stands first here displaces those below."""

    FLAG = auto()
    ENVIRONMENT = auto()
    """A variable of this program's own, JOBS_TUI_ and the setting's name."""
    BROWSER = auto()
    """The place where it is shown: who sits there need not have a login on this machine."""
    SDK = auto()
    """A variable of the AWS SDK's, which reads it for itself."""
    FILE = auto()
    DEFAULT = auto()


class Source(NamedTuple):
    """Who gave one value."""

    kind: SourceKind
    words: str
    """For the user: `--region`, `AWS_REGION`, `config.toml:12`, `default`. May be foreign text."""


BY_DEFAULT = Source(SourceKind.DEFAULT, "default")


class Given(NamedTuple):
    """One value, checked, and who gave it."""

    value: object
    source: Source = BY_DEFAULT


Level = Mapping[str, Given]
"""What one source says: by the names of the settings that it gives."""
