"""The table of the file that gives other keys to the commands of the screens."""

from collections.abc import Iterator

from jobs_tui.cli.settings.kinds import shown
from jobs_tui.cli.settings.nearest import did_you_mean
from jobs_tui.cli.settings.own_commands import NOT_APART, KeyMap, Tell
from jobs_tui.cli.settings.settings_file import KEYS
from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.key_map import Clash, clashes, command_ids, why_it_stays
from jobs_tui.ui.commands.key_names import KEY_WORDS, in_words, named_key

VALUE_WORDS = 'a key such as "ctrl+n", or a list of keys'


def moved_keys(table: object, tell: Tell) -> KeyMap:
    """Textual's names of the keys by the ids of the commands; what is wrong is told.

    What clashes is looked for where the rest is good: else it may not be meant.
    """
    if not isinstance(table, dict):
        tell((KEYS,), f"{KEYS} must be a table such as [{KEYS}]")
        return {}
    good = True

    def tell_at(name: str, problem: str) -> None:
        nonlocal good
        good = False
        tell((KEYS, name), problem)

    known = command_ids()
    moved: dict[str, tuple[str, ...]] = {}
    for name, value in table.items():
        if name not in known:
            told = f"there is no command '{name}' to give a key to"
            tell_at(name, f"{told}{did_you_mean(name, known) or '; jobs-tui keys lists all'}")
            continue
        problems = list(_problems(name, value))
        for problem in problems:
            tell_at(name, problem)
        if not problems:
            keys = (named_key(each) for each in _listed(value))
            moved[name] = tuple(dict.fromkeys(key for key in keys if key is not None))
    if good:
        for clash in clashes(moved):
            tell_at(*_told(clash, moved))
    return moved


def _listed(value: object) -> list[str]:
    """The keys of a value that is good."""
    return [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []


def _problems(name: str, value: object) -> Iterator[str]:
    if not isinstance(value, str | list):
        yield f"{name} must have {VALUE_WORDS}, not {shown(value)}"
        return
    for each in value if isinstance(value, list) else [value]:
        key = named_key(each) if isinstance(each, str) else None
        if key is None:
            yield f"the key of {name} must be {KEY_WORDS}, not {shown(each)}"
        elif key in NOT_APART:
            yield f'{name} cannot have "{each}": terminals send the same for {NOT_APART[key]}'
        elif (why_not := why_it_stays(key, name)) is not None:
            yield f'{name} cannot have "{each}": {why_not}'


def _told(clash: Clash, moved: KeyMap) -> tuple[str, str]:
    """The command at whose line a clash is told, and what is told: both, and how to settle it."""
    key = f'key "{in_words(clash.key)}"'
    given = [
        each for each in (clash.first, clash.second) if clash.key in moved.get(each.command_id, ())
    ]
    if len(given) > 1:
        first, second = given
        where = f"on the {clash.screen} screen"
        told = f"{key} cannot be for both {_named(first)} and {_named(second)} {where}"
        return second.command_id, f"{told}; keep it for one of them"
    wants = given[0] if given else clash.second
    has = clash.first if wants is clash.second else clash.second
    told = f"{key} cannot be for {_named(wants)}: on the {clash.screen} screen it is for"
    settle = f"give that other keys in [{KEYS}], or none: {has.command_id} = []"
    return wants.command_id, f"{told} {_named(has)} already; {settle}"


def _named(command: Command[object]) -> str:
    return f"{command.command_id} ({command.name})"
