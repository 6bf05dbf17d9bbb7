"""`python -m jobs_tui` is `jobs-tui`."""

import sys

from jobs_tui.cli import main

sys.exit(main())
