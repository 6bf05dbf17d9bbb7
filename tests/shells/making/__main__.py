"""Make the files for shells and `man` anew: `.venv/bin/python tests/shells/making`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from making.made import FILES, made, out_of_date

if __name__ == "__main__":
    names = out_of_date()
    for path in FILES.iterdir():
        path.unlink()
    for name, text in made().items():
        FILES.joinpath(name).write_text(text, "ascii")
    sys.stdout.write(f"made anew: {', '.join(names)}\n" if names else "nothing had changed\n")
