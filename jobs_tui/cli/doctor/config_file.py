"""Whether the settings can be read, and which of them are in force. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from jobs_tui.cli.settings.declared import CA, ENDPOINT_URL, PROFILE, REGION
from jobs_tui.cli.settings.in_force import Settings
from jobs_tui.cli.settings.reading import SettingsSource
from jobs_tui.cli.settings.setting import Setting
from jobs_tui.domain.finding import Fact, Finding, Level

STEP = "config file"

_IN_SERVICE_SETTINGS: Mapping[str, Setting[Any]] = {
    "region": REGION,
    "profile": PROFILE,
    "endpoint_url": ENDPOINT_URL,
    "authorities": CA,
}


def config_file_finding(source: SettingsSource, log_problem: str | None) -> Finding:
    """What is to be said of settings that can be read; `log_problem` is one with their log file."""
    file, context = source.file, source.first
    if file.path is None:
        told = "none: this user has no home folder"
        if log_problem is not None:
            return Finding(STEP, Level.FAILED, f"{told}; {log_problem}", "check --log-file")
        return Finding(STEP, Level.OK, told)
    told = str(file.path) if file.there else f"none at {file.path}"
    if context.value:
        told += f"; context {context.value}, from {context.source.words}"
    elif file.contexts:
        told += "; no context"
    facts: dict[str, Fact] = {
        "path": str(file.path),
        "there": file.there,
        "context": str(context.value) or None,
    }
    if log_problem is not None:
        return Finding(STEP, Level.FAILED, f"{told}; {log_problem}", "check --log-file", facts)
    return Finding(STEP, Level.OK, told, facts=facts)


def config_problems_finding(problems: Sequence[str]) -> Finding:
    """What is to be said of settings that cannot be meant; each problem says where it is."""
    advice = "correct this; `jobs-tui config` prints what is in force then"
    return Finding(STEP, Level.FAILED, "; ".join(problems), advice, {"problems": tuple(problems)})


def said_by(settings: Settings) -> Mapping[str, str]:
    """Who gave each setting, by the name that the service knows it by."""
    sources = settings.sources
    return {name: sources[setting.name].words for name, setting in _IN_SERVICE_SETTINGS.items()}
