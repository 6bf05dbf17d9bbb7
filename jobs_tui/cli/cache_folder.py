"""Where what can be asked again is kept: in the platform's folder for caches."""

from pathlib import Path


def cache_folder() -> Path | None:
    """On Linux $XDG_CACHE_HOME/jobs-tui, by default ~/.cache/jobs-tui; None without a home.

    No home folder is made for it. Asked before the first frame: Textual has loaded platformdirs
    already, so that nothing would be saved by knowing better where the folder is.
    """
    import platformdirs  # noqa: PLC0415 - not every command wants it

    try:
        folder = platformdirs.user_cache_path("jobs-tui", appauthor=False)
        in_home = folder.is_relative_to(Path.home()) and not Path.home().is_dir()
    except RuntimeError:
        return None
    return folder if folder.is_absolute() and not in_home else None
