"""Fuzzy finding: whether the letters of a word stand in a text, in their order. Pure."""

LEAST = 2
"""Letters from which on a word is looked for letter by letter; a single one is in everything."""


def is_alike(word: str, text: str) -> bool:
    """Whether all letters of a word are in a text in this order; both in small letters."""
    if len(word) < LEAST:
        return False
    letters = iter(text)
    return all(letter in letters for letter in word)
