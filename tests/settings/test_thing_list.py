"""Names of things in a file: what is taken, what is left out and told, and what ends the start."""

import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs_tui.cli import thing_list
from jobs_tui.cli.arguments import parse
from jobs_tui.cli.contexts import contexts_of
from jobs_tui.cli.settings.problems import SettingsError
from jobs_tui.cli.settings.reading import settings_source
from jobs_tui.cli.thing_list import MOST_LINES, gather, read_thing_list
from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.names import thing_name_problem
from jobs_tui.engine.context import MOST_THINGS, Contexts

Told = Callable[..., tuple[tuple[str, ...], tuple[str, ...]]]


@pytest.fixture
def path(home: Path) -> Path:
    """The list; it is not there yet."""
    return home / "things.txt"


@pytest.fixture
def listed(path: Path) -> Told:
    """Write the list and read it: the names, and what is told."""

    def read(content: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
        path.write_bytes(content)
        return read_thing_list(path)

    return read


def contexts(*words: str) -> Contexts:
    """What the screen gets."""
    return contexts_of(settings_source(parse(words).flags, os.environ), SystemClock())


def refusal(path: Path) -> str:
    """What is told of a list with which nothing can be shown."""
    with pytest.raises(SettingsError) as caught:
        read_thing_list(path)
    (problem,) = caught.value.problems
    assert "\n" not in problem
    assert problem.startswith(f"{path}: ")
    return problem.removeprefix(f"{path}: ")


@pytest.mark.parametrize(
    "content",
    [
        b"gw-1\nmeter:2\n",
        b"gw-1\nmeter:2",
        b"\xef\xbb\xbfgw-1\r\nmeter:2\r\n",
        b"\n  # the gateway\n\tgw-1 \n\n#meter\n \xc2\xa0meter:2\xe3\x80\x80\n\n",
        b"gw-1" + b" " * 200_000 + b"\n" + b"\t" * 200_000 + b"meter:2\n",
        b"#" + b"x" * 200_000 + b"\ngw-1\n" + b" " * 200_000 + b"\nmeter:2",
    ],
)
def test_one_name_a_line_and_nothing_to_tell(content: bytes, listed: Told) -> None:
    assert listed(content) == (("gw-1", "meter:2"), ())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a\nb\na\n", "1 is there twice"),
        (b"b\nb\na\nb", "2 are there twice"),
        (b"a\nnot a name\nb\n", "1 name cannot exist (line 2)"),
        (b"a\nb/\n\xff\n\xc3\xa9\n" + b"x" * 129, "4 names cannot exist (lines 2, 3, 4, \u2026)"),
        (b"a\0\nb\n\0\na\n\x1b[31m\na", "3 names cannot exist (lines 1, 3, 5), 1 is there twice"),
        (b"a\n" + b"b" * 300_000 + b"\nb", "1 name cannot exist (line 2)"),
        (b"a\nb" + b" " * 300_000 + b"c\nb", "1 name cannot exist (line 2)"),
    ],
)
def test_what_is_left_out_is_told_and_the_rest_is_shown(
    content: bytes, told: str, listed: Told
) -> None:
    names, problems = listed(content)
    assert set(names) <= {"a", "b"}
    assert names
    assert problems == (f"things.txt: {told}",)


def test_at_most_ten_thousand_things_are_taken(listed: Told) -> None:
    lines = [f"gw-{number}" for number in range(MOST_THINGS)]
    exactly = "\n".join([*lines, "gw-7", "# no more"]).encode()
    assert listed(exactly) == (tuple(lines), ("things.txt: 1 is there twice",))
    names, problems = listed(exactly + b"\none too many\nanother\n")
    assert names == tuple(lines)
    assert problems == (
        "things.txt: 1 name cannot exist (line 10,003), 1 is there twice",
        "things.txt: 10,000 things are the most, the rest from line 10,004 is left out",
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"gw-%d", "10,000 things are the most, the rest from line 10,001 is left out"),
        (b"gw", "999,999 are there twice"),
        (b"g w", "1,000,000 names cannot exist (lines 1, 2, 3, \u2026)"),
        (b"", "too long, the rest from line 1,000,001 is not read"),
        (b"# gw", "too long, the rest from line 1,000,001 is not read"),
    ],
)
def test_a_million_lines_take_little_time_and_memory(line: bytes, told: str, path: Path) -> None:
    varied = b"%d" in line
    with path.open("wb") as file:
        for number in range(0, MOST_LINES, 10_000):
            some = range(number, number + 10_000)
            file.write(b"".join(line % each + b"\n" if varied else line + b"\n" for each in some))
        if told.startswith("too long"):
            file.write(b"gw-1")
    begin = time.process_time()
    with path.open("rb") as file:
        gathered = gather(iter(lambda: file.read(1 << 16), b""))
    # about half a second on a slow machine
    assert time.process_time() - begin < 5
    assert gathered.told == (told,)


def test_a_line_of_any_length_takes_little_memory(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"gw-1\n")
        file.truncate(1 << 33)
    tracemalloc.start()
    try:
        names, problems = read_thing_list(path)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
    assert (names, problems) == (
        ("gw-1",),
        ("things.txt: too long, the rest from line 2 is not read",),
    )


@pytest.mark.parametrize(
    ("pieces", "names", "bad"),
    [
        ([b"b" + b" " * 600, b"c\n"], [], 1),
        ([b"b" + b" " * 600, b"   \n"], ["b"], 0),
        ([b" " * 600 + b"b", b"c\n"], ["bc"], 0),
        ([b"x" * 600, b"\n"], [], 1),
        ([b"#" + b"x" * 600, b"y", b"\nb"], ["b"], 0),
        ([b" " * 600, b" " * 600, b"\nb"], ["b"], 0),
    ],
)
def test_a_long_line_in_pieces_means_what_it_means_as_a_whole(
    pieces: list[bytes], names: list[str], bad: int
) -> None:
    found = gather(pieces)
    assert (list(found.names), found.cannot_exist) == (names, bad)


def test_half_a_name_at_the_end_of_what_is_read_is_no_name(
    listed: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thing_list, "MOST_BYTES", 70_000)
    names, problems = listed(b"gw-lyon-0001\n" * 20_000)
    assert names == ("gw-lyon-0001",)
    assert problems[1].startswith("things.txt: too long, the rest from line 10,0")


@given(
    st.lists(
        st.sampled_from(
            (
                *(b"a", b"gw-1", b" ", b"\t", b"\r", b"\n", b"\n\n", b"#", b"\0", b"\xc3", b"\xa9"),
                *(b"\xef\xbb\xbf", b"\xff\xfe", b"x" * 128, b"x" * 600, b"\xe2\x80\xa8", b"/"),
            )
        )
        | st.binary(max_size=8)
    ),
    st.lists(st.integers(0, 200), max_size=8),
)
def test_any_bytes_in_any_pieces_mean_what_their_lines_mean(
    parts: list[bytes], cuts: list[int]
) -> None:
    content = b"".join(parts)
    places = sorted({0, *(each for each in cuts if each < len(content)), len(content)})
    pieces = [content[a:b] for a, b in pairwise(places)]
    if len(pieces) > 0 and len(pieces[0]) < 3:
        pieces = [content]
    lines = content.removeprefix(b"\xef\xbb\xbf").decode(errors="replace").split("\n")
    words = [(number, line.strip()) for number, line in enumerate(lines, 1)]
    words = [(number, word) for number, word in words if word and word[0] != "#"]
    bad = [number for number, word in words if thing_name_problem(word) is not None]
    good = [word for _, word in words if thing_name_problem(word) is None]
    found = gather(pieces)
    assert list(found.names) == list(dict.fromkeys(good))
    assert (found.cannot_exist, found.first_bad) == (len(bad), bad[:3])
    assert found.repeated == len(good) - len(found.names)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no thing is named in it"),
        (b"\n# nothing yet\n", "no thing is named in it"),
        (b"a b\n/\n", "no thing is named in it; 2 names cannot exist (lines 1, 2)"),
        ("gw-1\n".encode("utf-16"), "is UTF-16, and names of things are read as UTF-8"),
    ],
)
def test_a_list_that_names_nothing_is_refused(content: bytes, told: str, path: Path) -> None:
    path.write_bytes(content)
    assert refusal(path) == told


def test_what_is_no_file_is_refused(home: Path, path: Path) -> None:
    assert refusal(path) == "there is no such file"
    assert refusal(home) == "Is a directory"
    assert refusal(Path("/dev/zero")) == "is neither a file nor a pipe"
    below = home / "config.toml" / "things.txt"
    below.parent.touch()
    assert refusal(below) == "there is no such file"
    path.symlink_to(path)
    assert refusal(path) == "Too many levels of symbolic links"


def test_a_pipe_is_read_and_one_that_nobody_writes_to_holds_nothing_up(path: Path) -> None:
    os.mkfifo(path)
    assert refusal(path) == "no thing is named in it"
    # as `--things-file <(command)`: the command is slower than whoever reads it
    command = [sys.executable, "-c", "print('gw-1', 'gw-2', sep=chr(10))"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        pipe = Path(f"/dev/fd/{writer.stdout.fileno()}")
        assert read_thing_list(pipe).names == ("gw-1", "gw-2")


def test_a_long_or_hostile_file_name_is_cut_and_left_to_the_screen_to_make_safe(home: Path) -> None:
    path = home / ("\x1b[31m" + "x" * 100)
    path.write_text("a\na")
    assert read_thing_list(path).problems == ("\x1b[31m" + "x" * 24 + "\u2026: 1 is there twice",)


def test_the_screen_gets_the_things_and_what_is_to_be_told(path: Path) -> None:
    path.write_text("gw-1\ngw-2\ngw-1\n")
    first = contexts("--things-file", f"{path}").first
    assert first.things == ("gw-1", "gw-2")
    assert first.problems == ("things.txt: 1 is there twice",)
    assert contexts("gw-3").first.problems == ()


def test_a_list_that_cannot_be_read_ends_the_start_with_one_line(path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no such file"):
        contexts("--things-file", f"{path}")


def test_a_list_of_another_context_is_told_on_the_screen_that_is_up(file: Path) -> None:
    file.write_text('[contexts.lyon]\nthings-file = "lyon.txt"\n')
    known = contexts("gw-1")
    assert known.open is not None
    lyon = known.open("lyon")
    assert lyon.things == ()
    assert lyon.problems == (f"{file.parent}/lyon.txt: there is no such file",)
    (file.parent / "lyon.txt").write_text("gw-lyon-01")
    assert known.open("lyon").things == ("gw-lyon-01",)
    assert known.open("lyon").problems == ()


def test_nothing_of_it_is_loaded_without_the_setting() -> None:
    program = (
        "import os, sys\n"
        "from jobs_tui.cli.contexts import contexts_of\n"
        "from jobs_tui.cli.settings.reading import settings_source\n"
        "from jobs_tui.domain.clock import SystemClock\n"
        "contexts_of(settings_source({'things': ('gw-1',)}, os.environ), SystemClock())\n"
        "print('jobs_tui.cli.thing_list' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == b"False\n"


def test_minutes_without_an_update_become_the_limit_of_the_engine() -> None:
    def limit(*words: str) -> float:
        return contexts("gw-1", *words).first.watch(("gw-1",)).attention.stuck_after

    assert limit() == 30 * 60
    assert limit("--stuck-after", "0.5") == 30
