"""The settings in the environment: variables of our own, and those that the AWS SDK reads."""

import re
from collections.abc import Mapping

from jobs_tui.cli.settings.declared import ENDPOINT_URL, READ_ONLY, SETTINGS, WHICH
from jobs_tui.cli.settings.problems import SettingsError
from jobs_tui.cli.settings.setting import VARIABLES_BEGIN
from jobs_tui.cli.settings.source import Given, Level, Source, SourceKind
from jobs_tui.cli.settings.together import clashes
from jobs_tui.ui.terminal.start_checks import in_browser

IGNORE_ENDPOINTS = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"


def environment_level(environment: Mapping[str, str]) -> Level:
    """What the variables of our own say; an empty one says nothing.

    Raises SettingsError for bad values, for what does not go together, and for the variable that is
    nearly one of ours: a misspelt JOBS_TUI_READ_ONLY must not go unnoticed.
    """
    level: dict[str, Given] = {}
    problems = list(_misspelt(environment))
    for setting in (*WHICH, *SETTINGS):
        text = environment.get(setting.variable, "")
        if not text:
            continue
        source = Source(SourceKind.ENVIRONMENT, setting.variable)
        try:
            level[setting.name] = Given(setting.kind.from_text(text), source)
        except ValueError as error:
            problems.append(f"{setting.variable} {error}")
    if not problems:
        problems = [clash.message for clash in clashes(level, lambda setting: setting.variable)]
    if problems:
        raise SettingsError(*problems)
    return level


def sdk_level(environment: Mapping[str, str]) -> Level:
    """What the variables of the AWS SDK say, to tell it and to know what they displace.

    The SDK reads them for itself, with all that it makes of them. An empty one says nothing here.
    """
    level: dict[str, Given] = {}
    for setting in SETTINGS:
        if setting is ENDPOINT_URL and environment.get(IGNORE_ENDPOINTS, "").lower() == "true":
            continue
        for variable in setting.sdk_variables:
            if environment.get(variable):
                source = Source(SourceKind.SDK, variable)
                level[setting.name] = Given(_shown(environment[variable]), source)
                break
    return level


def browser_level(environment: Mapping[str, str]) -> Level:
    """What holds in a browser unless flags or our own variables say otherwise: no changes.

    It counts more than the file, which is also there for who works in a terminal.
    """
    if not in_browser(environment):
        return {}
    return {READ_ONLY.name: Given(True, Source(SourceKind.BROWSER, "being in a browser"))}  # noqa: FBT003


def _shown(text: str) -> str:
    """What may be told of a variable that is not ours to check: a URL without its password."""
    return re.sub("//[^/]*@", "//", text)


def _misspelt(environment: Mapping[str, str]) -> list[str]:
    right = [setting.variable for setting in (*WHICH, *SETTINGS)]
    wrong = {name for name in environment if name.startswith(VARIABLES_BEGIN)} - set(right)
    if not wrong:
        return []
    from jobs_tui.domain.own_command import MARKER, VARIABLES  # noqa: PLC0415 - few have others

    if MARKER in wrong:
        # it runs as a command of a cockpit's, which says this of its row
        wrong -= set(VARIABLES)
    from jobs_tui.cli.settings.nearest import nearest  # noqa: PLC0415 - where one is misspelt

    problems = []
    for name in sorted(wrong):
        words = [each.removeprefix(VARIABLES_BEGIN) for each in right]
        meant = nearest(name.removeprefix(VARIABLES_BEGIN), words)
        if meant is not None:
            problems.append(f"{name} means nothing; did you mean {VARIABLES_BEGIN}{meant}?")
    return problems
