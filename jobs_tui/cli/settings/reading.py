"""Reads flags, environment and file once, for every context that may be wanted."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, cast

from jobs_tui.cli.settings.declared import CONFIG, CONTEXT, WHAT
from jobs_tui.cli.settings.environment import (
    browser_level,
    environment_level,
    sdk_level,
)
from jobs_tui.cli.settings.file import read_file, usual_path
from jobs_tui.cli.settings.flags import flag_level
from jobs_tui.cli.settings.in_force import Settings, settings_in_force
from jobs_tui.cli.settings.problems import SettingsError
from jobs_tui.cli.settings.settings_file import SettingsFile
from jobs_tui.cli.settings.source import Given, Level, Source, SourceKind

NO_CONTEXT = Given(CONTEXT.default)
NO_FILE = SettingsFile()
NOTHING: Level = MappingProxyType({})
CHOSEN = Source(SourceKind.FLAG, "chosen in the cockpit")


class SettingsSource(NamedTuple):
    """All that is said about the settings; tells what is in force in each context."""

    flags: Level = NOTHING
    environment: Level = NOTHING
    browser: Level = NOTHING
    sdk: Level = NOTHING
    file: SettingsFile = NO_FILE
    first: Given = NO_CONTEXT
    """The name of the context at the start, empty for none, and who named it."""

    @classmethod
    def of_flags(
        cls, flags: Mapping[str, object], environment: Mapping[str, str] = MappingProxyType({})
    ) -> "SettingsSource":
        """What the command line says, and otherwise only what holds in a browser, if this is one.

        Raises SettingsError.
        """
        return cls(flag_level(flags), browser=browser_level(environment))

    @property
    def contexts(self) -> tuple[str, ...]:
        """The names in the file, in its order."""
        return tuple(self.file.contexts)

    def in_force(self, context: str | None = None) -> Settings:
        """The settings of a context: "" for those of none, None for those at the start.

        What to watch, as far as flags and environment say it, belongs to the context at the start;
        in another one its own things count. Raises SettingsError if there is no such context.
        """
        chosen = self.first if context in {None, self.first.value} else Given(context, CHOSEN)
        own = (self.flags, self.environment)
        if chosen is not self.first:
            own = (_without_things(self.flags), _without_things(self.environment))
        name = f"{chosen.value}"
        if name and name not in self.file.contexts:
            raise _no_such(name, self.file)
        return settings_in_force(
            (*own, self.browser),
            self.sdk,
            (self.file.contexts.get(name, {}), self.file.top),
            chosen,
            self.contexts,
        )


def settings_source(flags: Mapping[str, object], environment: Mapping[str, str]) -> SettingsSource:
    """Read the environment and the file beside the flags, which are checked values by name.

    Raises SettingsError with everything that is wrong.
    """
    by_flag = flag_level(flags)
    by_variable: Level = {}
    problems: list[str] = []
    try:
        by_variable = environment_level(environment)
    except SettingsError as error:
        problems += error.problems
    try:
        file = _file(by_flag.get(CONFIG.name) or by_variable.get(CONFIG.name))
        named = by_flag.get(CONTEXT.name) or by_variable.get(CONTEXT.name) or file.context
        first = NO_CONTEXT if named is None else named
        _check_context(first, file)
    except SettingsError as error:
        problems += error.problems
    if problems:
        raise SettingsError(*problems)
    return SettingsSource(
        by_flag, by_variable, browser_level(environment), sdk_level(environment), file, first
    )


def _file(named: Given | None) -> SettingsFile:
    if named is not None:
        return read_file(cast("Path", named.value), must_exist=True)
    path = usual_path()
    return SettingsFile() if path is None else read_file(path, must_exist=False)


def _check_context(context: Given, file: SettingsFile) -> None:
    name = f"{context.value}"
    if not name or name in file.contexts:
        return
    if not file.there:
        where = "of settings" if file.path is None else file.path
        told = f"there is no context '{name}', as there is no file {where}"
        raise SettingsError(f"{context.source.words}: {told}")
    raise _no_such(name, file, f"{context.source.words}: ")


def _no_such(name: str, file: SettingsFile, who: str = "") -> SettingsError:
    """That the file has no context of this name, and which one may be meant."""
    from jobs_tui.cli.settings.nearest import no_such_context  # noqa: PLC0415 - where one is wrong

    return SettingsError(f"{who}{no_such_context(name, file.contexts)}")


def _without_things(level: Level) -> Level:
    names = {setting.name for setting in WHAT}
    return {name: given for name, given in level.items() if name not in names}
