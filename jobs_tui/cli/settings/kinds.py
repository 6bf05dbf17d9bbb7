"""What the value of a setting may be, as text and in a file.

What is wrong is told by ValueError in words that go on after the name of the setting, as in
`must be a number of seconds above 0, not "5"`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from jobs_tui.cli.numbers import Number
from jobs_tui.domain.names import thing_name_problem
from jobs_tui.ui.terminal.safe_text import safe_line

T_co = TypeVar("T_co", covariant=True)

LONGEST_SHOWN = 40
TRUE = frozenset({"true", "yes", "on", "1"})
URL_WORDS = "a URL such as https://HOST or http://HOST:PORT"
FALSE = frozenset({"false", "no", "off", "0"})


class Kind(Protocol[T_co]):
    """What a value may be; both ways to read it raise ValueError."""

    def from_text(self, text: str) -> T_co:
        """As it is given on the command line and in the environment."""

    def from_file(self, value: object, folder: Path) -> T_co:
        """As TOML has it; a relative path is meant from the file's folder."""


class Text(NamedTuple):
    """One line of text."""

    words: str
    """What it must be, as in "the name of a region"."""
    problem_of: Callable[[str], str | None]

    def from_text(self, text: str) -> str:
        """The text, if it is good."""
        return self._checked(text, f"'{_cut(text)}'")

    def from_file(self, value: object, folder: Path) -> str:
        """The text, if it is some and is good."""
        if not isinstance(value, str):
            raise _no(value, self.words)
        return self._checked(value, shown(value))

    def _checked(self, text: str, shown_text: str) -> str:
        problem = self.problem_of(text)
        if problem is not None:
            raise ValueError(f"must be {self.words}, not {shown_text}: it {problem}")
        return text


class OneOf(NamedTuple):
    """One of a few words."""

    allowed: tuple[str, ...]

    def from_text(self, text: str) -> str:
        """The word, if it is one of them."""
        return self._checked(text, f"'{_cut(text)}'")

    def from_file(self, value: object, folder: Path) -> str:
        """The word, if it is one of them."""
        return self._checked(value, shown(value))

    def _checked(self, value: object, shown_value: str) -> str:
        if not isinstance(value, str) or value not in self.allowed:
            *others, last = self.allowed
            raise ValueError(f"must be {', '.join(others)} or {last}, not {shown_value}")
        return value


class ThemeName:
    """One of the themes."""

    def from_text(self, text: str) -> str:
        """The name, if there is such a theme."""
        return self._kind.from_text(text)

    def from_file(self, value: object, folder: Path) -> str:
        """The name, if there is such a theme."""
        return self._kind.from_file(value, folder)

    @property
    def _kind(self) -> OneOf:
        from jobs_tui.ui.terminal.theme_names import (  # noqa: PLC0415 - where one is given
            THEME_NAMES,
        )

        return OneOf(THEME_NAMES)


class ThingNames:
    """Names of things; as text with commas between them."""

    def from_text(self, text: str) -> tuple[str, ...]:
        """Each name once."""
        return self._checked([name.strip() for name in text.split(",")])

    def from_file(self, value: object, folder: Path) -> tuple[str, ...]:
        """Each name once."""
        if not isinstance(value, list):
            raise _no(value, "a list of thing names")
        return self._checked(value)

    def _checked(self, names: list[object] | list[str]) -> tuple[str, ...]:
        for name in names:
            problem = thing_name_problem(name) if isinstance(name, str) else "is no text"
            if problem is not None:
                raise ValueError(f"must be thing names, and {shown(name)} is none: it {problem}")
        return tuple(dict.fromkeys(f"{name}" for name in names))


class Switch:
    """On or off."""

    def from_text(self, text: str) -> bool:
        """Of the words that people use for it."""
        word = text.strip().lower()
        if word not in TRUE | FALSE:
            raise ValueError(f"must be true or false, not '{_cut(text)}'")
        return word in TRUE

    def from_file(self, value: object, folder: Path) -> bool:
        """Of TOML's own two words only."""
        if not isinstance(value, bool):
            raise _no(value, "true or false")
        return value


class Amount(NamedTuple):
    """A number."""

    number: Number

    def from_text(self, text: str) -> float:
        """The number, if it is a good one."""
        return self.number.of(text)

    def from_file(self, value: object, folder: Path) -> float:
        """The number, if it is a good one."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _no(value, self.number.words)
        if not self.number.allowed(value):
            raise _no(value, self.number.words)
        return float(value)


class Url(NamedTuple):
    """A URL of an endpoint."""

    host_will_do: bool = False
    """Whether https:// is put in front of a host alone."""

    def from_text(self, text: str) -> str:
        """The URL, if it is a good one."""
        return self._checked(text, f"'{_cut(text)}'")

    def from_file(self, value: object, folder: Path) -> str:
        """The URL, if it is a good one."""
        if not isinstance(value, str):
            raise _no(value, URL_WORDS)
        return self._checked(value, shown(value))

    def _checked(self, text: str, shown_text: str) -> str:
        url = f"https://{text}" if self.host_will_do and "://" not in text else text
        if "@" in url:
            raise ValueError("must be a URL without a user name and password")
        from jobs_tui.service.endpoint import (  # noqa: PLC0415 - where one is given
            InvalidEndpointError,
            check_endpoint,
        )

        try:
            check_endpoint(url)
        except InvalidEndpointError as error:
            raise ValueError(f"must be {URL_WORDS}, not {shown_text}") from error
        if not url.isprintable() or " " in url:
            raise ValueError(f"must be a URL without spaces, not {shown_text}")
        return url


class FilePath:
    """The path of a file; whether there is one is not looked at."""

    def from_text(self, text: str) -> Path:
        """The path, with ~ as the home folder that it stands for."""
        return self._path(text, Path())

    def from_file(self, value: object, folder: Path) -> Path:
        """The path, seen from the folder."""
        if not isinstance(value, str):
            raise _no(value, "the path of a file")
        return self._path(value, folder)

    def _path(self, text: str, folder: Path) -> Path:
        if "-----BEGIN" in text or "\n" in text:
            # a key that was put where its path belongs must not be shown
            raise ValueError("must be the path of a file, not what is in it")
        if any(character < " " for character in text):
            raise ValueError("must be the path of a file, without control characters")
        if not text:
            raise ValueError("must be the path of a file, not empty")
        try:
            return folder / Path(text).expanduser()
        except RuntimeError as error:
            raise ValueError(f"has a home folder that is not known: '{_cut(text)}'") from error


def thing_name(text: str) -> str:
    """A thing name as it is; raises ValueError for what is none."""
    problem = thing_name_problem(text)
    if problem is not None:
        raise ValueError(f"'{_cut(text)}' is not a thing name: it {problem}")
    return text


def line_problem(text: str) -> str | None:
    """What is wrong with a line of text that may be anything, or None."""
    if not text:
        return "must not be empty"
    return None if text.isprintable() else "holds what cannot be printed"


def shown(value: object) -> str:
    """A value of TOML as its author would know it again, made safe and short."""
    match value:
        case str():
            told = f'"{_cut(value)}"'
        case bool():
            told = "true" if value else "false"
        case int() if value.bit_length() > 64:
            told = "so large a number"
        case int() | float():
            told = f"{value!r}"
        case list():
            told = "a list"
        case dict():
            told = "a table"
        case _:
            told = "a date or a time"
    return told


def _no(value: object, words: str) -> ValueError:
    return ValueError(f"must be {words}, not {shown(value)}")


def _cut(text: str) -> str:
    short = text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}\u2026"
    return safe_line(short)
