"""The README's tables are those of the code."""

from collections.abc import Callable

import pytest

from jobs_tui.cli.settings.declared import SETTINGS, THINGS, WHICH
from jobs_tui.emulator import FaultKind
from jobs_tui.ui.commands.cockpit import COCKPIT_COMMANDS
from readme import made
from readme.key_table import key_row
from readme.markdown import code, plain, table
from readme.options import own_options

TEXT = made.README.read_text("utf-8")


def test_no_table_of_the_readme_is_out_of_date() -> None:
    found = made.out_of_date(TEXT)
    assert not found, f"out of date: {', '.join(found)}; made anew by `{made.REMEDY}`"


def test_every_part_that_the_readme_asks_for_can_be_made_and_has_an_end() -> None:
    names = [name for name, _ in made.parts_of(TEXT)]
    assert {"settings", "keys", "options of emulator"} <= set(names) <= set(made.PARTS)
    assert len(names) == len(set(names)) == TEXT.count("<!-- made from the code: ")


@pytest.mark.parametrize(
    "change", [str.upper, lambda rows: "", lambda rows: rows.replace("| `", "| ``", 1)]
)
def test_what_was_changed_by_hand_is_named_and_made_anew(change: Callable[[str], str]) -> None:
    rows = made.PARTS["options of journal"]()
    before = f"# A\n\n<!-- made from the code: options of journal -->\n{change(rows)}<!-- end -->\n"
    assert made.out_of_date(before) == ["options of journal"]
    after = made.made_anew(before)
    assert made.out_of_date(after) == []
    assert rows in after
    assert made.made_anew(after) == after


def test_all_settings_options_and_keys_are_in_their_tables() -> None:
    settings = made.PARTS["settings"]()
    for setting in (*WHICH, *SETTINGS):
        option = setting.metavar if setting is THINGS else setting.option
        assert f"\n| `{option}" in settings
        assert f"`{setting.variable}" in settings
    for command in made.WITH_OWN_OPTIONS:
        told = made.PARTS[f"options of {command}"]()
        assert [each for each in own_options(command) if each.option_strings[0] not in told] == []
    keys = made.PARTS["keys"]()
    assert [each for each in COCKPIT_COMMANDS if " | ".join(key_row(each)) not in keys] == []


def test_every_fault_of_the_emulator_stands_in_the_readme() -> None:
    kinds = [each for each in FaultKind if each is not FaultKind.DELAY]
    assert [each for each in kinds if f"`{each}`" not in TEXT] == []


def test_what_would_end_a_cell_does_not() -> None:
    made_table = table(("a", "b"), [(code("400|409"), plain("<b> | *")), ("c", "")])
    assert made_table == "| a | b |\n| --- | --- |\n| `400\\|409` | &lt;b> \\| \\* |\n| c | |\n"
