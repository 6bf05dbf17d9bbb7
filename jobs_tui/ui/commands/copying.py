"""Copying what the cursor is on, for other programs."""

from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.place import CockpitPlace
from jobs_tui.ui.commands.reading import NO_ROW


class _OfRow(Command[CockpitPlace]):
    """A command that needs a row, be it one that has left the list."""

    def why_not(self, place: CockpitPlace) -> str | None:
        """There must be one."""
        return NO_ROW if place.selected_row is None else None


class CopyJobId(_OfRow):
    """Copy the job id."""

    keys = ("c",)
    name = "Copy the job id"

    def run(self, place: CockpitPlace) -> None:
        """Give it to the terminal."""
        if (row := place.selected_row) is not None:
            place.copy(row.key.job_id, f"the job id {row.key.job_id}")


class CopyCommand(_OfRow):
    """Copy an AWS CLI command that describes it."""

    keys = ("C",)
    name = "Copy as an AWS CLI command"

    def run(self, place: CockpitPlace) -> None:
        """Give it to the terminal."""
        if (row := place.selected_row) is not None:
            from jobs_tui.ui.aside.aws_command import (  # noqa: PLC0415 - on first use
                describe_command,
            )

            command = describe_command(row.key, place.engine.store.link)
            place.copy(command, f"an AWS CLI command for {row.key.job_id}")
