"""What the file of settings says."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from jobs_tui.cli.settings.source import Given, Level

if TYPE_CHECKING:
    from jobs_tui.domain.own_command import OwnCommand

COMMANDS = "commands"
"""The table of the file in which each of the user's own commands is one."""

KEYS = "keys"
"""The table of the file in which commands of the screens get other keys."""

NOTHING: Mapping[str, Any] = {}


class SettingsFile(NamedTuple):
    """What the file says."""

    path: Path | None = None
    """Where it is, or would be; None where this user has no home folder."""
    there: bool = False
    context: Given | None = None
    """The name of the context to use when none is named."""
    top: Level = NOTHING
    """For all contexts, and for none."""
    contexts: Mapping[str, Level] = NOTHING
    """What each adds to it, in the order of the file."""
    commands: "tuple[OwnCommand, ...]" = ()
    """The user's own, for all contexts."""
    keys: Level = NOTHING
    """Textual's names of the keys that the user has given to commands, by the commands' ids."""

    @property
    def key_map(self) -> Mapping[str, tuple[str, ...]]:
        """The same without who gave them."""
        return {name: cast("tuple[str, ...]", given.value) for name, given in self.keys.items()}
