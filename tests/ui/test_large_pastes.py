"""100 kB pasted into a field: it is taken or told, and the next key works."""

import pytest

PASTED = ('0123456789 {"é": [1]}\t\x1b[31m\r\n' * 4000)[:100_000]

FIELDS = {
    "filter": (("slash",), ""),
    "palette": (("ctrl+p",), ""),
    "name of a detail": (("s", "i", "tab"), "the change is based on it"),
    "value of a detail": (("s", "i", "tab", "tab"), "the change is based on it"),
    "step timeout": (("n", "tab", "tab", "tab"), "Step timeout"),
}


FAST = ("filter", "palette", "value of a detail")
"""The others are fields of the same kinds."""


@pytest.mark.parametrize(
    "field",
    [pytest.param(each, marks=() if each in FAST else pytest.mark.slow) for each in FIELDS],
)
async def test_a_paste_beyond_measure_leaves_the_cockpit_at_work(account, cockpit, field) -> None:
    things = tuple(f"gw-{number}" for number in range(30))
    for thing in things:
        account.create_thing(thing)
    account.create_job("fw-1", things, "{}")
    many = field == "filter"
    async with cockpit(*(things if many else things[:1]), refresh=60) as screen:
        await screen.see("fw-1")
        (first, *others), words = FIELDS[field]
        await screen.press(first)
        await screen.see(words)
        await screen.press(*others)
        await screen.type(PASTED)
        await screen.press("escape")
        await screen.press("escape")
        await screen.press("escape")
        await screen.see(lambda: len(screen.app.screen_stack) == 1)
        await screen.press("question_mark")
        await screen.see("Keys")
