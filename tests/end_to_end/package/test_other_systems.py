"""Where the program cannot run: one line, and no traceback."""

import subprocess
import sys

AS_ON_WINDOWS = """
import sys
sys.platform = "win32"
for name in ("fcntl", "pty", "pwd", "resource", "termios", "tty"):
    sys.modules[name] = None
from jobs_tui.__main__ import main
sys.exit(main())
"""


def test_on_windows_one_line_says_what_is_not_there() -> None:
    done = subprocess.run(
        [sys.executable, "-c", AS_ON_WINDOWS, "demo"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("jobs-tui: Windows has no ")
    assert "WSL" in done.stderr
