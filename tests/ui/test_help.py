"""The help: what each key does, aligned and whole at any size, and why one cannot be used now."""

import pytest

from jobs_tui.ui.terminal.lines import width_of
from jobs_tui.ui.views.help import help_lines

ENTRIES = [
    ("enter d", "Open the execution: members, details, job document", None),
    ("shift+tab [", "Go to the panel of the thing before", "this is the only panel there is"),
]


def words(lines) -> list[str]:
    return ["".join(piece.text for piece in each.pieces).rstrip() for each in lines]


def test_what_a_key_does_goes_on_below_where_it_began() -> None:
    assert words(help_lines("Keys", ENTRIES, ("One note about this.",), 34)) == [
        " Keys \u00b7 esc closes " + 15 * "\u2500",
        "",
        " enter d  Open the execution:",
        "          members, details, job",
        "          document",
        " shift+tab [",
        "          Go to the panel of the",
        "          thing before",
        "          not now: this is the",
        "          only panel there is",
        "",
        " One note about this.",
    ]


@pytest.mark.parametrize("width", [34, 59, 60, 72, 100])
def test_no_word_is_cut_and_no_line_too_long(width: int) -> None:
    shown = help_lines("Keys", ENTRIES, ("One note " * 20,), width)
    assert max(width_of(each.pieces) for each in shown) <= width
    told = " ".join(" ".join(words(shown)).split())
    for _, does, why_not in ENTRIES:
        assert does in told
        assert why_not is None or f"not now: {why_not}" in told


@pytest.mark.parametrize("size", [(40, 12), pytest.param((80, 24), marks=pytest.mark.slow)])
async def test_it_is_read_to_its_end_by_the_keys_of_every_list(account, cockpit, size) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1", size=size) as screen:
        await screen.see("No pending")
        await screen.press("question_mark")
        await screen.see("Open the")
        await screen.press("G")
        await screen.see(lambda: "more." in screen.text)
        await screen.press("k")
        await screen.see(lambda: "more." not in screen.text)
        await screen.press("j")
        await screen.see(lambda: "more." in screen.text)
        await screen.press("g")
        await screen.see("Keys \u00b7")
        await screen.press("space")
        await screen.see(lambda: "Keys \u00b7" not in screen.text)


@pytest.mark.slow
@pytest.mark.parametrize(("key", "title"), [("P", "The pulse"), ("L", "Notices"), ("o", "An exec")])
async def test_each_screen_tells_its_own_keys_and_why_one_cannot_be_used(
    account, cockpit, key, title
) -> None:
    account.create_thing("gw-1")
    account.create_job("fw-1", ["gw-1"], "{}")
    async with cockpit("gw-1", size=(80, 60)) as screen:
        await screen.see("fw-1")
        await screen.press(key)
        await screen.see("esc back")
        await screen.press("question_mark")
        await screen.see(title)
        await screen.see("not now: no conflict has come meanwhile")
        await screen.press("escape")
        await screen.see(lambda: "not now" not in screen.text)
