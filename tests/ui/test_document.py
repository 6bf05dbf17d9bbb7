"""Reading a job document: steps, tree, search, folds, secrets, what changed."""

import json

import pytest

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.domain.opened_documents import OpenedDocument
from jobs_tui.ui.screens.execution import ExecutionScreen

DOCUMENT = {
    "note": "hello",
    "version": "1.0",
    "steps": [
        {
            "action": {
                "name": "Install",
                "type": "runHandler",
                "input": {"handler": "install.sh", "args": ["curl", "hello"]},
                "runAsUser": "root",
            }
        }
    ],
}
PLACEHOLDER = "${aws:iot:s3-presigned-url:https://s3.eu-west-3.amazonaws.com/bucket/key}"


def with_job(account, document=DOCUMENT) -> None:
    account.create_thing("gw-1")
    account.create_job(job_id="fw-1", targets=("gw-1",), document=json.dumps(document))


async def open_document(screen, key="o") -> None:
    await screen.see("fw-1")
    await screen.press(key)
    await screen.see(lambda: screen.app.screen.document_read)


async def test_steps_come_first_and_t_goes_round_tree_and_raw(account, cockpit) -> None:
    with_job(account)
    async with cockpit("gw-1") as screen:
        await open_document(screen)
        await screen.see("step 1  Install")
        assert "run as user" in screen.line_with("root")
        assert "1 member is not told here (note)" in screen.text
        await screen.press("t")
        await screen.see('"runAsUser": "root"')
        await screen.press("t")
        await screen.see('{"note":"hello","version"')
        await screen.press("t")
        await screen.see("step 1  Install")


async def test_the_cursor_tells_the_value_that_it_is_on(account, cockpit) -> None:
    with_job(account)
    async with cockpit("gw-1") as screen:
        await open_document(screen)
        await screen.see(lambda: screen.line_with("schema version").startswith("▶"))
        assert json.loads(screen.app.screen.document_text) == DOCUMENT
        assert screen.app.screen.selected_value == ("version", "1.0")
        await screen.press("down", "down", "j", "j")
        assert screen.line_with("curl").startswith("▶")
        assert screen.app.screen.selected_value == ("steps[0].action.input.args[0]", "curl")
        await screen.press("k", "home", "t", "down")
        await screen.see(lambda: screen.line_with('"note"').startswith("▶"))
        assert screen.app.screen.selected_value == ("note", "hello")


@pytest.mark.slow
async def test_objects_fold_and_unfold_by_keys(account, cockpit) -> None:
    with_job(account)
    async with cockpit("gw-1") as screen:
        await open_document(screen)
        await screen.press("left")
        await screen.see("Fold: not now, only the tree folds")
        await screen.press("t", "minus")
        await screen.see('"steps": [ 1 element ]')
        await screen.press("down", "down", "down", "right")
        await screen.see("{ 1 member }")
        await screen.press("left")
        await screen.see('"steps": [ 1 element ]')
        assert screen.line_with('"steps"').startswith("▶")
        await screen.press("enter", "plus")
        await screen.see('"runAsUser": "root"')
        assert screen.line_with('"steps"').startswith("▶"), "nothing moves under the cursor"


@pytest.mark.slow
async def test_search_finds_while_one_types_and_n_goes_on(account, cockpit) -> None:
    with_job(account)
    async with cockpit("gw-1") as screen:
        await open_document(screen)
        await screen.press("n")
        await screen.see("Next place found: not now, / searches first")
        await screen.press("t", "minus", "slash", "h", "E", "l", "l")
        await screen.see("1 of 2")
        assert screen.line_with('"note"').startswith("▶")
        await screen.press("enter", "n")
        await screen.see("/hEll: 2 of 2")
        assert "hello" in screen.line_with("▶")
        assert "note" not in screen.line_with("▶")
        assert '"runAsUser"' in screen.text, "what it was folded into is unfolded"
        await screen.press("N")
        await screen.see("1 of 2")
        await screen.press("escape")
        await screen.see(lambda: "1 of 2" not in screen.text)
        await screen.press("n")
        await screen.see("not now, / searches first")
        await screen.press("escape")
        await screen.see("1 queued")


async def test_keys_of_the_screen_are_text_in_the_field_and_escape_ends_the_search(
    account, cockpit
) -> None:
    with_job(account)
    async with cockpit("gw-1") as screen:
        await open_document(screen)
        await screen.press("slash", "u", "q", "question_mark")
        await screen.type("x" * 100_000)
        await screen.see("not found")
        assert screen.app.screen.masked
        await screen.press("escape")
        await screen.see(lambda: "not found" not in screen.text)
        assert isinstance(screen.app.screen, ExecutionScreen)
        await screen.press("j")
        assert not screen.line_with("schema version").startswith("▶")


@pytest.mark.slow
async def test_what_is_masked_is_not_found_until_it_is_shown(account, cockpit) -> None:
    with_job(account, {"file": PLACEHOLDER})
    async with cockpit("gw-1") as screen:
        await open_document(screen)
        await screen.see("presigned URL: valid for")
        await screen.press("slash", *"ASIAFAKE", "enter")
        await screen.see("/ASIAFAKE: not found")
        await screen.press("u", "n")
        await screen.see("/ASIAFAKE: 1 of 1")
        await screen.see("secrets shown")


async def test_a_new_fetch_of_a_presigned_url_is_no_change_and_another_text_is(
    account, cockpit
) -> None:
    with_job(account, {"file": PLACEHOLDER, "n": 1})
    async with cockpit("gw-1") as screen:
        await open_document(screen)
        await screen.press("equals_sign")
        await screen.see("What changed: not now, it was not opened before in this run")
        first = screen.app.screen.document_text
        await screen.press("f")
        await screen.see(lambda: screen.app.screen.document_text != first)
        await screen.press("equals_sign")
        await screen.see("same as when last opened")
        await screen.press("escape")
        await screen.see("1 queued")
        opened = screen.engine.opened_documents
        key = next(iter(screen.engine.store.thing("gw-1").described))
        assert isinstance(key, ExecutionKey)
        last = opened.last(key)
        lines = tuple(line.replace('"n": 1', '"n": 0') for line in last.lines)
        opened.remember(key, OpenedDocument(lines, 1.0))
        await open_document(screen)
        await screen.see("changed since last opened: =")
        await screen.press("equals_sign")
        await screen.see('-   "n": 0')
        assert '+   "n": 1' in screen.text
        assert "changes since it was opened" in screen.text
        await screen.press("escape")
        await screen.see("tree ·")
        assert '+   "n": 1' not in screen.text


@pytest.mark.slow
async def test_the_cursor_walks_through_the_execution_into_its_document(account, cockpit) -> None:
    with_job(account)
    async with cockpit("gw-1") as screen:
        await open_document(screen, "enter")
        await screen.see(lambda: "▶" in screen.line_with("thing "))
        assert screen.app.screen.selected_value is None
        await screen.press("slash", *"install.sh", "enter")
        assert screen.line_with("install.sh").startswith("▶")
        await screen.press("home")
        await screen.see(lambda: "▶" in screen.line_with("thing "))
        await screen.press("end", "up", "up", "up")
        assert screen.app.screen.selected_value == ("steps[0].action.input.args[1]", "hello")


@pytest.mark.slow
async def test_it_is_of_use_in_the_smallest_window_and_grows_back(account, cockpit) -> None:
    with_job(account)
    async with cockpit("gw-1") as screen:
        await open_document(screen)
        await screen.press("down", "down", "down", "down")
        await screen.pilot.resize_terminal(40, 12)
        await screen.see(lambda: screen.line_with("curl").startswith("▶"))
        await screen.press("slash", *"root")
        await screen.see("1 of 1")
        await screen.pilot.resize_terminal(80, 24)
        await screen.see(lambda: screen.line_with("root").startswith("▶"))
