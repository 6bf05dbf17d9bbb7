"""What stands in the file, checked as a whole: the contexts that are not in use, too."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from jobs_tui.cli.settings.declared import CONTEXT, SETTINGS
from jobs_tui.cli.settings.kinds import line_problem
from jobs_tui.cli.settings.lines import KeyLines
from jobs_tui.cli.settings.nearest import did_you_mean, nearest, no_such_context
from jobs_tui.cli.settings.problems import SettingsError
from jobs_tui.cli.settings.settings_file import COMMANDS, KEYS, SettingsFile
from jobs_tui.cli.settings.source import Given, Level, Source, SourceKind
from jobs_tui.cli.settings.together import clashes
from jobs_tui.cli.settings.toml_text import parsed, text_of

if TYPE_CHECKING:
    from jobs_tui.domain.own_command import OwnCommand

CONTEXTS = "contexts"
"""The table of the file in which each context is one."""

KeyPath = tuple[str, ...]
"""The keys from the top of the document down."""

_BY_NAME = {setting.name: setting for setting in SETTINGS}
_CREDENTIAL = re.compile("secret|password|pass_?phrase|token|access_?key", re.IGNORECASE)


def checked(path: Path, data: bytes) -> SettingsFile:
    """The settings in a file. Raises SettingsError with everything that is wrong with them."""
    text = text_of(data, path)
    document = parsed(text, path)
    checker = _Checker(path, KeyLines(text))
    found = checker.file(document)
    if checker.problems:
        raise SettingsError(
            *(f"{path}:{line}: {problem}" for line, problem in sorted(checker.problems))
        )
    return found


class _Checker:
    """Goes through a document and gathers what is wrong with it."""

    def __init__(self, path: Path, lines: KeyLines) -> None:
        self._path = path
        self._lines = lines
        self.problems: list[tuple[int, str]] = []
        """The line and what is wrong there."""

    def file(self, document: Mapping[str, object]) -> SettingsFile:
        """The settings in it, as far as they are good ones."""
        settings = {
            name: value
            for name, value in document.items()
            if name not in {CONTEXT.name, CONTEXTS, COMMANDS, KEYS}
        }
        top = self._level(settings, ())
        contexts = self._contexts(document.get(CONTEXTS, {}))
        keys = self._keys(document)
        return SettingsFile(
            self._path,
            there=True,
            context=self._context(document, contexts),
            top=top,
            contexts=contexts,
            commands=self._commands(document, keys),
            keys=keys,
        )

    def _keys(self, document: Mapping[str, object]) -> Level:
        if KEYS not in document:
            return {}
        from jobs_tui.cli.settings.keys import moved_keys  # noqa: PLC0415 - few have moved some

        keys = moved_keys(document[KEYS], self._tell)
        return {name: Given(each, self._source((KEYS, name))) for name, each in keys.items()}

    def _commands(self, document: Mapping[str, object], keys: Level) -> "tuple[OwnCommand, ...]":
        if COMMANDS not in document:
            return ()
        from jobs_tui.cli.settings.own_commands import own_commands  # noqa: PLC0415 - few have some

        return own_commands(document[COMMANDS], SettingsFile(keys=keys).key_map, self._tell)

    def _context(
        self, document: Mapping[str, object], contexts: Mapping[str, Level]
    ) -> Given | None:
        if CONTEXT.name not in document:
            return None
        at = (CONTEXT.name,)
        try:
            name = CONTEXT.kind.from_file(document[CONTEXT.name], self._path.parent)
        except ValueError as error:
            meant = "; did you mean [contexts]?" if isinstance(document[CONTEXT.name], dict) else ""
            self._tell(at, f"{CONTEXT.name} {error}{meant}")
            return None
        if name not in contexts:
            self._tell(at, no_such_context(name, contexts))
        return Given(name, self._source(at))

    def _contexts(self, tables: object) -> dict[str, Level]:
        if not isinstance(tables, dict):
            self._tell((CONTEXTS,), f"{CONTEXTS} must be tables such as [contexts.lyon]")
            return {}
        found: dict[str, Level] = {}
        for name, table in tables.items():
            at = (CONTEXTS, name)
            found[name] = {}
            if not isinstance(table, dict):
                self._tell(at, f"'{name}' in [{CONTEXTS}] must be a table such as [contexts.lyon]")
                continue
            problem = line_problem(name)
            if problem is not None:
                self._tell(at, f"the name of a context {problem}")
            found[name] = self._level(table, at)
        return found

    def _level(self, table: Mapping[str, object], at: KeyPath) -> Level:
        """The settings of one table; what does not go together is told if the rest is good."""
        level: dict[str, Given] = {}
        problems_before = len(self.problems)
        for name, value in table.items():
            place = (*at, name)
            setting = _BY_NAME.get(name)
            if setting is None:
                self._tell(place, _unknown(name, value, at))
                continue
            try:
                read = setting.kind.from_file(value, self._path.parent)
            except ValueError as error:
                meant = _table_meant(name) if isinstance(value, dict) and not at else ""
                self._tell(place, f"{name} {error}{meant}")
            else:
                level[name] = Given(read, self._source(place))
        if len(self.problems) == problems_before:
            for clash in clashes(level, lambda setting: setting.name):
                self._tell((*at, clash.setting), f"{clash.message}{_within(at)}")
        return level

    def _source(self, at: KeyPath) -> Source:
        return Source(SourceKind.FILE, f"{self._path.name}:{self._lines.of(at)}")

    def _tell(self, at: KeyPath, problem: str) -> None:
        self.problems.append((self._lines.of(at), problem))


def _unknown(name: str, value: object, at: KeyPath) -> str:
    """What to say of a key that is no setting; never its value, which may be a secret."""
    if _CREDENTIAL.search(name.replace("-", "_")):
        return f"'{name}' is a credential, which does not belong here; name a profile instead"
    told = f"unknown key '{name}'{_within(at)}"
    if name == KEYS:
        return f"{told}; keys are the same in all contexts: [{KEYS}] stands for itself"
    if isinstance(value, dict) and not at:
        return f"{told}{_table_meant(name) or f'; did you mean [{CONTEXTS}.{name}]?'}"
    right = [*_BY_NAME, *(() if at else (CONTEXT.name,))]
    return f"{told}{did_you_mean(name, right)}"


def _table_meant(name: str) -> str:
    """Which table a wrong one was meant for, where that is not a context."""
    found = nearest(name, (COMMANDS, KEYS))
    return "" if found is None else f"; did you mean [{found}]?"


def _within(at: KeyPath) -> str:
    return f" in [{'.'.join(at)}]" if at else ""
