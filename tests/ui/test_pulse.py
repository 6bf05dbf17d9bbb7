"""The pulse on the screen, and the bars that it is drawn with."""

import pytest

from jobs_tui.domain.outcome import Done, Unreachable
from jobs_tui.engine.pulse import FleetSample, Pulse
from jobs_tui.ui.terminal.plain_cells import plain_row
from jobs_tui.ui.terminal.renditions import Rendition
from jobs_tui.ui.views.pulse import SPARKS, latency, pulse_lines, sparks
from jobs_tui.ui.views.sparkline import sparkline


def words(lines) -> list[str]:
    return ["".join(piece.text for piece in line.pieces).rstrip() for line in lines]


def test_a_bar_is_as_high_as_its_figure_is_beside_the_most() -> None:
    assert sparkline([0, 1, 4, 8, None, 8]) == "_\u2582\u2585\u2588 \u2588"
    assert sparkline([1, 1], most=8) == "\u2582\u2582"
    assert sparkline([0.0001, 1000]) == "\u2581\u2588"
    assert sparkline([]) == sparkline([], 5) == ""
    assert sparkline([0, None, 0]) == "_ _"


def test_in_ascii_the_bars_are_figures_and_a_full_one_a_hash() -> None:
    ascii_row = plain_row("ascii", colors=True)
    assert ascii_row is not None
    row = [(sign, Rendition()) for sign in sparkline([0, 1, 4, 8, None])]
    assert "".join(text for text, _ in ascii_row(row)) == "_25# "


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(None, "-"), (0.0042, "4.2 ms"), (0.0421, "42 ms"), (0.999, "999 ms"), (12.34, "12.3 s")],
)
def test_a_latency_is_told_in_what_one_can_compare(seconds, told) -> None:
    assert latency(seconds) == told


@pytest.fixture
def busy() -> Pulse:
    """Ten minutes of two calls a second, of which the last minute fails."""
    pulse = Pulse(0.0)
    for half in range(1200):
        at = half / 2
        pulse.called(at, 0.02, Done(None) if at < 540 else Unreachable("no"))
    pulse.sampled(590.0, FleetSample(3, 7, 1, 0))
    return pulse


@pytest.mark.parametrize("width", [20, 38, 60, 72, 80, 120, 160])
def test_it_fits_and_reads_without_the_bars_at_any_width(busy, width) -> None:
    lines = words(pulse_lines([("http://x", busy)], FleetSample(2, 5, 0, 4), 600.0, width, 24))
    assert sparks(width) in SPARKS
    if width >= 38:
        assert max(map(len, lines)) <= width
    figures = {line[:13].strip(): line[13:].split() for line in lines if line[:1].isalnum()}
    flat = {name: [word for word in told if word[0].isdigit()] for name, told in figures.items()}
    assert flat["calls/s"][:2] == ["2.0", "2.0"]
    assert flat["failed"][:2] == ["20", "120"]
    assert flat["in progress"][:2] == ["2", "3"]
    assert flat["unreachable"][:2] == ["4", "4"]


@pytest.mark.parametrize("width", [38, 60, 72, 80, 160])
def test_the_ends_of_the_bars_are_told_below_them(busy, width) -> None:
    lines = words(pulse_lines([("http://x", busy)], FleetSample(), 600.0, width, 24))
    calls, axis = lines[1], lines[5]
    assert axis.endswith("now")
    assert len(axis) == len(calls)
    assert lines[-1].endswith("now")
    if width >= 72:
        assert axis.startswith("a full bar is the most")
        assert axis.index("10 min ago") == len(axis) - sparks(width)
        assert lines[-1].index("1 h ago") == len(axis) - sparks(width)


def test_before_the_first_answer_no_latency_is_told() -> None:
    lines = words(pulse_lines([("http://x", Pulse(0.0))], FleetSample(), 1.0, 80, 24))
    median = next(line for line in lines if line.startswith("median"))
    assert median.split() == ["median", "now", "-", "most", "-"]


def test_in_few_lines_nothing_but_the_figures_is_shown(busy) -> None:
    shown = pulse_lines([("http://x", busy)], FleetSample(), 600.0, 40, 9)
    assert [line[:13].strip() for line in words(shown)] == [
        "calls/s",
        "median",
        "95 % within",
        "failed",
        "in progress",
        "queued",
        "stuck or due",
        "unreachable",
    ]


def test_each_endpoint_that_was_asked_has_its_own_figures_where_there_is_room(busy) -> None:
    planes = [("http://data", busy), ("http://control", Pulse(500.0))]
    lines = words(pulse_lines(planes, FleetSample(), 600.0, 80, 24))
    headings = [line.split()[4] for line in lines if "calls, last 10 min" in line]
    assert headings == ["http://data", "http://control"]
    assert [line.split()[2] for line in lines if line.startswith("calls/s")] == ["2.0", "0.0"]
    few = words(pulse_lines(planes, FleetSample(), 600.0, 38, 9))
    assert sum(line.startswith("calls/s") for line in few) == 1


@pytest.mark.parametrize("size", [pytest.param((80, 24), marks=pytest.mark.slow), (40, 12)])
async def test_the_pulse_opens_by_its_key_and_follows_the_calls(account, cockpit, size) -> None:
    account.create_thing("gw-1")
    account.create_job(job_id="fw-1", targets=("gw-1",), document="{}")
    async with cockpit("gw-1", size=size) as screen:
        await screen.see("fw-1")
        await screen.press("P")
        await screen.see(lambda: "1" in screen.line_with("queued").split())
        for name in ("calls/s", "median", "95 % within", "failed", "in progress", "unreachable"):
            assert name in screen.text
        await screen.press("question_mark")
        await screen.see("The pulse")
        await screen.press("escape")
        await screen.see("calls/s")
        for key in ("escape", "q", "P"):
            await screen.press(key)
            await screen.see("fw-1")
            await screen.press("P")
            await screen.see("calls/s")


@pytest.mark.slow
async def test_nothing_is_drawn_between_two_looks_and_over_a_thin_line_seldom(
    account, cockpit, monkeypatch
) -> None:
    async with cockpit("gw-1", low_bandwidth=True) as screen:
        await screen.see("No pending jobs")
        await screen.press("P")
        await screen.see("calls/s")
        pulse = screen.app.screen
        drawn = []
        monkeypatch.setattr(pulse, "show", lambda: drawn.append(1))
        now = screen.engine.clock.monotonic()
        pulse._tick()
        assert drawn == []
        monkeypatch.setattr(screen.engine.clock, "monotonic", lambda: now + 10, raising=False)
        pulse._tick()
        assert drawn == [1]
