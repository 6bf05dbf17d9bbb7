"""Somebody at the keys: looks at panels, rows and dialogs, presses keys, and counts them."""

import re
from dataclasses import dataclass, field
from typing import Any

TITLE = re.compile(r"^[▾▸] (?P<thing>\S+)")
ROW = re.compile(r"^(?P<cursor>[▶ ]) (?P<job>\S+) +(?P<status>[A-Z_]{6,})\b(?P<rest>.*)$")

KEYS_OF_TEXT = {" ": "space", "\t": "tab", "\n": "enter"}


@dataclass
class Person:
    """Knows only what is on the screen; `cockpit` is the fixture's."""

    cockpit: Any
    presses_so_far: list[str] = field(default_factory=list)

    async def presses(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.presses_so_far.append(key)
            await self.cockpit.press(key)

    async def types(self, text: str) -> None:
        """Type a text; it counts as no key, since nobody can make it shorter.

        So do what ends a name and a value in it, as `\\t` and `\\n`.
        """
        await self.cockpit.press(*(KEYS_OF_TEXT.get(each, each) for each in text))

    def counts_again(self) -> None:
        """Count keys from here on."""
        self.presses_so_far.clear()

    def has_pressed(self, count: int) -> None:
        """So many keys since the count began, and no more."""
        assert len(self.presses_so_far) <= count, self.presses_so_far

    async def sees(self, *words: str) -> None:
        """Wait until all of these are on the screen."""
        for each in words:
            await self.cockpit.see(each)

    async def sees_panel(self, thing: str, *words: str) -> None:
        """Wait for the panel of a thing, with these words in its title."""

        def there() -> bool:
            title = next((line for line in self._lines if self._is_title_of(line, thing)), "")
            return bool(title) and all(each in title for each in words)

        await self.cockpit.see(there)

    async def sees_rows(self, thing: str, *rows: str) -> None:
        """Wait until a panel has just these rows, each as `job STATUS`."""
        await self.cockpit.see(lambda: self._rows_of(thing) == list(rows))

    async def is_on(self, thing: str, job: str) -> None:
        """Wait until the cursor is on the row of a job in a panel."""

        def there() -> bool:
            found = [
                match["job"]
                for match in map(ROW.match, self._lines_of(thing))
                if match and match["cursor"] != " "
            ]
            return found == [job]

        await self.cockpit.see(there)

    async def expects_dialog(self, title: str, *words: str) -> None:
        """Wait for a dialog that takes Enter, with these words in it."""
        await self.sees(title, *words)
        dialog = self.cockpit.app.screen
        await self.cockpit.see(lambda: getattr(dialog, "on_screen", True))

    async def expects_panels(self) -> None:
        """Wait until no dialog and no other screen lies over the panels."""
        await self.cockpit.see(lambda: len(self.cockpit.app.screen_stack) == 1)

    async def is_told(self, words: str) -> None:
        """Wait until the status line says it."""
        await self.cockpit.see(lambda: words in self._lines[-2])

    @property
    def _lines(self) -> list[str]:
        return self.cockpit.text.splitlines()

    @staticmethod
    def _is_title_of(line: str, thing: str) -> bool:
        match = TITLE.match(line)
        return match is not None and match["thing"] == thing

    def _lines_of(self, thing: str) -> list[str]:
        lines = self._lines
        at = next((n for n, line in enumerate(lines) if self._is_title_of(line, thing)), len(lines))
        found = []
        for line in lines[at + 1 :]:
            if TITLE.match(line):
                break
            found.append(line)
        return found

    def _rows_of(self, thing: str) -> list[str]:
        matches = map(ROW.match, self._lines_of(thing))
        return [f"{match['job']} {match['status']}" for match in matches if match]
