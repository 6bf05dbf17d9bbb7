"""Themes: whether all that is drawn can be read in each, and how one is chosen."""

from collections.abc import Iterator

import pytest
from rich.style import Style
from textual import events
from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from jobs_tui.ui.commands.theme import bytes_spared
from jobs_tui.ui.screens.menu import MenuList
from jobs_tui.ui.terminal.contrast import contrast
from jobs_tui.ui.terminal.high_contrast import THEMES
from jobs_tui.ui.terminal.looks import CONTRAST, GROUNDS, LOOKS, ON_FOCUS, looks_in
from jobs_tui.ui.terminal.plain_looks import PLAIN_LOOKS
from jobs_tui.ui.terminal.theme_names import (
    AUTO,
    HIGH_CONTRAST,
    HIGH_CONTRAST_LIGHT,
    OF_TEXTUAL,
    TERMINAL,
    THEME_NAMES,
)

HIGH = (HIGH_CONTRAST, HIGH_CONTRAST_LIGHT)
ALL_SHADES = {name: BUILTIN_THEMES[name] for name in OF_TEXTUAL} | THEMES
SOME = (*THEMES, "textual-dark", "textual-light", "solarized-dark", "catppuccin-mocha")
"""Our own, the usual ones, and those whose contrast is the least."""

LIGHT_AND_DARK = ("#ffffff", "#000000")
PALETTES = {
    "xterm": {"red": "#cd0000", "magenta": "#cd00cd"},
    "Tango": {"red": "#cc0000", "magenta": "#75507b"},
    "Windows": {"red": "#c50f1f", "magenta": "#881798"},
    "macOS": {"red": "#990000", "magenta": "#b200b2"},
    "PuTTY": {"red": "#bb0000", "magenta": "#bb00bb"},
    "VGA": {"red": "#aa0000", "magenta": "#aa00aa"},
}
"""What terminals show for the two colours of a text."""


def least(theme: str) -> float:
    """What is asked of a text in a theme."""
    return 7.0 if theme in HIGH else 3.0


def colors_in(theme: str) -> dict[str, str]:
    chosen = ALL_SHADES[theme]
    return (
        App().get_theme_variable_defaults() | chosen.to_color_system().generate() | chosen.variables
    )


@pytest.mark.parametrize("theme", ALL_SHADES)
def test_each_look_is_read_on_all_that_it_may_stand_on(theme) -> None:
    variables = colors_in(theme)
    base = Color.parse(variables["background"])
    grounds = [base + Color.parse(variables[name]) for name in GROUNDS]
    styles = looks_in(variables, theme)
    told = []
    for name, look in LOOKS.items():
        style, under = styles[name], grounds
        if look.color == CONTRAST:
            under = [Color.from_rich_color(style.bgcolor)]
        elif not look.color:
            continue
        ratio = min(contrast(Color.from_rich_color(style.color), each) for each in under)
        if ratio < least(theme):
            told.append(f"{name}: {ratio:.1f}")
    ordinary = base + Color.parse(variables["foreground"])
    told += [
        f"ordinary text on {name}"
        for name, each in zip(GROUNDS, grounds, strict=True)
        if contrast(ordinary, each) < least(theme)
    ]
    assert not told


@pytest.mark.parametrize("palette", PALETTES)
def test_the_terminals_own_colours_are_read_on_a_light_and_on_a_dark_ground(palette) -> None:
    used = {
        color.name
        for style in PLAIN_LOOKS.values()
        for color in (style.color, style.bgcolor)
        if color
    }
    assert used <= PALETTES[palette].keys()
    for color in used:
        for ground in LIGHT_AND_DARK:
            assert contrast(Color.parse(PALETTES[palette][color]), Color.parse(ground)) >= 2.2


def test_a_text_on_the_colour_of_the_focus_has_no_other_colour() -> None:
    styles = looks_in(colors_in("textual-dark"), "textual-dark")
    for name, look in LOOKS.items():
        if look.color and not look.background:
            assert styles[name + ON_FOCUS].color is None
            assert bool(styles[name + ON_FOCUS].bold) is look.bold


def test_all_themes_of_textual_are_offered_but_those_of_the_terminals_colours() -> None:
    shades = {name for name, theme in BUILTIN_THEMES.items() if not theme.ansi}
    assert set(OF_TEXTUAL) == shades
    assert len(set(THEME_NAMES)) == len(THEME_NAMES)


def ratios(app: App[int]) -> Iterator[tuple[str, float]]:
    """All words on the screen, and how well each is read."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    for line in update.strips:
        for strip in line:
            for text, style, _ in strip:
                if style and any(map(str.isalnum, text)):
                    yield text.strip(), ratio_of(style)


def ratio_of(style: Style) -> float:
    assert style.color is not None
    assert style.bgcolor is not None
    color, ground = map(Color.from_rich_color, (style.color, style.bgcolor))
    return contrast(color.blend(ground, 0.5) if style.dim else color, ground)


async def check(screen, theme: str, where: str) -> None:
    """All that is on the screen can be read once it has the colours of the theme."""
    await screen.pilot.pause()
    await screen.pilot.pause()
    told = {text: f"{ratio:.2f}" for text, ratio in ratios(screen.app) if ratio < least(theme)}
    assert not told, f"{theme}, {where}"


@pytest.fixture
def fleet(account) -> None:
    """Two things with two jobs."""
    for thing in ("gw-1", "gw-2"):
        account.create_thing(thing)
    for job in ("fw-1", "fw-2"):
        account.create_job(job, ["gw-1", "gw-2"], '{"a": {"b": 1, "c": "two", "d": null}}')


@pytest.mark.slow
async def test_all_that_is_drawn_is_read_in_high_contrast(fleet, cockpit) -> None:
    async with cockpit("gw-1", "gw-2", refresh=300.0, theme=HIGH_CONTRAST) as screen:
        await screen.see("fw-2")
        await check(screen, HIGH_CONTRAST, "panels")
        await screen.open_status_dialog("fw-1")
        await screen.press("i", "tab", "tab", "tab", "tab")
        await check(screen, HIGH_CONTRAST, "dialog")


async def check_in_each(screen, where: str, themes=ALL_SHADES) -> None:
    for theme in themes:
        screen.app.wear(theme)
        await check(screen, theme, where)


@pytest.mark.slow
async def test_all_that_is_drawn_is_read_in_each_theme(fleet, cockpit) -> None:
    async with cockpit("gw-1", "gw-2", size=(130, 40), refresh=300.0) as screen:
        await screen.see("fw-2")
        await screen.press("space")
        await check_in_each(screen, "panels")
        await screen.press("escape")
        await screen.open_status_dialog("fw-1")
        await screen.press("i")
        await check_in_each(screen, "statuses", SOME)
        await screen.press("tab", "tab", "tab", "tab")
        await check_in_each(screen, "buttons")
        await screen.press("escape", "escape")
        for key, wanted in (("o", "two"), ("question_mark", "Keys"), ("comma", "sort")):
            await screen.press(key)
            await screen.see(wanted)
            await check_in_each(screen, key, SOME)
            await screen.press("escape")
        await screen.take_endpoint_away()
        await screen.press("R")
        await screen.see("stale")
        await check_in_each(screen, "unreachable", SOME)
        await screen.bring_endpoint_back()


@pytest.mark.slow
async def test_the_palette_is_read_in_each_theme(fleet, cockpit) -> None:
    async with cockpit("gw-1", "gw-2", refresh=300.0) as screen:
        await screen.see("fw-2")
        for theme in ALL_SHADES:
            screen.app.wear(theme)
            await screen.press("colon")
            await screen.see("Open the execution")
            await check(screen, theme, "palette")
            await screen.press("escape")


def colors_drawn(app: App[int]) -> set[str]:
    """All that the screen has, by name."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    styles = [style for line in update.strips for strip in line for _, style, _ in strip if style]
    return {color.name for style in styles for color in (style.color, style.bgcolor) if color}


async def choose_theme(screen, *keys: str) -> None:
    await screen.press("colon")
    await screen.see("Search for commands")
    await screen.type("Theme ...")
    await screen.see(lambda: "Choose other colours" in screen.text)
    await screen.press("enter")
    await screen.see("as it was")
    await screen.press(*keys)
    await screen.pilot.pause()


async def test_a_theme_is_seen_as_the_cursor_comes_to_it_and_kept_by_enter(fleet, cockpit) -> None:
    async with cockpit("gw-1", "gw-2", others=("lab",)) as screen:
        await screen.see("fw-2")
        usual = screen.app.theme
        await choose_theme(screen, "down", "down")
        assert "#000000" in colors_drawn(screen.app)
        await screen.press("escape")
        await screen.see(lambda: "#000000" not in colors_drawn(screen.app))
        assert screen.app.theme == usual
        await choose_theme(screen, "down", "down", "enter")
        await screen.see(lambda: "enter keeps it" not in screen.text)
        assert screen.app.theme_in_force == HIGH_CONTRAST
        assert "#000000" in colors_drawn(screen.app)


@pytest.mark.slow
async def test_the_theme_of_this_run_stays_in_another_context_and_after_a_thin_line(
    fleet, cockpit
) -> None:
    async with cockpit("gw-1", "gw-2", others=("lab",), theme="nord") as screen:
        await screen.see("fw-2")
        assert screen.app.theme == "nord"
        await screen.press("B")
        await screen.see("bandwidth is saved: B")
        await screen.press("colon")
        await screen.see("Search for commands")
        await screen.type("Theme")
        await screen.see(f"only tells why not: {bytes_spared()}")
        await screen.press("escape")
        screen.app.wear("dracula")
        assert screen.app.low_bandwidth
        await screen.press("B")
        await screen.see("saved no more")
        assert screen.app.theme == "dracula"
        screen.app.screen.switch_context("lab")
        await screen.see("which things?")
        assert screen.app.theme == "dracula"


@pytest.mark.slow
async def test_the_list_of_themes_is_walked_by_keys_and_by_the_mouse(fleet, cockpit) -> None:
    async with cockpit("gw-1", size=(40, 12)) as screen:
        await screen.see("fw-2")
        await choose_theme(screen, "G")
        assert "tokyo-night" in screen.text
        assert f"{len(THEME_NAMES)} of {len(THEME_NAMES)}" in screen.text
        await screen.press("g")
        await screen.pilot.click(MenuList, offset=(4, 2))
        assert screen.app.theme == HIGH_CONTRAST
        await screen.pilot.pause()
        await wheel(screen, events.MouseScrollDown)
        await screen.see(lambda: screen.app.theme == HIGH_CONTRAST_LIGHT)
        await screen.pilot.click(MenuList, offset=(4, 1), times=2)
        await screen.see(lambda: "enter keeps it" not in screen.text)
        assert screen.app.theme_in_force == TERMINAL


@pytest.mark.slow
async def test_a_click_beside_the_list_goes_back(fleet, cockpit) -> None:
    async with cockpit("gw-1") as screen:
        await screen.see("fw-2")
        await choose_theme(screen, "G")
        await screen.pilot.click(offset=(1, 1))
        await screen.see(lambda: "enter keeps it" not in screen.text)
        assert screen.app.theme_in_force == AUTO


@pytest.mark.slow
@pytest.mark.parametrize("theme", [TERMINAL, HIGH_CONTRAST])
async def test_a_theme_of_the_settings_is_there_from_the_start(fleet, cockpit, theme) -> None:
    async with cockpit("gw-1", theme=theme) as screen:
        await screen.see("fw-2")
        drawn = colors_drawn(screen.app)
        assert ("default" in drawn) == (theme == TERMINAL)
        assert ("#000000" in drawn) == (theme == HIGH_CONTRAST)


async def wheel(screen, kind: type[events.MouseEvent]) -> None:
    """Turn the wheel over the list."""
    where = screen.app.screen.query_one(MenuList)
    where.post_message(kind(where, 1, 0, 0, 0, 0, shift=False, meta=False, ctrl=False))
    await screen.pilot.pause()
