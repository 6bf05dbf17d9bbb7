"""The moving picture can be made, and is fit to be shown: small, by itself, and with no secret."""

import getpass
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from readme.made import README, ROOT

SCRIPT = ROOT / "screenshots" / "moving.py"
KEPT = ROOT / "screenshots" / "moving-80x24.svg"
SVG = "{http://www.w3.org/2000/svg}"
LARGEST = 200_000
"""Bytes; it has 68,000."""
FRAMES = 15

# an unpacked sdist has neither the pictures nor what makes them
pytestmark = pytest.mark.skipif(not SCRIPT.exists(), reason="there are no pictures")


def check(picture: str) -> str:
    """What is told in it, if it is fit to be shown."""
    assert len(picture.encode()) < LARGEST
    root = ElementTree.fromstring(picture)  # noqa: S314 - our own
    rows = {each.get("id") for each in root.iter(f"{SVG}g")} - {None}
    assert {use.get("href") for use in root.iter(f"{SVG}use")} == {f"#{row}" for row in rows}
    frames = [each for each in root.iter(f"{SVG}g") if (each.get("class") or "").startswith("f ")]
    assert len(frames) == picture.count("@keyframes ") == FRAMES
    allowed = {"svg", "title", "style", "defs", "g", "rect", "circle", "text", "use"}
    assert {each.tag.removeprefix(SVG) for each in root.iter()} == allowed
    # nothing is fetched, and no frame but the first is there where nothing moves
    assert not re.search(r"@import|url\(|@font-face|<script|\son\w+=", picture)
    assert ".f{visibility:hidden}.f0{visibility:visible}" in picture
    told = "\n".join(text.text or "" for text in root.iter(f"{SVG}text")).replace("\u00a0", " ")
    assert not re.search(r"/(home|root|tmp|work|Users)/|Signature=[0-9a-f]|Token=\w", told)
    assert not re.search(rf"\b{re.escape(getpass.getuser())}\b", told)
    return told


def test_the_picture_that_is_kept_is_fit_to_be_shown_and_stands_in_the_readme() -> None:
    told = check(KEPT.read_text("utf-8"))
    assert f"](screenshots/{KEPT.name})" in README.read_text("utf-8")
    # its story: a document, a conflict, a start, and many
    for words in (
        "size in bytes",
        "Expected version 4 but found version 5",
        "IN_PROGRESS",
        "1,000",
    ):
        assert words in told


@pytest.mark.slow
def test_it_can_be_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "moving.svg"
    made = subprocess.run(
        [sys.executable, SCRIPT, "--to", file, "--stills", tmp_path, "--things", "200"],
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    check(file.read_text("utf-8"))
    stills = [path.read_text("utf-8") for path in sorted(tmp_path.glob("[0-9]*.svg"))]
    assert len(stills) == FRAMES
    assert not any("visibility" in still for still in stills)
