r"""Indents a JSON text without changing what it says.

`json.loads` and `json.dumps` would turn 1e999 into Infinity, keep only the last of two members of
one name, and leave invisible characters invisible. A reader who decides on a job by its document
has to see what the device gets, so here:

- numbers stand as they were written, digit by digit;
- members keep their order, and all of one name are shown;
- a string means what it meant, written with the fewest escapes: letters, signs and emoji as
  themselves, but control, format, bidirectional, surrogate, unassigned and invisible characters,
  and blanks other than the space, as `\uXXXX`. So `\u0026` becomes `&` and `\u202e` remains.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

LEVELS_MAX = 500
"""Levels of nesting beyond which a text is not indented; a document of use has a dozen."""

LEVELS_INDENTED_MAX = 20
"""Levels beyond which lines move no further right: depth must neither multiply the size of the text
nor take more than half of 80 columns."""

_INDENT = "  "
_BYTE_ORDER_MARK = "\ufeff"
_NOT_ASCII_PRINTABLE = re.compile(r"[^ -~]")
_NOT_SEEN = re.compile(r"(?!\r\n)[^ -~\t\n]")
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Letters and marks that draw nothing, though Unicode counts them as printable."""


class NotIndentableError(ValueError):
    """The text is no JSON, or nested too deeply; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class IndentedJson:
    """A JSON text, one member or element a line."""

    lines: tuple[str, ...]
    repeated_names: tuple[str, ...]
    """Names that stand more than once in one and the same object."""


def indented_json(text: str) -> IndentedJson:
    """Indent a JSON text by two spaces a level.

    Raises:
        NotIndentableError: if it is no JSON by RFC 8259 (so NaN and Infinity are none), starts with
            a byte order mark, or has more than `LEVELS_MAX` levels.
    """
    if text.startswith(_BYTE_ORDER_MARK):
        raise NotIndentableError("it starts with a byte order mark (U+FEFF)")
    repeated: dict[str, None] = {}
    try:
        document = json.JSONDecoder(
            object_pairs_hook=lambda members: _object(members, repeated),
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=_refuse,
        ).decode(text)
    except json.JSONDecodeError as error:
        raise NotIndentableError(f"not JSON: {error}") from error
    except RecursionError as error:
        raise _too_deep() from error
    return IndentedJson(tuple(_lines(document)), tuple(repeated))


def json_string(text: str) -> str:
    """A string as it stands in an indented text, quotes included."""
    written = json.dumps(text, ensure_ascii=False)
    if written.isprintable() and (written.isascii() or _INVISIBLE.search(written) is None):
        return written
    return _NOT_ASCII_PRINTABLE.sub(_visible, written)


def with_visible_signs(text: str) -> str:
    r"""A JSON text, or any other, with what draws nothing written as `\uXXXX`.

    In a string of JSON that means the same. Line ends and tabs stay as they are.
    """
    return _NOT_SEEN.sub(_visible, text)


class _Number(str):
    """A number as it was written."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Object:
    """The members of an object, all of them, in their order."""

    members: list[tuple[str, Any]]

    def __len__(self) -> int:
        return len(self.members)


def _object(members: list[tuple[str, Any]], repeated: dict[str, None]) -> _Object:
    if len(dict(members)) < len(members):
        seen: set[str] = set()
        for name, _ in members:
            if name in seen:
                repeated[name] = None
            seen.add(name)
    return _Object(members)


def _refuse(constant: str) -> NoReturn:
    raise NotIndentableError(f"not JSON: {constant} is no number in JSON")


def _too_deep() -> NotIndentableError:
    return NotIndentableError(f"nested more than {LEVELS_MAX} levels deep")


def _lines(document: Any) -> Iterator[str]:
    open_containers = [(_entries([document]), "", "")]
    while open_containers:
        entries, indent, closing = open_containers[-1]
        # the iterator goes on where it was left when a container within this one was opened
        for name, value, comma in entries:
            if not isinstance(value, _Object | list):
                yield f"{indent}{name}{_scalar(value)}{comma}"
                continue
            level = len(open_containers)
            if level > LEVELS_MAX:
                raise _too_deep()
            opening, end = ("{", "}") if isinstance(value, _Object) else ("[", "]")
            if len(value) == 0:
                yield f"{indent}{name}{opening}{end}{comma}"
                continue
            yield f"{indent}{name}{opening}"
            inner = _INDENT * min(level, LEVELS_INDENTED_MAX)
            open_containers.append((_entries(value), inner, f"{indent}{end}{comma}"))
            break
        else:
            open_containers.pop()
            if open_containers:
                yield closing


def _entries(container: _Object | list[Any]) -> Iterator[tuple[str, Any, str]]:
    """Each entry as name and colon (empty in an array), value, and the comma after it."""
    if isinstance(container, _Object):
        named = [(f"{json_string(name)}: ", value) for name, value in container.members]
    else:
        named = [("", value) for value in container]
    last = len(named) - 1
    for position, (name, value) in enumerate(named):
        yield name, value, "" if position == last else ","


def _scalar(value: str | bool | None) -> str:  # noqa: FBT001
    if isinstance(value, _Number):
        return value
    if isinstance(value, str):
        return json_string(value)
    return json.dumps(value)


def _visible(match: re.Match[str]) -> str:
    character = match.group()
    if character.isprintable() and _INVISIBLE.match(character) is None:
        return character
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))
