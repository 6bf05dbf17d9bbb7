"""On the terminals and in the locales that a gateway is reached from: it shows, and a key works."""

import re

import pytest

RENDITION = re.compile(rb"\x1b\[([0-9;]*)m")
ERASE_CHARACTERS = re.compile(rb"\x1b\[[0-9]+X")
POINTER = b"\x1b]22;"
IN_ASCII = re.compile(r"> \S+ +IN_PROGRESS")
IN_UTF_8 = re.compile(r"\u25b6 \S+ +IN_PROGRESS")


def renditions(raw: bytes) -> set[bytes]:
    """The parameters of all that set how characters are drawn."""
    return {parameters for found in RENDITION.findall(raw) for parameters in found.split(b";")}


def seen_and_left(terminal) -> bytes:
    """Open a dialog and help, leave; what was sent."""
    terminal.wait_for("! due")
    terminal.press("s")
    terminal.wait_for("the change is based on it")
    terminal.press("f")
    terminal.wait_for("Sends")
    terminal.press("escape", "escape")
    terminal.wait_for(lambda: "Change status" not in terminal.text)
    terminal.press("?")
    terminal.wait_for("Keys")
    terminal.press("escape")
    terminal.wait_for("! due")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    return terminal.raw


@pytest.mark.parametrize(
    "name",
    [
        "screen-256color",
        pytest.param("tmux-256color", marks=pytest.mark.slow),
        pytest.param("xterm-256color", marks=pytest.mark.slow),
    ],
)
def test_a_terminal_of_256_colors_is_sent_these_and_no_more(run, name) -> None:
    terminal = run("demo", environment={"TERM": name})
    terminal.wait_for(lambda: IN_UTF_8.search(terminal.text))
    raw = seen_and_left(terminal)
    assert b"38;5;" in raw
    assert b"38;2;" not in raw
    assert b"48;2;" not in raw


def test_the_console_of_linux_is_left_its_own_colors_and_sent_signs_of_its_font(run) -> None:
    terminal = run("demo", environment={"TERM": "linux"})
    terminal.wait_for(lambda: IN_ASCII.search(terminal.text))
    raw = seen_and_left(terminal)
    known = {*range(8), 22, 24, 27, *range(30, 38), 39, *range(40, 48), 49}
    assert {int(parameter or 0) for parameter in renditions(raw)} <= known
    assert POINTER not in raw


@pytest.mark.parametrize("name", ["vt100", pytest.param("vt102", marks=pytest.mark.slow)])
def test_a_terminal_of_ascii_and_one_color_is_sent_nothing_else(run, name) -> None:
    terminal = run("demo", environment={"TERM": name})
    terminal.wait_for(lambda: IN_ASCII.search(terminal.text))
    raw = seen_and_left(terminal)
    assert raw.isascii()
    assert renditions(raw) <= {b"", b"1", b"4", b"7"}
    assert b"7" in renditions(raw)
    assert ERASE_CHARACTERS.search(raw) is None
    assert POINTER not in raw


@pytest.mark.parametrize("name", ["vt100", pytest.param("linux", marks=pytest.mark.slow)])
def test_where_shades_cannot_be_seen_the_cursor_and_the_focus_are_in_reverse(run, name) -> None:
    terminal = run("demo", environment={"TERM": name})

    def in_reverse() -> str:
        return "".join(
            cell.data
            for row in terminal.screen.buffer.values()
            for cell in row.values()
            if cell.reverse
        )

    terminal.wait_for("! due")
    terminal.wait_for(lambda: "gw-lyon-01" in in_reverse())
    terminal.wait_for(lambda: "fw-2026-11-edge" in in_reverse())
    assert "boiler-07" not in in_reverse()
    terminal.press("s")
    terminal.wait_for("the change is based on it")
    terminal.press("f")
    terminal.wait_for(lambda: "FAILED" in in_reverse())


@pytest.mark.slow
def test_a_terminal_of_a_name_that_nobody_knows_is_sent_what_every_one_understands(run) -> None:
    terminal = run("demo", environment={"TERM": "quux-3000"})
    terminal.wait_for(lambda: IN_UTF_8.search(terminal.text))
    raw = seen_and_left(terminal)
    assert ERASE_CHARACTERS.search(raw) is None
    assert b"8;5;" not in raw


@pytest.mark.parametrize(
    "locale",
    [
        {"LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        pytest.param({"LC_ALL": "C"}, marks=pytest.mark.slow),
        pytest.param({"LC_ALL": "en_US.ISO-8859-1"}, marks=pytest.mark.slow),
    ],
    ids=str,
)
def test_where_the_locale_is_not_utf_8_the_screen_is_made_of_ascii(run, locale) -> None:
    terminal = run("demo", environment=locale)
    terminal.wait_for(lambda: IN_ASCII.search(terminal.text))
    raw = seen_and_left(terminal)
    assert raw.isascii()
    assert b"38;5;" in raw


@pytest.mark.parametrize(
    "locale",
    [
        {"LANG": "C"},
        {"LANG": ""},
        {"LC_CTYPE": "UTF-8", "LANG": ""},
        {"LC_CTYPE": "en_US.utf8", "LANG": "C"},
    ],
    ids=str,
)
@pytest.mark.slow
def test_where_the_locale_says_so_or_nothing_the_screen_is_drawn_with_lines(run, locale) -> None:
    terminal = run("demo", environment=locale)
    terminal.wait_for(lambda: IN_UTF_8.search(terminal.text))


ATTRIBUTES = {b"", b"0", b"1", b"2", b"4", b"7", b"22", b"24", b"27"}
"""Of a rendition, all that is no colour: bold, dim, underlined, in reverse, and back."""

SIXTEEN = {f"{first + number}".encode() for first in (30, 40, 90, 100) for number in range(8)}
"""The colours that there were first, bright ones too; 39 and 49 are the terminal's own."""

OWN = {b"39", b"49"}


@pytest.mark.parametrize(
    "environment",
    [
        {"NO_COLOR": "1"},
        pytest.param({"NO_COLOR": "0", "COLORTERM": "truecolor"}, marks=pytest.mark.slow),
        pytest.param({"NO_COLOR": "yes", "JOBS_TUI_THEME": "nord"}, marks=pytest.mark.slow),
    ],
    ids=str,
)
def test_where_no_colour_is_wanted_none_is_sent(run, environment) -> None:
    terminal = run("demo", "--theme", "dracula", environment=environment)
    terminal.wait_for(lambda: IN_UTF_8.search(terminal.text))
    raw = seen_and_left(terminal)
    assert renditions(raw) <= ATTRIBUTES
    assert {b"1", b"2", b"7"} <= renditions(raw)


@pytest.mark.slow
def test_an_empty_wish_for_no_colour_is_none(run) -> None:
    terminal = run("demo", environment={"NO_COLOR": ""})
    terminal.wait_for(lambda: IN_UTF_8.search(terminal.text))
    assert b"38;5;" in seen_and_left(terminal)


@pytest.mark.parametrize(
    ("environment", "theme"),
    [
        pytest.param({"TERM": "xterm"}, "auto", marks=pytest.mark.slow),
        pytest.param({"TERM": "screen"}, "auto", marks=pytest.mark.slow),
        pytest.param({"TERM": "rxvt-16color"}, "auto", marks=pytest.mark.slow),
        pytest.param({"TERM": "xterm"}, "dracula", marks=pytest.mark.slow),
    ],
)
def test_a_terminal_of_sixteen_colours_is_left_its_own(run, environment, theme) -> None:
    terminal = run("demo", "--theme", theme, environment=environment)
    terminal.wait_for(lambda: IN_UTF_8.search(terminal.text))
    used = renditions(seen_and_left(terminal))
    assert used <= ATTRIBUTES | SIXTEEN | OWN
    # a light background is as likely as a dark one
    assert used & SIXTEEN <= {b"31", b"35", b"36"}


@pytest.mark.slow
def test_a_terminal_that_says_it_has_more_colours_is_sent_more(run) -> None:
    terminal = run("demo", environment={"TERM": "xterm", "COLORTERM": "truecolor"})
    terminal.wait_for(lambda: IN_UTF_8.search(terminal.text))
    assert b"38;2;" in seen_and_left(terminal)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("theme", "sent"),
    [("high-contrast", b"48;5;220"), ("terminal", b"35"), ("textual-light", b"48;5;254")],
)
def test_a_theme_is_named_on_the_command_line(run, theme, sent) -> None:
    terminal = run("demo", "--theme", theme)
    terminal.wait_for(lambda: IN_UTF_8.search(terminal.text))
    raw = seen_and_left(terminal)
    parameters = b";".join(RENDITION.findall(raw)) + b";"
    assert b";" + sent + b";" in parameters
    assert (b"8;5;" in raw) == (theme != "terminal")


SCREENS = (
    ("J", "No change was asked for"),
    ("L", "notices"),
    ("P", "pulse"),
    ("o", "job document"),
    ("enter", "status details"),
    (":", "Search for commands"),
    (",", "sort rows"),
    ("a", "add a thing"),
    ("n", "already in progress"),
)
"""Keys, and what is seen then."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "environment",
    [{"LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"TERM": "vt220"}],
    ids=str,
)
def test_all_screens_are_made_of_ascii_where_there_is_nothing_else(run, environment) -> None:
    terminal = run("demo", environment=environment)
    terminal.wait_for(lambda: IN_ASCII.search(terminal.text))
    for key, wanted in SCREENS:
        terminal.press(key)
        terminal.wait_for(wanted)
        terminal.press("escape")
        terminal.wait_for("! due")
        terminal.wait_for(lambda wanted=wanted: wanted not in terminal.text)
    assert seen_and_left(terminal).isascii()
