"""Where what can be asked again is kept: in the platform's folder for caches."""

from pathlib import Path


def cache_folder() -> Path | None:
    """On Linux $XDG_CACHE_HOME/jobs-tui, by default ~/.cache/jobs-tui; None without a home."""
    import platformdirs  # noqa: PLC0415 - after the first frame

    try:
        folder = platformdirs.user_cache_path("jobs-tui", appauthor=False)
    except RuntimeError:
        return None
    return folder if folder.is_absolute() else None
