"""What commands there are, and what each can say against being used; read from the program."""

import ast
import importlib
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

from jobs_tui.ui import commands as commands_package
from jobs_tui.ui import screens as screens_package
from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.screens.command_screen import CommandScreen
from jobs_tui.ui.screens.thing_picker import ThingPicker
from jobs_tui.ui.screens.ways import CockpitWays

Commands = tuple[Command[Any], ...]

TOLD_BY_THE_PLACE = {"search_problem": ThingPicker, "why_not_close": CockpitWays}
"""Reasons that a command passes on, and who knows them."""

FOREIGN = {"only_way": ".+"}
"""Reasons that come from further away, as a pattern."""


def load_all() -> None:
    for package in (commands_package, screens_package):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def subclasses(base: type) -> Iterator[type]:
    for each in base.__subclasses__():
        yield each
        yield from subclasses(each)


def screens() -> list[type[CommandScreen]]:
    """Those of the program that have commands."""
    load_all()
    own = [each for each in subclasses(CommandScreen) if each.__module__.startswith("jobs_tui.")]
    return [each for each in dict.fromkeys(own) if each.COMMAND_LIST]


def command_classes() -> list[type[Command[Any]]]:
    """Those of which there can be commands."""
    load_all()
    own = [each for each in subclasses(Command) if each.__module__.startswith("jobs_tui.")]
    return [
        each
        for each in dict.fromkeys(own)
        if not inspect.isabstract(each) and not each.__name__.startswith("_")
    ]


def reasons(command: Command[Any]) -> set[str]:
    """Patterns of all that its `why_not` can answer."""
    return _of_method(type(command), "why_not")


def _of_method(cls: type, name: str) -> set[str]:
    for owner in cls.__mro__:
        if name in vars(owner):
            member = vars(owner)[name]
            function = member.fget if isinstance(member, property) else member
            return _of_function(function, owner)
    return set()


def _of_function(function: Callable[..., Any], owner: type | None = None) -> set[str]:
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    assert isinstance(tree, ast.FunctionDef)
    names = dict(inspect.unwrap(function).__globals__)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            module = importlib.import_module(node.module)
            names |= {each.name: getattr(module, each.name) for each in node.names}
    tree.body = [each for each in tree.body if not _is_docstring(each)]
    found: set[str] = set()
    for statement in tree.body:
        found |= _of_node(statement, names, owner)
    return found


def _of_node(node: ast.AST, names: dict[str, Any], owner: type | None) -> set[str]:
    found: set[str] = set()
    match node:
        case ast.JoinedStr(values=values):
            parts = [each.value if isinstance(each, ast.Constant) else None for each in values]
            found = {"".join(".+" if each is None else re.escape(str(each)) for each in parts)}
        case ast.Constant(value=str(words)):
            found = {re.escape(words)}
        case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr=method)):
            found = _of_method((owner or object).__mro__[1], method)
        case ast.Attribute(attr=attribute) if attribute in TOLD_BY_THE_PLACE:
            found = _of_method(TOLD_BY_THE_PLACE[attribute], attribute)
        case ast.Attribute(attr=attribute) if attribute in FOREIGN:
            found = {FOREIGN[attribute]}
        case ast.Name(id=name):
            found = _of_value(names.get(name))
        case _:
            for child in ast.iter_child_nodes(node):
                found |= _of_node(child, names, owner)
    return found


def _of_value(value: object) -> set[str]:
    if isinstance(value, str):
        return {re.escape(value)}
    if isinstance(value, dict):
        return {re.escape(each) for each in value.values() if isinstance(each, str)}
    if inspect.isfunction(value) and value.__module__.startswith("jobs_tui.ui."):
        return _of_function(value)
    return set()


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
