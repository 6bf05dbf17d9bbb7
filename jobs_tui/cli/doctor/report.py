"""Prints what was found: a line for each finding as it comes, or JSON at the end."""

import json
from textwrap import wrap
from typing import Protocol

from jobs_tui.cli.output import Output
from jobs_tui.domain.finding import Finding, Level
from jobs_tui.ui.terminal.safe_text import safe_line

_LEVEL_WIDTH = 9
_STEP_WIDTH = 15
_INDENT = " " * (_LEVEL_WIDTH + _STEP_WIDTH)

_NARROWEST = 20
"""Columns that words have at least, however narrow the terminal is."""


class Report(Protocol):
    """Takes findings."""

    def add(self, finding: Finding) -> None:
        """Take one more."""

    def end(self) -> None:
        """That was all."""


class LinesReport:
    """For a person: a line for each finding, and what to do below it."""

    def __init__(self, output: Output, columns: int | None) -> None:
        """Print to `output`, in lines of so many columns; None for lines of any length."""
        self._output = output
        self._columns = columns

    def add(self, finding: Finding) -> None:
        """Print it at once."""
        head = f"{finding.level:{_LEVEL_WIDTH}}{finding.step:{_STEP_WIDTH}}"
        for line in self._lines(safe_line(finding.told)):
            self._output.write(f"{head}{line}\n")
            head = _INDENT
        for line in self._lines(safe_line(finding.advice)):
            self._output.write(f"{_INDENT}{line}\n")
        self._output.flush()

    def end(self) -> None:
        """Nothing is left to print."""

    def _lines(self, text: str) -> list[str]:
        if self._columns is None:
            return [text] if text else []
        width = max(self._columns - len(_INDENT), _NARROWEST)
        # what is to be copied stays whole, however long
        return wrap(text, width, break_long_words=False, break_on_hyphens=False)


class JsonReport:
    """For programs: one JSON object."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._findings: list[Finding] = []

    def add(self, finding: Finding) -> None:
        """Keep it."""
        self._findings.append(finding)

    def end(self) -> None:
        """Print them all."""
        members = {
            "findings": [
                {
                    "step": each.step,
                    "level": each.level,
                    "told": each.told,
                    "advice": each.advice or None,
                    "facts": dict(each.facts),
                }
                for each in self._findings
            ],
            "ok": all(each.level is not Level.FAILED for each in self._findings),
        }
        json.dump(members, self._output, indent=2)
        self._output.write("\n")
