"""The monkey, with a will of its own every now and then: it asks for changes, and sends them."""

from collections import deque
from random import Random
from typing import Any

from monkey.driver import TerminalDriver
from monkey.steps import KEYS, Monkey

from jobs_tui.ui.app import CockpitApp
from soak.others import Others

ENTER, ESCAPE, TAB = "\r", "\x1b", "\t"
LOOK = ""
"""No key: wait until what is shown can be meant."""

LOOKS = 12
"""Steps after which it is pressed all the same."""


class AskingMonkey(Monkey):
    """Works on the account by the hands of others, so that it holds many things and few jobs."""

    def __init__(
        self, app: CockpitApp, driver: TerminalDriver, others: Others, random: Random
    ) -> None:
        super().__init__(app, driver, others.account, random)
        self._others = others
        self._intended: deque[str] = deque()
        self._looks = 0
        ways: dict[Any, int] = {self._intend: 60}
        self._ways.update(ways)
        self._intend()

    def step(self) -> str:
        """Go on with what is intended, unless something comes in between."""
        if self._intended and self._random.random() < 0.9:
            keys = self._intended.popleft()
            if keys == LOOK and self._looks < LOOKS and not self._sees_dialog:
                self._looks += 1
                self._intended.appendleft(LOOK)
            elif keys == LOOK:
                self._looks = 0
            self._driver.type(keys)
            return f"type {keys!r}, as intended"
        return super().step()

    @property
    def _sees_dialog(self) -> bool:
        return bool(getattr(self._app.screen, "on_screen", False))

    def _intend(self) -> str:
        """Go to some thing and ask for a change; a key every step, as one who looks would do."""
        self._intended.clear()
        self._intended += [ESCAPE, ESCAPE, ESCAPE]
        self._intended += [KEYS["down"]] * self._random.randrange(6)
        if self._random.random() < 0.4:
            self._intended += ["n", LOOK, ENTER, LOOK, ENTER]
        else:
            status = self._random.choice("isfr")
            details = [TAB, "reason", TAB, "monkey", ENTER] if self._random.random() < 0.4 else []
            self._intended += ["s", LOOK, status, *details, ENTER, ENTER, LOOK]
        # at a conflict, or where it did not leave
        self._intended += self._random.choice(([], [ESCAPE, ESCAPE], ["d"], ["a"], [TAB, ENTER]))
        return "intend a change"

    def _change_execution(self) -> str:
        return self._others.change_execution()

    def _create_job(self) -> str:
        return self._others.create_job()

    def _cancel_job(self) -> str:
        return self._others.cancel_job()
