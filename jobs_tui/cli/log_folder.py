"""Where the log is that nobody has named: in the platform's folder for logs."""

from pathlib import Path

FILE_NAME = "jobs-tui.log"


def usual_log() -> Path | None:
    """On Linux $XDG_STATE_HOME/jobs-tui/log/jobs-tui.log, by default in ~/.local/state.

    None without a home; none is made for it.
    """
    import platformdirs  # noqa: PLC0415 - not every command wants it

    try:
        folder = platformdirs.user_log_path("jobs-tui", appauthor=False)
        in_home = folder.is_relative_to(Path.home()) and not Path.home().is_dir()
    except RuntimeError:
        return None
    return folder / FILE_NAME if folder.is_absolute() and not in_home else None
