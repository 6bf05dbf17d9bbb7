"""Where the journal is: in the platform's folder for state that lasts."""

from pathlib import Path

from jobs_tui.engine.journal.journal import JournalError

SAY_WHERE = "set HOME or XDG_STATE_HOME; --no-journal sends changes without a record"


def journal_folder() -> Path:
    """On Linux $XDG_STATE_HOME/jobs-tui, by default ~/.local/state/jobs-tui.

    Raises JournalError if that would be in a home folder that does not exist; none is made.
    """
    import platformdirs  # noqa: PLC0415 - after the first frame

    try:
        home = Path.home()
        folder = platformdirs.user_state_path("jobs-tui", appauthor=False)
    except RuntimeError as error:
        raise JournalError("this user has no home folder for the journal", SAY_WHERE) from error
    if not folder.is_absolute():
        raise JournalError("this user has no home folder for the journal", SAY_WHERE)
    if folder.is_relative_to(home) and not home.is_dir():
        raise JournalError(f"the home folder {home} does not exist", SAY_WHERE)
    return folder
