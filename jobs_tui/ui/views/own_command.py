"""What is asked of an own command before it runs, and while it does."""

from jobs_tui.domain.own_command import OwnCommand
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.rows import Row


def asked_lines(own: OwnCommand, row: Row) -> list[Line]:
    """What will run over which row, and how."""
    how = "It has the terminal until it ends." if own.in_place else "It runs in the background."
    return [
        line(Piece(own.name, "strong")),
        line(f"over {row.key.thing_name} / {row.key.job_id}, {row.status}"),
        Line(),
        *(line(Piece(f"  {each}", "key")) for each in own.command.strip("\n").split("\n")),
        Line(),
        line(Piece(f"{how} /bin/sh gets it as it stands here.", "dim")),
    ]


def runs_lines(own: OwnCommand, row: Row, running: str) -> list[Line]:
    """That it runs already."""
    return [
        line(Piece(own.name, "strong")),
        line(f"over {row.key.thing_name} / {row.key.job_id}"),
        Line(),
        line(Piece(f"It {running} already, and has not ended.", "warning")),
    ]
