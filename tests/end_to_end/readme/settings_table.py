"""The table of settings."""

from collections.abc import Sequence
from typing import Any

from jobs_tui.cli.settings.declared import CONFIG, SETTINGS, THINGS, WHICH
from jobs_tui.cli.settings.setting import Setting
from readme.markdown import NOTHING, code, table
from readme.options import COCKPIT, commands_with_settings, takes, told_and_default

HEADS = ("option", "meaning", "in the file", "in the environment", "default", "taken by")


def settings_table() -> str:
    """Each setting on the command line, in the file and in the environment."""
    return table(HEADS, [_row(each) for each in (*WHICH, *SETTINGS)])


def _row(setting: Setting[Any]) -> Sequence[str]:
    return (
        code(_option(setting)),
        *_meaning_and_file(setting),
        _in_environment(setting),
        told_and_default(setting.meaning, _default(setting))[1],
        _taken_by(setting),
    )


def _option(setting: Setting[Any]) -> str:
    if setting is THINGS:
        return f"{setting.metavar} ..."
    return setting.option if setting.metavar is None else f"{setting.option} {setting.metavar}"


def _meaning_and_file(setting: Setting[Any]) -> tuple[str, str]:
    in_file = NOTHING if setting is CONFIG else code(f"{setting.name}{_switched(setting)}")
    return told_and_default(setting.meaning)[0], in_file


def _in_environment(setting: Setting[Any]) -> str:
    own = code(f"{setting.variable}{_switched(setting).replace(' ', '')}")
    return ", ".join([own, *(code(each) for each in setting.sdk_variables)])


def _switched(setting: Setting[Any]) -> str:
    """What does the same as the option, of a switch."""
    if not isinstance(setting.default, bool):
        return ""
    return " = false" if setting.default else " = true"


def _default(setting: Setting[Any]) -> str:
    if isinstance(setting.default, bool):
        return code(f"{setting.default}".lower())
    return code(f"{setting.default}") if setting.default else NOTHING


def _taken_by(setting: Setting[Any]) -> str:
    commands = commands_with_settings()
    by = [each for each in commands if takes(each, setting)]
    others = [each for each in commands if each not in by]
    if not others:
        return "all"
    if len(others) < len(by):
        return f"all but {_listed(others)}"
    return _listed(by)


def _listed(commands: Sequence[str]) -> str:
    return ", ".join("the cockpit" if each == COCKPIT else code(each) for each in commands)
