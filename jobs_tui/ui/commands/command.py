"""What every command has; footer, help, palette and key map are drawn from it."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType

Place_contra = TypeVar("Place_contra", contravariant=True)
"""The screen that a command acts on."""

KeyMap = Mapping[str, tuple[str, ...]]
"""The keys that the user has given to commands: Textual's names, by the ids of the commands."""

KEYS_IN_FORCE: ContextVar[KeyMap] = ContextVar("KEYS_IN_FORCE", default=MappingProxyType({}))
"""Those of the app that runs; it sets them before it makes a screen."""


class Command(ABC, Generic[Place_contra]):
    """Something that the user can do where it is listed; its docstring is its line of help."""

    keys: tuple[str, ...]
    """Textual's names of its keys; the first one is shown."""
    shown_keys: str = ""
    """The keys as help shows them, where Textual's names would not do."""
    shared_id: str = ""
    """Its id in the settings, where that is not the name of its class."""
    name: str
    """What the palette calls it."""
    hint: ClassVar[str] = ""
    """One word for the footer; empty for a command that is not in it."""

    narrow: ClassVar[bool] = True
    """Whether the footer of a narrow terminal names it, too."""

    @property
    def command_id(self) -> str:
        """What the settings call it, the same on every screen where it means the same."""
        return self.shared_id or re.sub("(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()

    @property
    def help(self) -> str:
        """What it does, in one line."""
        return (self.__doc__ or "").strip().splitlines()[0].rstrip(".")

    @property
    def keys_in_words(self) -> str:
        """The keys as a person would write them."""
        return self.shown_keys or " ".join(self.keys)

    @property
    def footer_key(self) -> str:
        """The one key that the footer names."""
        return self.keys_in_words.split(" ")[0]

    def in_footer(self, place: Place_contra) -> bool:
        """Whether the footer names it now."""
        del place
        return bool(self.hint)

    def hint_at(self, place: Place_contra) -> str:
        """The word for the footer, where what it does depends on what is there."""
        del place
        return self.hint

    def why_not(self, place: Place_contra) -> str | None:
        """Why it cannot be used now, or None."""
        del place
        return None

    def answers(self, place: Place_contra) -> bool:
        """Whether it says why not, where no command of its key can be used."""
        del place
        return True

    @abstractmethod
    def run(self, place: Place_contra) -> None:
        """Do it."""


def bindings(commands: Iterable[Command[Place_contra]]) -> list[BindingType]:
    """The key map of a screen; of several commands with one key, the screen chooses."""
    keys = dict.fromkeys(key for command in commands for key in command.keys)
    return [Binding(key, f"press({key!r})", show=False) for key in keys]


def key_of(command_id: str, own: str) -> str:
    """The key by which a sentence names a command, as a person would write it.

    Args:
        command_id: its id.
        own: the key that it has by itself.
    """
    keys = KEYS_IN_FORCE.get().get(command_id)
    if keys is None:
        return own
    if not keys:
        return "the palette"
    from jobs_tui.ui.commands.key_names import in_words  # noqa: PLC0415 - few have moved a key

    return in_words(keys[0])
