"""Where the file of settings is, and whether there is one."""

from pathlib import Path

from jobs_tui.cli.settings.problems import SettingsError
from jobs_tui.cli.settings.settings_file import SettingsFile

FILE_NAME = "config.toml"


def read_file(path: Path, *, must_exist: bool) -> SettingsFile:
    """Read a file of settings. Raises SettingsError with everything that is wrong with it."""
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        if must_exist:
            raise SettingsError(f"{path}: there is no such file") from error
        return SettingsFile(path)
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
    from jobs_tui.cli.settings.file_content import (  # noqa: PLC0415 - most users have no file
        checked,
    )

    return checked(path, data)


def usual_path() -> Path | None:
    """On Linux $XDG_CONFIG_HOME/jobs-tui/config.toml, by default in ~/.config.

    None if this user has no home folder in which it could be.
    """
    import platformdirs  # noqa: PLC0415 - not for a file that is named

    try:
        path = platformdirs.user_config_path("jobs-tui", appauthor=False) / FILE_NAME
    except RuntimeError:
        return None
    return path if path.is_absolute() else None
