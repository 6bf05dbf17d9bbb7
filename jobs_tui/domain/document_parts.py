"""What a job document of a known kind asks for, part by part, and what of it that leaves out."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, NoReturn

from jobs_tui.domain.indented_json import json_string
from jobs_tui.domain.masking import MASK, mask
from jobs_tui.domain.value_path import element_path, member_path


class PartValue(NamedTuple):
    """One value of a document, under the name that a reader knows it by."""

    name: str
    text: str
    """As one would paste it; may hold the secrets of presigned URLs, as may `path`."""
    path: str

    @property
    def masked(self) -> str:
        """The text without the secrets of presigned URLs, also where its name says that it is one.

        As in a presigned POST, which has a member for the signature.
        """
        written = mask(f"{json.dumps(self.name)}: {json.dumps(self.text, ensure_ascii=False)}")
        try:
            (text,) = json.loads(f"{{{written}}}").values()
        except ValueError:
            return MASK
        return str(text)


class Part(NamedTuple):
    """One step, or one file."""

    label: str
    """What it is: `step 1`, `final step`, `file 1`."""
    title: PartValue | None
    """What it is called; None if it has no name."""
    values: tuple[PartValue, ...]


class DocumentParts(NamedTuple):
    """A job document as a list of what is to be done, or to be fetched."""

    kind: str
    """What the parts are: `steps`, or `files`."""
    values: tuple[PartValue, ...]
    """What holds for all parts."""
    parts: tuple[Part, ...]
    left_out: tuple[str, ...]
    """Paths of what is in the document and in no part of it."""


class Number(str):
    """A number as it was written."""

    __slots__ = ()


class AmbiguousError(ValueError):
    """A name stands twice in an object, so that nobody knows which one a device takes."""


def read_object(text: str) -> dict[str, Any] | None:
    """The document as an object whose numbers are as written.

    None if it is no JSON, no object, nested too deeply, or holds two members of one name.
    """
    try:
        document = json.JSONDecoder(
            object_pairs_hook=_members,
            parse_int=Number,
            parse_float=Number,
            parse_constant=_refuse,
        ).decode(text)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def told_values(
    members: Mapping[str, Any], path: str, names: Mapping[str, str], left_out: list[str]
) -> Iterator[PartValue]:
    """The members that hold one value, or a list of such, by the names that readers know.

    A member that has no such name is told by its own; one that holds objects is `left_out`.
    """
    for member, value in members.items():
        name, at = names.get(member, member), member_path(path, member)
        if isinstance(value, list) and value and all(map(_is_scalar, value)):
            for index, element in enumerate(value):
                numbered = name if len(value) == 1 else f"{name} {index + 1}"
                yield PartValue(numbered, scalar_text(element), element_path(at, index))
        elif _is_scalar(value) or value in ([], {}):
            yield PartValue(name, scalar_text(value), at)
        else:
            left_out.append(at)


def is_text(value: object) -> bool:
    """Whether a value is a string, and no number as it was written."""
    return isinstance(value, str) and not isinstance(value, Number)


def scalar_text(value: object) -> str:
    """A value as one would paste it: strings without quotes, all else as in JSON."""
    if isinstance(value, str):
        return _pasteable(value)
    return json.dumps(value)


def _pasteable(text: str) -> str:
    """The text, or as it stands in JSON where it is no Unicode, which nothing could paste."""
    return json_string(text) if any("\ud800" <= each <= "\udfff" for each in text) else text


def _is_scalar(value: object) -> bool:
    return not isinstance(value, list | dict)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise AmbiguousError
    return members


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
