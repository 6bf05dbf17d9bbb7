"""Which right name a wrong one was meant for."""

from collections.abc import Iterable


def nearest(wrong: str, right: Iterable[str]) -> str | None:
    """The name that is most like it, or None if none is."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    return next(iter(get_close_matches(wrong, list(right), n=1)), None)


def did_you_mean(wrong: str, right: Iterable[str]) -> str:
    """What to say behind a wrong name: nothing if no right one is like it."""
    found = nearest(wrong, right)
    return "" if found is None else f"; did you mean '{found}'?"


def no_such_context(wrong: str, right: Iterable[str]) -> str:
    """That a context does not exist, and which do."""
    names = list(right)
    if not names:
        return f"there is no context '{wrong}', nor any other"
    meant, there = did_you_mean(wrong, names), ", ".join(names)
    told = f"there is no context '{wrong}'{meant}"
    return f"{told} There are: {there}" if meant else f"{told}; there are: {there}"
