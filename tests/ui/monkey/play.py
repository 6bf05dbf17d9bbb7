"""A play: the app, the monkey at its keys, and what is checked after each step."""

from collections import deque
from dataclasses import dataclass, field

from textual.geometry import Offset
from textual.screen import Screen

from jobs_tui.ui.app import CockpitApp
from jobs_tui.ui.terminal.start_checks import no_room_lines
from monkey.driver import TerminalDriver
from monkey.frames import cursor_of, first_difference, rows_of, whole_frame
from monkey.settled import settle
from monkey.steps import Monkey

TOLD_STEPS = 12
"""So many of the last steps are told when something is wrong."""


@dataclass
class Play:
    """One run of the app."""

    app: CockpitApp
    driver: TerminalDriver
    monkey: Monkey
    title: str
    """What it is to be told by when something is wrong."""
    cursor: Offset | None = None
    """Where it belonged when something was drawn last."""
    steps: int = 0
    _screen: Screen[object] | None = None
    told: deque[str] = field(default_factory=lambda: deque(maxlen=TOLD_STEPS))

    def __post_init__(self) -> None:
        self.app.post_display_hook = self._drawn  # type: ignore[method-assign]

    @property
    def over(self) -> bool:
        """Whether the monkey has found a way to leave."""
        return self.app._exit

    async def step(self) -> None:
        """Do one thing, and check what the terminal shows once all is done."""
        self.told.append(self.monkey.step())
        self.steps += 1
        await self.check()

    async def check(self) -> None:
        """Wait until nothing is under way, and compare."""
        await settle(self.app, self.driver)
        if self.app._exception is not None:
            raise AssertionError(self.tell("the program failed")) from self.app._exception
        if not self.over:
            self.compare()

    def compare_sentence(self) -> None:
        """See that a terminal without room shows the sentence that tells so, and nothing else."""
        terminal = self.driver.terminal
        shown = ["".join(cell.data for cell in terminal.row(n)) for n in range(terminal.lines)]
        told = no_room_lines(terminal.columns, terminal.lines, self.app.no_room_note)
        told += [""] * (terminal.lines - len(told))
        assert [line.rstrip() for line in shown] == told, self.tell("it does not say so")

    def compare(self) -> None:
        """Compare each cell of the terminal with one that was fed with the whole frame."""
        terminal = self.driver.terminal
        if not self.app.has_room:
            self.compare_sentence()
            return
        opened, self._screen = self.app.screen is not self._screen, self.app.screen
        rows = rows_of(whole_frame(self.app, opened=opened), terminal.columns)
        found = first_difference(terminal, rows)
        if found is not None:
            line = "".join(cell.data for cell in rows[found.line])
            raise AssertionError(self.tell(f"{found}; the line should be\n|{line}"))
        assert terminal.cursor.hidden, self.tell("the cursor is shown")
        if not self.app.takes_frames:
            return
        at = (min(terminal.cursor.x, terminal.columns - 1), terminal.cursor.y)
        belongs = self.cursor
        assert belongs in (None, at), self.tell(f"the cursor is at {at}, and not at {belongs}")
        if terminal.size_changed:
            # the app was not to know that at once
            terminal.disputed.clear()
            terminal.size_changed = False
        assert not terminal.disputed, self.tell(f"not the same everywhere: {terminal.disputed}")

    def _drawn(self) -> None:
        self.cursor = cursor_of(self.app)

    def tell(self, what: str) -> str:
        """What went wrong, and after which steps."""
        steps = "\n".join(
            f"  {self.steps - len(self.told) + n}: {s}" for n, s in enumerate(self.told, 1)
        )
        shown = "\n".join(
            "|" + "".join(cell.data for cell in self.driver.terminal.row(number))
            for number in range(self.driver.terminal.lines)
        )
        return f"{self.title}: {what}\nlast steps:\n{steps}\n{shown}"
