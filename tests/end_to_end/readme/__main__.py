"""Make the README's tables anew: `.venv/bin/python tests/end_to_end/readme`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from readme.made import README, made_anew, out_of_date

if __name__ == "__main__":
    text = README.read_text("utf-8")
    made = out_of_date(text)
    README.write_text(made_anew(text), "utf-8")
    sys.stdout.write(f"made anew: {', '.join(made)}\n" if made else "nothing had changed\n")
