"""Nothing is drawn, printed or logged but through the few modules that make it safe.

A lint rule of our own: Textual's widgets take every string for markup and pass control characters
on, so what could put a text on the screen by itself may be named where it is expected only.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "jobs_tui"

TERMINAL = "ui/terminal/"

EXPECTED = {
    # widgets of Textual's own: only to be made safe, or to name the messages that they send
    "textual.widgets.Button": {
        "ui/screens/bulk_dialog.py",
        "ui/screens/enter_sends.py",
        "ui/screens/fields_dialog.py",
        "ui/screens/choice_dialog.py",
        "ui/screens/start_next.py",
        "ui/widgets/dialog_button.py",
    },
    "textual.widgets.Input": {
        "ui/screens/fields_dialog.py",
        "ui/screens/thing_picker.py",
        "ui/widgets/details_table.py",
        "ui/widgets/safe_input.py",
    },
    "textual.widgets.LoadingIndicator": {"ui/screens/palette.py"},
    "textual.widgets": set(),
    "textual.command": {"ui/app.py", "ui/screens/palette.py"},
    # what holds a text that is drawn as it is
    "textual.content": {"ui/screens/palette.py", "ui/widgets/dialog_button.py"},
    "rich.text": {"ui/terminal/crash.py"},
    "rich.segment": {TERMINAL},
    "textual.strip": {TERMINAL},
    "textual.markup": set(),
    "textual.notifications": set(),
    "textual.driver": {"ui/app.py", "ui/terminal/browser_driver.py"},
    "textual.drivers": {TERMINAL},
    "rich.console": {TERMINAL},
    "rich.markup": set(),
    "rich.print": set(),
    "rich.pretty": set(),
    "curses": set(),
    "warnings": set(),
}
"""By what is imported, the more particular first: where that may be."""

MADE_ONLY_AS_OURS = {"Button()", "Input()", "CommandInput()", "Segment()"}
"""Of these, objects are made in `TERMINAL` only, and subclasses where the import is expected."""

USED = {
    ".notify": set(),
    ".bell": set(),
    ".open_url": set(),
    ".border_title": set(),
    ".border_subtitle": set(),
    ".tooltip": set(),
    ".sub_title": set(),
    ".from_markup": set(),
    ".render_str": set(),
    ".set_window_title": set(),
    ".copy_to_clipboard": {"ui/app.py", "ui/aside/copying.py"},
    "sys.stdout": {"cli/bare_output.py", "cli/output.py", "cli/emulator.py"},
    "sys.stderr": {
        "__main__.py",
        "cli/output.py",
        "cli/__init__.py",
        "cli/progress.py",
        "cli/question.py",
    },
    ".StreamHandler": set(),
    ".FileHandler": set(),
    ".basicConfig": set(),
    "print()": set(),
    "input()": set(),
}
"""What puts a text before a person, past everything else; where that may be."""


def offences(path: str, source: str) -> Iterator[str]:
    """What a module names that could put a text before a person, and must not be there."""
    for node in ast.walk(ast.parse(source)):
        for named in _imported(node):
            if not _may_import(path, named):
                yield f"{path}:{node.lineno}: imports {named}"
        if (named := _used(node)) is not None and not _may_use(path, named):
            yield f"{path}:{node.lineno}: uses {named}"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{name.name}" for name in node.names]
    return [name.name for name in node.names] if isinstance(node, ast.Import) else []


def _used(node: ast.AST) -> str | None:
    match node:
        case ast.Attribute(value=ast.Name("sys"), attr="stdout" | "stderr"):
            return f"sys.{node.attr}"
        case ast.Attribute():
            return f".{node.attr}"
        case ast.Call(func=ast.Name()):
            return f"{node.func.id}()"
    return None


def _may_use(path: str, named: str) -> bool:
    if named in MADE_ONLY_AS_OURS:
        return path.startswith(TERMINAL)
    return path in USED.get(named, {path})


def _may_import(path: str, imported: str) -> bool:
    for name, places in EXPECTED.items():
        if imported == name or imported.startswith(f"{name}."):
            return any(
                path == place or (place == TERMINAL and path.startswith(place)) for place in places
            )
    return True


def test_no_module_puts_a_text_before_a_person_by_itself() -> None:
    found = [
        offence
        for file in sorted(PACKAGE.rglob("*.py"))
        for offence in offences(file.relative_to(PACKAGE).as_posix(), file.read_text("utf-8"))
    ]
    assert found == []


def test_every_module_that_is_expected_is_there() -> None:
    places = set().union(*EXPECTED.values(), *USED.values())
    assert [place for place in sorted(places) if not (PACKAGE / place).exists()] == []


@pytest.mark.parametrize(
    "source",
    [
        "from textual.widgets import Static",
        "from textual.widgets import DataTable, Label",
        "from rich.text import Text",
        "from rich import print",
        "self.notify(told)",
        "self.border_title = job_id",
        "print(job_id)",
        "sys.stdout.write(job_id)",
        "yield Input(value)",
        "yield Button(job_id)",
        "Segment(job_id)",
        "self.app.copy_to_clipboard(job_id)",
        "logging.basicConfig()",
    ],
)
def test_what_must_not_be_is_found(source: str) -> None:
    assert list(offences("ui/screens/somewhere.py", source))
