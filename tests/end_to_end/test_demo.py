"""The installed program in a real terminal, driven by its keys."""

import re

import pytest

JOB_IN_PROGRESS = re.compile(r"▶ \S+ +IN_PROGRESS")


def test_the_demo_shows_a_gateway_at_work(run) -> None:
    terminal = run("demo")
    terminal.wait_for("live")
    for thing in ("gw-lyon-01", "boiler-07", "meter-112", "door-03"):
        terminal.wait_for(thing)
    terminal.wait_for("! stuck")
    terminal.wait_for("! due")
    assert "http://127.0.0.1:" in terminal.text
    terminal.press("q")
    assert terminal.wait_for_end() == 0


@pytest.mark.slow
def test_the_demo_shows_a_larger_fleet(run) -> None:
    terminal = run("demo", "--things", "12", "--seed", "1", lines=48)
    for thing in ("gw-lyon-01", "door-03", "lyon-meter-0001", "tours-meter-0001"):
        terminal.wait_for(thing)
    terminal.wait_for("meter-fw-2-4-0")
    terminal.press("q")
    assert terminal.wait_for_end() == 0


def test_open_a_document_start_the_next_job_and_fail_one_with_a_reason(run) -> None:
    terminal = run("demo")
    terminal.wait_for("! due")
    terminal.press("o")
    terminal.wait_for("size in bytes")
    terminal.press("t")
    terminal.wait_for(lambda: re.search(r'"\w+": ', terminal.text))
    terminal.press("escape")
    terminal.wait_for("! due")

    terminal.press("s")
    terminal.wait_for("the change is based on it")
    terminal.press("f", "tab", "reason", "tab", "disk full", "enter", "enter")
    terminal.wait_for("FAILED, confirmed")
    terminal.wait_for(lambda: "0 in progress" in terminal.line_with("gw-lyon-01"))

    terminal.press("n")
    terminal.wait_for("now QUEUED")
    terminal.press("enter")
    terminal.wait_for("start next, confirmed")
    terminal.wait_for(lambda: "1 in progress" in terminal.line_with("gw-lyon-01  "))
    terminal.press("q")
    assert terminal.wait_for_end() == 0


@pytest.mark.slow
def test_keys_that_arrive_all_at_once_are_taken_in_their_order(run) -> None:
    terminal = run("demo")
    terminal.wait_for("! due")
    terminal.press("sf\treason\tdisk full\r")
    terminal.wait_for(lambda: "disk full" in terminal.line_with("reason  "))
    terminal.wait_for("the change is based on it")
    terminal.press("enter")
    terminal.wait_for("FAILED, confirmed")


def test_an_enter_that_comes_with_the_key_that_opens_the_dialog_sends_nothing(run) -> None:
    terminal = run("demo")
    terminal.wait_for("! due")
    terminal.press("s\r\r\r")
    terminal.wait_for("the change is based on it")
    terminal.press("escape")
    terminal.wait_for(lambda: "Change status" not in terminal.text)
    assert "IN_PROGRESS" in terminal.line_with("fw-2026-11-edge")


@pytest.mark.slow
def test_noise_on_the_line_changes_nothing_and_ends_nothing(run) -> None:
    terminal = run("demo")
    terminal.wait_for("! due")
    noise = bytes(set(range(256)) - set(b"qnso\x11\x03\r\x0d\t\x1b pP+-:/?]["))
    terminal.send(noise * 6 + b"\xff\xfe\xc3(\xf0\x9f")
    # some of it opens screens, which lie over each other
    terminal.press("escape", "escape", "escape", "escape")
    terminal.press("?")
    terminal.wait_for("Refresh all panels now")
    terminal.press("escape")
    terminal.wait_for("! due")
    assert "IN_PROGRESS" in terminal.line_with("fw-2026-11-edge")


def test_a_terminal_that_is_gone_ends_the_program(run) -> None:
    terminal = run("demo")
    terminal.wait_for("! due")
    assert terminal.hang_up() in {129, -1}


def test_jobs_arrive_and_an_agent_works_them_off_while_one_watches(run) -> None:
    terminal = run("demo")
    terminal.wait_for("live")
    before = terminal.text
    counts = re.compile(r"(?:meter-112|door-03)  (\d+ in progress · \d+ queued)")
    first = counts.findall(before)
    terminal.wait_for(lambda: counts.findall(terminal.text) != first, seconds=60)


def test_the_demo_reads_no_aws_configuration(run, tmp_path) -> None:
    broken = tmp_path / "config"
    broken.write_text("not an ini file [")
    hostile = {
        "AWS_CONFIG_FILE": str(broken),
        "AWS_SHARED_CREDENTIALS_FILE": str(broken),
        "AWS_PROFILE": "missing",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_CA_BUNDLE": "/nowhere",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "http_proxy": "http://127.0.0.1:9",
        "AWS_DEFAULT_REGION": "nowhere-1",
    }
    terminal = run("demo", environment=hostile)
    terminal.wait_for("live")
    terminal.wait_for("1 in progress")


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        pytest.param({}, "region", marks=pytest.mark.slow),
        ({"AWS_DEFAULT_REGION": "eu-west-3", "AWS_EC2_METADATA_DISABLED": "true"}, "credentials"),
        pytest.param(
            {"AWS_DEFAULT_REGION": "eu-west-3", "AWS_PROFILE": "missing"},
            "missing",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_what_is_missing_is_told_in_the_panel(run, environment, told) -> None:
    terminal = run("gw-1", environment=environment)
    terminal.wait_for(lambda: any(told in line for line in terminal.screen.display if "!" in line))
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert b"Traceback" not in terminal.raw


@pytest.mark.slow
def test_the_screen_follows_the_size_of_the_terminal(run) -> None:
    terminal = run("demo", columns=160, lines=48)
    terminal.wait_for("changes of this run")
    terminal.wait_for("version number")
    terminal.resize(80, 24)
    terminal.wait_for(lambda: "version number" not in terminal.text and "live" in terminal.text)


@pytest.mark.slow
def test_a_theme_of_the_terminals_own_colours_can_be_chosen(run) -> None:
    terminal = run("demo", environment={"TEXTUAL_THEME": "ansi-dark"})
    terminal.wait_for("fw-2026-11-edge")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
