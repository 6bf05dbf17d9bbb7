"""The program: `jobs-tui`, and `python -m jobs_tui`."""

import gc
import sys


def main() -> int:
    """Run the command line of this process; returns the exit status."""
    # what is loaded from here on stays: looking through it would cost the first frame much time
    gc.disable()
    from jobs_tui.cli import main as run  # noqa: PLC0415 - as above

    return run()


if __name__ == "__main__":
    sys.exit(main())
