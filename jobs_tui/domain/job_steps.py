"""The steps of a job document of AWS's managed templates and of the AWS IoT Device Client.

Both have one schema: `steps` with an `action` each, and perhaps a `finalStep` that runs whatever
became of them. An action runs a handler, which is a script on the device, or a command.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from jobs_tui.domain.document_parts import DocumentParts, Part, PartValue, is_text, told_values
from jobs_tui.domain.value_path import element_path, member_path

_OF_ALL = {"version": "schema version", "includeStdOut": "include stdout"}
_OF_ACTION = {
    "runAsUser": "run as user",
    "allowStdErr": "stderr lines allowed",
    "ignoreStepFailure": "ignore step failure",
}
_OF_INPUT = {"args": "argument", "path": "handler path"}

_TYPE_OF = {"handler": "runHandler", "command": "runCommand"}
"""The types that say no more than the input does."""


def job_steps(document: Mapping[str, Any]) -> DocumentParts | None:
    """The steps, in the order in which they run; None if it has none, or one that is damaged."""
    steps = document.get("steps")
    if not isinstance(steps, list) or not steps:
        return None
    final = [document["finalStep"]] if "finalStep" in document else []
    if not all(map(_is_step, (*steps, *final))):
        return None
    left_out: list[str] = []
    parts = [
        _part(f"step {index + 1}", step, element_path("steps", index), left_out)
        for index, step in enumerate(steps)
    ]
    parts += [_part("final step", step, "finalStep", left_out) for step in final]
    conditions = tuple(_conditions(document.get("conditions")))
    taken = {"steps", "finalStep", *(("conditions",) if conditions else ())}
    others = {name: value for name, value in document.items() if name not in taken}
    about = {name: others.pop(name) for name in _OF_ALL if name in others}
    values = (*told_values(about, "", _OF_ALL, left_out), *conditions)
    left_out += [member_path("", name) for name in others]
    return DocumentParts("steps", values, tuple(parts), tuple(left_out))


def _is_step(step: object) -> bool:
    if not isinstance(step, dict) or not isinstance(step.get("action"), dict):
        return False
    action = step["action"]
    return is_text(action.get("name", "")) and isinstance(action.get("input"), dict)


def _part(label: str, step: Mapping[str, Any], path: str, left_out: list[str]) -> Part:
    at = member_path(path, "action")
    action = dict(step["action"])
    entered = action.pop("input")
    name = action.pop("name", "")
    title = PartValue("name", name, member_path(at, "name")) if name else None
    if any(name in entered and action.get("type") == told for name, told in _TYPE_OF.items()):
        del action["type"]
    values = (
        *told_values(entered, member_path(at, "input"), _OF_INPUT, left_out),
        *told_values(action, at, _OF_ACTION, left_out),
    )
    left_out += [member_path(path, name) for name in step if name != "action"]
    return Part(label, title, values)


def _conditions(conditions: object) -> Iterator[PartValue]:
    """What has to hold of the device; nothing if one of them is not as it should be."""
    if not isinstance(conditions, list) or not all(map(_is_condition, conditions)):
        return
    for index, condition in enumerate(conditions):
        wanted = condition["value"]
        words = wanted if isinstance(wanted, str) else ", ".join(wanted)
        text = f"{condition['key']} {condition['type']} {words}"
        yield PartValue("condition", text, element_path("conditions", index))


def _is_condition(condition: object) -> bool:
    if not isinstance(condition, dict) or set(condition) != {"key", "value", "type"}:
        return False
    wanted = condition["value"]
    words = wanted if isinstance(wanted, list) else [wanted]
    return all(map(is_text, (condition["key"], condition["type"], *words)))
