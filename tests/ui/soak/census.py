"""How much there is of everything that could become ever more."""

import asyncio
import functools
import gc
import threading
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from jobs_tui.ui.app import CockpitApp
from jobs_tui.ui.screens.cockpit import CockpitScreen

OURS = ("jobs_tui", "textual", "rich", "botocore", "aiobotocore", "aiohttp")
"""The packages whose caches are looked at."""


class Census(NamedTuple):
    """Taken at rest: the cockpit alone is on the screen, at the same size each time."""

    hours: float
    steps: int
    memory_mb: float
    """Resident."""
    objects: int
    """That the garbage collector follows, caches emptied: 1,000 weigh about 0.1 MB."""
    files: int
    tasks: int
    """But for those of the server: the weather holds back as many answers as it likes."""
    threads: int
    screens: int
    widgets: int
    nodes: int
    """Widgets that the app knows, whether or not any screen has them."""
    cached: int
    """Entries of all caches by `lru_cache`."""
    notices: int
    changes: int
    """In the store."""
    described: int
    """Executions in the store of which more is known than their row."""
    listeners: int
    noted: int
    """Entries of what the screen and the queue remember of changes."""


def take_census(app: CockpitApp, hours: float, steps: int) -> Census:
    """Count, with the caches emptied so that what they hold is told by its own figure."""
    ground = app._ground
    assert isinstance(ground, CockpitScreen)
    engine = ground.engine
    store, queue = engine.store, engine.changes
    caches = caches_of_packages()
    cached = sum(cache.cache_info().currsize for cache in caches)
    for cache in caches:
        cache.cache_clear()
    gc.collect()
    return Census(
        hours=hours,
        steps=steps,
        memory_mb=resident_mb(),
        objects=len(gc.get_objects()),
        files=len(list(Path("/proc/self/fd").iterdir())),
        tasks=sum(map(_is_of_the_app, asyncio.all_tasks())),
        threads=threading.active_count(),
        screens=len(app.screen_stack),
        widgets=len(app.screen.query("*")),
        nodes=len(app._registry),
        cached=cached,
        notices=len(engine.notices.newest_first),
        changes=len(store.changes),
        described=sum(len(thing.described) for thing in store.things),
        listeners=len(store._listeners) + len(engine.notices._listeners),
        noted=len(ground._announcing._announced if ground._announcing else ())
        + len(queue._writers)
        + len(queue._first_news)
        + len(queue._dropped)
        + len(queue._away)
        + len(engine.notices._once),
    )


def caches_of_packages() -> list[Any]:
    """The functions of the program's packages that remember answers."""
    return [
        each
        for each in gc.get_objects()
        if isinstance(each, functools._lru_cache_wrapper)
        and str(getattr(each, "__module__", "")).partition(".")[0] in OURS
    ]


def kinds_of_objects() -> Counter[str]:
    """How many objects there are of each type."""
    gc.collect()
    return Counter(
        f"{type(each).__module__}.{type(each).__qualname__}" for each in gc.get_objects()
    )


def resident_mb() -> float:
    return _status_mb("VmRSS:")


def peak_mb() -> float:
    """The most that the process ever had."""
    return _status_mb("VmHWM:")


def _status_mb(name: str) -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    raise AssertionError(f"no {name} in /proc/self/status")


def _is_of_the_app(task: asyncio.Task[Any]) -> bool:
    return not getattr(task.get_coro(), "__qualname__", "").startswith("RequestHandler.")
