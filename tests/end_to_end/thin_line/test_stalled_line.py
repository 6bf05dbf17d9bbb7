"""A line that stands still, cuts frames in two or is written on by others: nothing else suffers."""

import array
import fcntl
import os
import re
import select
import signal
import termios

import pytest

NEVER_BLOCKED_BY = 40
"""Frames that are due meanwhile: more than the thirty writes that Textual's own queue holds."""

HELD_AT_MOST = 30_000
"""Bytes that the system's buffers and two whole frames are together; forty frames are 90 kB."""

LOOK_AGAIN = 0.02
LOOKS = 10

SHAPE_OF_POINTER = re.compile(rb"\x1b\]22;[a-z]*\x07")
SYNCHRONIZED_FRAME = re.compile(rb"\x1b\[\?2026h.*?\x1b\[\?2026l", re.DOTALL)


def started(gateway):
    """The cockpit, at rest on its first screen."""
    terminal = gateway.start()
    terminal.wait_for(lambda: terminal.text.count("live") == 4)
    terminal.wait_for_quiet()
    return terminal


def not_taken(terminal) -> int:
    """Bytes that the system holds for the terminal."""
    count = array.array("i", [0])
    fcntl.ioctl(terminal._fd, termios.FIONREAD, count)
    return count[0]


def hold_line(terminal) -> None:
    """Take nothing more; return when the system takes nothing more either."""
    held, looks = -1, 0
    while looks < LOOKS:
        assert stays(terminal, LOOK_AGAIN)
        terminal.press("ctrl+l")
        looks = looks + 1 if not_taken(terminal) == held else 0
        held = not_taken(terminal)
    assert held > 2_000


def stays(terminal, seconds: float) -> bool:
    """Whether the program still runs after so long, or as soon as it has ended."""
    program = os.pidfd_open(terminal.pid)
    try:
        return not select.select([program], [], [], seconds)[0]
    finally:
        os.close(program)


def end_of(terminal, seconds: float) -> int:
    """The exit status, negative for a signal, of a program that ends although nobody reads."""
    assert not stays(terminal, seconds), "still runs"
    _, status = os.waitpid(terminal.pid, 0)
    terminal.pid = 0
    return os.waitstatus_to_exitcode(status)


def cells(terminal) -> list[list[object]]:
    """What shows of all but the header, which tells the pace."""
    screen = terminal.screen
    return [
        [_shown(screen.buffer[line][column]) for column in range(screen.columns)]
        for line in range(1, screen.lines)
    ]


def _shown(cell) -> object:
    """A cell; of a blank one nothing shows but its background."""
    plain = cell.data == " " and not (cell.underscore or cell.strikethrough or cell.reverse)
    return cell.bg if plain else cell


def check_same_after_repaint(terminal) -> None:
    """What the terminal shows is what it shows when all of it is sent again."""
    before, text = cells(terminal), terminal.text
    terminal.screen.erase_in_display(2)
    terminal.press("ctrl+l")
    terminal.wait_for("jobs-tui")
    terminal.wait_for_quiet()
    assert cells(terminal) == before, f"{text}\n\nonce more:\n{terminal.text}"


@pytest.mark.slow
def test_while_nobody_reads_the_program_goes_on_and_one_repaint_brings_the_screen_up_to_date(
    gateway,
) -> None:
    terminal = started(gateway)
    hold_line(terminal)
    for _ in range(NEVER_BLOCKED_BY):
        terminal.press("ctrl+l")
        assert stays(terminal, LOOK_AGAIN)
    gateway.wait_for_rounds(10)
    gateway.report("boiler-07", "cert-1")
    gateway.wait_for_rounds(2)
    terminal.press("tab", "down")
    gateway.wait_for_rounds(2)
    said = len(terminal.raw)
    terminal.wait_for_quiet()
    assert terminal.line_with("\u25b6").split()[:4] == ["\u25b6", "cert-1", "IN_PROGRESS", "v4"]
    assert len(terminal.raw) - said < HELD_AT_MOST
    check_same_after_repaint(terminal)


@pytest.mark.slow
def test_a_screen_that_opened_while_nobody_read_is_drawn_afterwards(gateway) -> None:
    terminal = started(gateway)
    hold_line(terminal)
    terminal.press("o")
    gateway.wait_for_rounds(2)
    terminal.wait_for("ubuntu")


def test_leaving_does_not_wait_for_a_dead_line(gateway) -> None:
    terminal = started(gateway)
    hold_line(terminal)
    terminal.press("q")
    assert end_of(terminal, 5.0) == 0


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["SIGTERM", "SIGHUP"])
def test_a_signal_ends_the_program_on_a_dead_line(gateway, number: signal.Signals) -> None:
    terminal = started(gateway)
    hold_line(terminal)
    gateway.wait_for_rounds(10)
    os.kill(terminal.pid, number)
    assert end_of(terminal, 5.0) in {-number, 128 + number}


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "lines"), [(100, 30), (60, 16)], ids=["larger", "smaller"])
def test_a_resize_in_the_middle_of_a_frame_leaves_no_trace(
    gateway, columns: int, lines: int
) -> None:
    terminal = started(gateway)
    hold_line(terminal)
    terminal.resize(columns, lines)
    terminal.wait_for_quiet()
    assert terminal.text.count("live") == 4, terminal.text
    check_same_after_repaint(terminal)


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "lines"), [(100, 30), (60, 16)], ids=["larger", "smaller"])
def test_after_a_resize_at_rest_the_panels_are_drawn_for_the_new_size_at_once(
    gateway, columns: int, lines: int
) -> None:
    terminal = started(gateway)
    terminal.resize(columns, lines)
    terminal.wait_for_quiet()
    assert terminal.text.count("live") == 4, terminal.text


def write_from_outside(terminal) -> None:
    """As `wall` does."""
    terminal._stream.feed(
        b"\r\n\aBroadcast message from root@gw (pts/1):\r\n\r\nreboot at noon\r\n" * 3
    )


def test_what_others_wrote_on_the_screen_is_gone_after_ctrl_l(gateway) -> None:
    terminal = started(gateway)
    before = cells(terminal)
    write_from_outside(terminal)
    assert cells(terminal) != before
    terminal.press("ctrl+l")
    terminal.wait_for(lambda: "reboot" not in terminal.text)
    terminal.wait_for_quiet()
    assert cells(terminal) == before


def frames_of(terminal, answer: bytes) -> bytes:
    """What comes for some keys after the terminal has told whether it synchronizes output."""
    terminal.wait_for(lambda: b"\x1b[?2026$p" in terminal.raw)
    terminal.send(answer)
    terminal.wait_for(lambda: terminal.text.count("live") == 4)
    terminal.wait_for_quiet()
    said = len(terminal.raw)
    for key, wanted in (("down", "\u25b6 cert-1"), ("tab", "\u25be boiler-07"), ("?", "Keys")):
        terminal.press(key)
        terminal.wait_for(wanted)
        terminal.wait_for_quiet()
    return terminal.raw[said:]


@pytest.mark.slow
def test_frames_are_synchronized_where_the_terminal_says_that_it_can(gateway) -> None:
    sent = frames_of(gateway.start(), b"\x1b[?2026;2$y")
    assert len(SYNCHRONIZED_FRAME.findall(sent)) >= 3
    assert SHAPE_OF_POINTER.sub(b"", SYNCHRONIZED_FRAME.sub(b"", sent)) == b""


@pytest.mark.slow
@pytest.mark.parametrize("answer", [b"", b"\x1b[?2026;0$y"], ids=["silent", "unknown"])
def test_nothing_is_synchronized_where_the_terminal_does_not_say_so(gateway, answer: bytes) -> None:
    sent = frames_of(gateway.start(), answer)
    assert sent
    assert b"2026" not in sent
