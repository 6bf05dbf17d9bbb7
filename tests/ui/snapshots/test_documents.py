"""An execution and its job document, looked at in every way, and what is taken out of it."""

from pathlib import Path

import pytest

from jobs_tui.domain.opened_documents import OpenedDocument
from jobs_tui.ui.screens import write_dialog
from snapshots.shots import ALL_IN, Step, shot
from snapshots.stage import Stage

FILES: tuple[Step, ...] = (ALL_IN, (("o",), "files"))
STEPS = ALL_IN, (("down", "down"), "\u25b6 edge-apps-4-1"), (("o",), "downloadJobHandler")
EXECUTION = ALL_IN, (("enter",), "version number")


def an_earlier_document(stage: Stage) -> None:
    """As if it had been another one when last opened."""
    opened = stage.engine.opened_documents
    described = stage.engine.store.thing("gw-lyon-01").described
    key = next(each for each in described if each.job_id == "edge-apps-4-1")
    text = opened.last(key).lines
    lines = tuple(line.replace("install-app.sh", "install.sh") for line in text)
    opened.remember(key, OpenedDocument(lines, stage.engine.clock.now() - 600))


SHOTS = [
    *shot("document-files", *FILES, fast=True),
    *shot("document-steps", *STEPS),
    *shot("document-tree", *STEPS, (("t",), "tree")),
    *shot("document-folded", *FILES, (("t", "minus"), "tree")),
    *shot("document-raw", *STEPS, (("t", "t"), "raw")),
    *shot("document-search-under-way", *FILES, (("slash", *"file"), "of")),
    *shot("document-searched", *FILES, (("slash", *"file", "enter", "n"), "/file: 2 of")),
    *shot("document-secrets-shown", *FILES, (("u",), "secrets shown")),
    *shot(
        "document-changes",
        *STEPS,
        (("escape",), "live"),
        (an_earlier_document, ""),
        (("o",), "changed since"),
        (("equals_sign",), "changes since"),
    ),
    *shot("copy-from-document", *FILES, (("c",), "Copy")),
    *shot("write-to-a-file", *FILES, (("w",), "Write the job document")),
    *shot("replace-a-file", *FILES, (("w",), "Write the job"), (("enter",), "Replace")),
    *shot("execution", *EXECUTION),
    *shot("execution-queued", ALL_IN, (("down", "enter"), "version number")),
    *shot("execution-further-down", *EXECUTION, (("pagedown", "pagedown"), "job document")),
    *shot("execution-smallest", ((), "! stuck"), (("enter",), "version number"), sizes=[(40, 12)]),
]


@pytest.fixture(autouse=True)
def one_file(monkeypatch) -> None:
    """Every file that is named is the same one, and there already."""

    def refuse(*_: object, replace: bool) -> None:
        raise FileExistsError(0, "there is such a file already")

    monkeypatch.setattr(write_dialog, "named_path", lambda name: Path("/home/ann") / name)
    monkeypatch.setattr(write_dialog, "write_private", refuse)


@pytest.mark.parametrize(("scene", "steps", "size"), SHOTS)
def test_screen(looks_as_before, scene, steps, size) -> None:
    assert looks_as_before(scene, steps, size)
