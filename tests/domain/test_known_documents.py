"""Job documents of a known kind are read as steps or files; nothing of them is lost unsaid."""

import json
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs_tui.domain.document_parts import DocumentParts
from jobs_tui.domain.job_document import read_job_document
from jobs_tui.domain.json_folds import JsonFolds
from jobs_tui.domain.known_documents import known_parts

FOLDER = resources.files("jobs_tui.emulator.demo").joinpath("job_documents")


def real(name: str) -> str:
    return FOLDER.joinpath(name).read_text(encoding="utf-8")


REAL = sorted(entry.name for entry in FOLDER.iterdir() if entry.name.endswith(".json"))


def told(parts: DocumentParts) -> list[tuple[str, str]]:
    """Everything that is told, from top to bottom, as name and text."""
    values = [(value.name, value.text) for value in parts.values]
    for part in parts.parts:
        values.append((part.label, part.title.text if part.title else ""))
        values += [(value.name, value.text) for value in part.values]
    return values


def test_the_full_schema_of_the_device_client_is_told_to_its_final_step() -> None:
    parts = known_parts(real("dc-full-schema.json"))
    assert parts is not None
    assert parts.kind == "steps"
    assert parts.left_out == ()
    assert told(parts)[:13] == [
        ("schema version", "1.0"),
        ("include stdout", "true"),
        ("condition", "operatingSystem stringEqual ubuntu, redhat"),
        ("condition", "OS stringEqual 16.0"),
        ("step 1", "downloadJobHandler"),
        ("handler", "download-file.sh"),
        ("argument 1", "presignedUrl"),
        ("argument 2", "/tmp/aws-iot-device-client/"),  # noqa: S108 - the document says so
        ("handler path", "path to handler"),
        ("run as user", "user1"),
        ("stderr lines allowed", "8"),
        ("ignore step failure", "true"),
        ("step 2", "installApplicationAndReboot"),
    ]
    assert ("command", "ls,/tmp") in told(parts)
    assert [part.label for part in parts.parts] == [
        *("step 1", "step 2", "step 3", "step 4", "final step")
    ]


def test_files_of_a_freertos_update_are_told() -> None:
    parts = known_parts(real("freertos-afr-ota-multifile.json"))
    assert parts is not None
    assert parts.kind == "files"
    assert told(parts)[:6] == [
        ("protocol", "HTTP"),
        ("file 1", "/device"),
        ("size in bytes", "343135"),
        ("file id", "0"),
        ("certificate file", "/strangepath/certificate.cert"),
        ("file type", "2"),
    ]
    assert [name for name, _ in told(parts)[6:]] == ["URL", "signature sha256-ecdsa"]


def test_what_is_in_no_step_is_named() -> None:
    parts = known_parts(
        json.dumps(
            {
                "_comment": "x",
                "conditions": [{"key": "a", "value": "b", "type": "c", "more": 1}],
                "steps": [
                    {
                        "action": {
                            "name": "a",
                            "type": "runHandler",
                            "input": {"handler": "h", "args": [{"deep": 1}], "odd name": {"x": 1}},
                            "retries": 3,
                        },
                        "timeout": 5,
                    }
                ],
            }
        )
    )
    assert parts is not None
    assert set(parts.left_out) == {
        "_comment",
        "conditions",
        "steps[0].timeout",
        "steps[0].action.input.args",
        'steps[0].action.input["odd name"]',
    }
    assert ("retries", "3") in told(parts)


STEP: dict[str, Any] = {"action": {"name": "a", "input": {"handler": "h"}}}

NO_STEPS = [
    "",
    "x",
    "null",
    "[1]",
    '{"steps": [], "version": "1.0"}',
    '{"steps": {}}',
    '{"steps": [1]}',
    '{"steps": [{"action": "Install-Application"}]}',
    '{"steps": [{"action": {"name": 5, "input": {}}}]}',
    '{"steps": [{"action": {"name": "a"}}]}',
    json.dumps({"steps": [STEP, None]}),
    json.dumps({"steps": [STEP], "finalStep": 1}),
    json.dumps({"steps": [STEP]})[:-1],
    json.dumps({"steps": [STEP]}).replace('"name": "a"', '"name": "a", "name": "b"'),
    json.dumps({"steps": [STEP], "n": float("nan")}),
    '{"steps":' + "[" * 10_000 + "]" * 10_000 + "}",
    '{"afr_ota": 1}',
    '{"afr_ota": {"files": [{"filesize": 1}]}}',
    '{"afr_ota": {"files": []}}',
    json.dumps({"steps": [STEP] * 5_000}),
]


@pytest.mark.parametrize("text", NO_STEPS, ids=range(len(NO_STEPS)))
def test_what_is_unknown_damaged_ambiguous_or_too_large_has_no_steps(text: str) -> None:
    assert known_parts(text) is None


@pytest.mark.parametrize("name", REAL)
def test_each_value_stands_in_the_document_where_its_path_says(name: str) -> None:
    parts = known_parts(real(name))
    if parts is None:
        return
    lines = read_job_document(real(name)).lines(masked=False, raw=False)
    folds = JsonFolds(lines)
    by_path = {folds.path(index): folds.value(index) for index in range(len(lines))}
    values = [*parts.values, *(value for part in parts.parts for value in part.values)]
    values += [part.title for part in parts.parts if part.title is not None]
    for value in values:
        if value.name != "condition":
            assert by_path[value.path] == value.text


@settings(max_examples=40)
@given(
    st.sampled_from(
        ["X-Amz-Signature", "X-Amz-Credential", "url", "x-amz-security-token", "X\u002dAmz-Policy"]
    ),
    st.sampled_from(["", "https://b/k?a=1&X-Amz-Signature=", "https://b/k?X-Amz-Signature%3D"]),
    st.text(max_size=5),
)
def test_what_is_masked_in_the_document_is_masked_in_its_steps(
    name: str, before: str, after: str
) -> None:
    text = json.dumps({"steps": [{"action": {"input": {name: f"{before}5ec7e7{after}"}}}]})
    parts = known_parts(text)
    assert parts is not None
    (value,) = parts.parts[0].values
    in_document = "\n".join(read_job_document(text).lines(masked=True, raw=False))
    assert ("5ec7e7" in value.masked) == ("5ec7e7" in in_document)
    assert "5ec7e7" in value.text
