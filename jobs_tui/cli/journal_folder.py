"""Where the journal is: in the platform's folder for state that lasts."""

from pathlib import Path


def journal_folder() -> Path:
    """On Linux $XDG_STATE_HOME/jobs-tui, by default ~/.local/state/jobs-tui."""
    import platformdirs  # noqa: PLC0415 - after the first frame

    return platformdirs.user_state_path("jobs-tui", appauthor=False)
