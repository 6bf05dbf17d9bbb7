"""The program: `jobs-tui`, and `python -m jobs_tui`."""

import gc
import os
import signal
import sys

OTHERS = 0o077
"""What others are not allowed with any file or folder that is made, those above ours included."""

NOT_ON_WINDOWS = (
    "jobs-tui: Windows has no POSIX terminal, file locks and signals, which it needs; WSL has them"
)


def main() -> int:
    """Run the command line of this process; returns the exit status."""
    if sys.platform == "win32":
        sys.stderr.write(f"{NOT_ON_WINDOWS}\n")
        return 2
    os.umask(os.umask(OTHERS) | OTHERS)
    # what is loaded from here on stays: looking through it would cost the first frame much time
    gc.disable()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # until there is something to end in good order
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from jobs_tui.cli import main as run  # noqa: PLC0415 - as above

    return run()


if __name__ == "__main__":
    sys.exit(main())
