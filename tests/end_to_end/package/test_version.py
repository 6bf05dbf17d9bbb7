"""A release is a tag: `v` and the version that the package names."""

import subprocess

import jobs_tui
from package.commands import ROOT


def test_a_tag_on_this_commit_is_the_version_of_the_package() -> None:
    # without a repository, as in an unpacked sdist, there is none that could be wrong
    found = subprocess.run(
        ["git", "tag", "--points-at", "HEAD", "--list", "v*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert set(found.stdout.split()) <= {f"v{jobs_tui.__version__}"}
