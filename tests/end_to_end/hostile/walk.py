"""Through every screen and dialog, with whatever is there left to be drawn."""

import time
from collections.abc import Iterable
from typing import Any

DRAWN_SECONDS = 0.08
"""So long after a key what it does is mostly drawn; where it must be, it is waited for."""

ANSWER_SECONDS = 0.6
"""A change that was not taken opens another dialog when the answer is there."""

ESCAPE_SECONDS = 0.15
THIN_ESCAPE_SECONDS = 0.6
"""An escape character is a key of its own when nothing has followed for a while."""

PATIENCE_SECONDS = 1.5
"""So long after that it shows at the latest what the key does, if it does anything."""

PASTED = "\x1b[200~[/]\x1b]0;t\x07\x9b31m\u202e\x00\x7f\r\n\x1b[201~"


def text_of(screen: Any) -> str:
    """What a screen shows; pyte fails at half of a wide character."""
    rows = (screen.buffer[number] for number in range(screen.lines))
    return "\n".join("".join(row[column].data for column in range(screen.columns)) for row in rows)


class Walk:
    """One run of the program, and all that its screen has shown."""

    def __init__(self, terminal: Any, *, thin: bool = False) -> None:
        self.terminal = terminal
        self._escape_seconds = THIN_ESCAPE_SECONDS if thin else ESCAPE_SECONDS
        self.seen: list[str] = []

    def press(self, *keys: str) -> None:
        """Press one key after the other, and look at the screen after each."""
        for key in keys:
            before = text_of(self.terminal.screen)
            self.terminal.press(key)
            if key == "escape":
                self.terminal.read_for(self._escape_seconds)
            deadline = time.monotonic() + PATIENCE_SECONDS
            while key == "escape" and text_of(self.terminal.screen) == before:
                if time.monotonic() > deadline:
                    break
                self.terminal.read_for(0.03)
            self.look()

    def look(self, seconds: float = DRAWN_SECONDS) -> None:
        """Take down what the screen shows after a while."""
        self.terminal.read_for(seconds)
        self.seen.append(text_of(self.terminal.screen))

    def until(self, wanted: str) -> None:
        """Wait for something to be seen."""
        self.terminal.wait_for(lambda: wanted in text_of(self.terminal.screen))
        self.look()

    def back(self) -> None:
        """Close whatever is open over the panels."""
        for _ in range(6):
            if "esc back" not in text_of(self.terminal.screen):
                return
            self.press("escape")

    def saw(self, words: str) -> bool:
        """Whether some screen showed these words."""
        return any(words in text for text in self.seen)

    def missing(self, all_words: Iterable[str]) -> list[str]:
        """Those that no screen showed."""
        return [words for words in all_words if not self.saw(words)]


def through_everything(walk: Walk) -> None:
    """From the first frame to the question whether to leave, and out; the first thing is tame."""
    walk.until("live")
    in_list = "filter" in walk.terminal.screen.display[-1]
    walk.press("R", "R")
    if in_list:
        walk.press(
            "/", "[/]\x1b]0;t\x07", PASTED, "escape", "escape", "!", ".", "!", "home", "enter"
        )
    _change(walk)
    for _ in range(2):
        walk.press(*(["escape", "down", "enter"] if in_list else ["tab"]))
        _read(walk)
    _look_around(walk)
    _leave(walk)


def _change(walk: Walk) -> None:
    """One after the other: a start, a conflict, a refusal, and one of which nothing is known."""
    walk.press("n")
    walk.until("now QUEUED")
    walk.press("enter")
    walk.until("refused")
    walk.back()
    walk.press("s")
    walk.until("the change is based on it")
    walk.press("f", "tab", "down", "end", PASTED, "up", "end", "x")
    walk.back()
    for _ in range(3):
        walk.press("s")
        walk.until("the change is based on it")
        walk.press("f", "enter")
        walk.look(ANSWER_SECONDS)
        walk.back()
        walk.press("down")
    walk.press("J", "enter", "escape", "down", "enter", "escape", "down", "enter")
    walk.back()
    walk.press("P")
    walk.back()
    walk.press("L", "down", "enter")
    walk.back()


def _read(walk: Walk) -> None:
    for key in ("enter", "o"):
        walk.press("down", key)
        walk.until("esc back")
        walk.press("pagedown", "t", "pagedown", "end", "u")
        walk.back()


def _look_around(walk: Walk) -> None:
    walk.press("?", "pagedown")
    walk.back()
    walk.press("ctrl+p", "re", "down", "[/]", PASTED, "escape")
    walk.press("v", "r", "z", "p", "p", "B", "ctrl+l", "B", "enter")
    walk.back()


def _leave(walk: Walk) -> None:
    walk.press("q", "q")
