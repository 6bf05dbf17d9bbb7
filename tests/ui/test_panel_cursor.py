"""The cursor among the rows of the panels: by identity, whatever happens to rows and panels."""

import pytest

from jobs_tui.domain.execution import ExecutionKey, JobExecutionSummary
from jobs_tui.domain.status import Status
from jobs_tui.ui.views.rows import Row
from jobs_tui.ui.widgets.panel_cursor import PanelCursor


class Panels:
    """Rows by thing, each named by its job, and the cursor among them."""

    def __init__(self, **jobs: str) -> None:
        self.jobs = {name: jobs_of.split() for name, jobs_of in jobs.items()}
        self.cursor = PanelCursor(self.rows_of)
        self.cursor.take(tuple(jobs))

    def rows_of(self, name: str) -> tuple[Row, ...]:
        return tuple(
            Row(
                ExecutionKey(name, job, 1),
                JobExecutionSummary(job, Status.QUEUED, 0.0, None, 0.0, 1, 1),
                "QUEUED",
                "v1",
                "",
            )
            for job in self.jobs[name]
        )

    @property
    def at(self) -> str:
        row = self.cursor.selected_row
        return f"{self.cursor.thing_name} {row.key.job_id if row else '-'}"


@pytest.fixture
def panels() -> Panels:
    return Panels(a="1 2 3", b="", c="4 5")


def moved(panels: Panels, *steps: int, within: bool = False) -> list[str]:
    """Where each of these steps leads to."""
    found = []
    for by in steps:
        panels.cursor.move(by, within=within)
        found.append(panels.at)
    return found


def test_a_step_past_the_end_of_a_panel_goes_on_in_the_next_one(panels) -> None:
    assert moved(panels, 1, 1, 1, 1, 1, 1) == ["a 2", "a 3", "b -", "c 4", "c 5", "c 5"]
    assert moved(panels, -1, -1, -1) == ["c 4", "b -", "a 3"]


def test_a_step_within_a_panel_goes_no_further_than_its_end(panels) -> None:
    assert moved(panels, 99, 1, -99, within=True) == ["a 3", "a 3", "a 1"]
    panels.cursor.focused = 1
    assert moved(panels, 1, -1, within=True) == ["b -", "b -"]


def test_the_cursor_stays_on_its_row_or_goes_to_the_one_that_took_its_place(panels) -> None:
    panels.cursor.move(1, within=True)
    panels.jobs["a"] = ["0", "1", "2", "3"]
    assert panels.at == "a 2"
    panels.jobs["a"] = ["0", "1", "3"]
    assert panels.at == "a 3"
    panels.jobs["a"] = ["0"]
    assert panels.at == "a 0"


def test_the_focus_stays_on_its_thing_when_there_are_other_panels(panels) -> None:
    panels.cursor.select("c", None)
    panels.cursor.take(("c", "a"))
    assert panels.at == "c 4"
    panels.cursor.take(("a", "b"))
    assert panels.at == "a 1"


def test_the_neighbour_is_the_next_panel_or_the_one_before_the_last(panels) -> None:
    assert panels.cursor.neighbour == "b"
    panels.cursor.select("c", None)
    assert panels.cursor.neighbour == "b"
    assert Panels(a="").cursor.neighbour is None


def test_where_no_row_is_left_the_focus_goes_on_to_a_panel_with_some(panels) -> None:
    panels.jobs["a"] = []
    panels.cursor.find_rows(None)
    assert panels.at == "c 4"
    panels.cursor.find_rows("b")
    assert panels.at == "b -"


def test_who_narrows_down_and_widens_again_is_back_where_it_began_unless_moved(panels) -> None:
    panels.cursor.move(1, within=True)
    panels.cursor.remember()
    everything, panels.jobs = panels.jobs, {"a": [], "b": [], "c": ["5"]}
    panels.cursor.find_rows(None)
    assert panels.at == "c 5"
    panels.jobs = everything
    panels.cursor.return_to_remembered()
    assert panels.at == "a 2"
    panels.cursor.move(1, within=True)
    panels.cursor.return_to_remembered()
    assert panels.at == "a 3"


def test_a_panel_is_served_when_the_cursor_comes_to_a_row_in_it_and_not_with_the_focus(
    panels,
) -> None:
    assert moved(panels, 3) == ["b -"]
    assert panels.cursor.served == 0
    panels.cursor.select("c", None)
    assert panels.cursor.served == 2
