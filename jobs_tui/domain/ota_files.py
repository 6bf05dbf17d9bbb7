"""The files of an over-the-air update of FreeRTOS: what AWS puts under `afr_ota`."""

from collections.abc import Mapping
from typing import Any

from jobs_tui.domain.document_parts import DocumentParts, Part, PartValue, is_text, told_values
from jobs_tui.domain.value_path import element_path, member_path

MEMBER = "afr_ota"

_OF_ALL = {"protocols": "protocol", "streamname": "stream name"}
_OF_FILE = {
    "filesize": "size in bytes",
    "fileid": "file id",
    "certfile": "certificate file",
    "fileType": "file type",
    "update_data_url": "URL",
    "auth_scheme": "authorisation",
}
_NAME = "filepath"
_SIGNATURE = "sig-"


def ota_files(document: Mapping[str, Any]) -> DocumentParts | None:
    """The files to be fetched; None if it is no such document, or damaged."""
    update = document.get(MEMBER)
    files = update.get("files") if isinstance(update, dict) else None
    if not isinstance(update, dict) or not isinstance(files, list) or not files:
        return None
    if not all(isinstance(file, dict) and is_text(file.get(_NAME)) for file in files):
        return None
    left_out: list[str] = []
    parts = tuple(
        Part(
            f"file {index + 1}",
            PartValue("path", file[_NAME], member_path(_path_of(index), _NAME)),
            tuple(told_values(_others(file), _path_of(index), _names_in(file), left_out)),
        )
        for index, file in enumerate(files)
    )
    about = {name: value for name, value in update.items() if name != "files"}
    values = tuple(told_values(about, MEMBER, _OF_ALL, left_out))
    left_out += [member_path("", name) for name in document if name != MEMBER]
    return DocumentParts("files", values, parts, tuple(left_out))


def _path_of(index: int) -> str:
    return element_path(member_path(MEMBER, "files"), index)


def _others(file: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in file.items() if name != _NAME}


def _names_in(file: Mapping[str, Any]) -> Mapping[str, str]:
    """What readers know the members by; a signature's own name says by which algorithm it is."""
    signatures = {
        name: f"signature {name.removeprefix(_SIGNATURE)}"
        for name in file
        if name.startswith(_SIGNATURE)
    }
    return _OF_FILE | signatures
