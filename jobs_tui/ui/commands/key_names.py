"""The names of keys: as a person writes them in the settings, and as Textual has them."""

from textual.keys import _character_to_key

KEY_WORDS = 'one character, or a key such as "f5", "ctrl+n", "space", "tab" or "pgdn"'
"""What a key of the settings must be."""

_WRITTEN = {
    "esc": "escape",
    "pgup": "pageup",
    "pgdn": "pagedown",
    **{
        name: name
        for name in (
            *("enter", "escape", "space", "tab", "shift+tab", "backspace", "insert", "delete"),
            *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
            *(f"f{number}" for number in range(1, 13)),
            *(f"ctrl+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
        )
    },
}
"""Textual's name of each key that has a name in the settings."""

_SHORT = {"escape": "esc", "pageup": "pgup", "pagedown": "pgdn"}


def named_key(written: str) -> str | None:
    """Textual's name of a key as a person writes it; None for what is no key."""
    if len(written) == 1:
        return _character_to_key(written) if written.isprintable() else None
    return _WRITTEN.get(written.lower())


def in_words(key: str) -> str:
    """A key as a person writes it, by Textual's name."""
    return _SHORT.get(key) or _CHARACTERS.get(key, key)


def is_character(key: str) -> bool:
    """Whether it is one that a text can hold, by Textual's name."""
    return key == "space" or len(in_words(key)) == 1


_CHARACTERS = {_character_to_key(each): each for each in map(chr, range(0x21, 0x250))}
"""Characters by Textual's names of them, as far as keyboards have them."""
