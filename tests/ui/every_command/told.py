"""What help and palette say of the commands, read from the screen."""

from dataclasses import dataclass

from every_command.cases import Commands, Step
from every_command.scene import Scene, offered, press, see_all

HIGH_ENOUGH = (119, 150)
"""For all that help and palette have to say, where there are more than a few commands."""

FEW = 12

KEYS_WIDTH = 21
NOT_NOW = "not now: "
CLOSES = "enter or esc closes this"


@dataclass
class Told:
    """One entry of help."""

    keys: str
    words: str
    reason: str = ""

    @property
    def in_palette(self) -> str:
        return f"{NOT_NOW}{self.reason}" if self.reason else self.words


def entries_of_help(text: str) -> list[Told]:
    """Those between the title and the blank line before the notes."""
    lines = [line.split("\u2502")[1][1:] for line in text.splitlines() if "\u2502" in line]
    begin = next(at for at, line in enumerate(lines) if CLOSES in line) + 2
    told: list[Told] = []
    for line in lines[begin:]:
        keys, words = line[:KEYS_WIDTH].strip(), line[KEYS_WIDTH:].strip()
        if not keys + words:
            return told
        if keys:
            told.append(Told(keys, words))
        elif words.startswith(NOT_NOW):
            told[-1].reason = words.removeprefix(NOT_NOW)
        elif told[-1].reason:
            told[-1].reason += f" {words}"
        else:
            told[-1].words += f" {words}"
    raise AssertionError(f"help does not end:\n{text}")


def entries_of_palette(text: str) -> list[tuple[str, str]]:
    """Each name, and the words about it."""
    words = offered(text)
    return list(zip(words[::2], words[1::2], strict=True))


@dataclass(frozen=True)
class TellsAll(Step):
    """Help lists the commands that there are here, and no others; so does the palette.

    Where one cannot be used now, both say why.
    """

    commands: Commands
    others: tuple[tuple[str, str], ...]
    """What the palette has besides."""

    async def take(self, scene: Scene) -> None:
        screen = scene.screen
        size = screen.app.size
        if len(self.commands) > FEW:
            await screen.pilot.resize_terminal(*HIGH_ENOUGH)
        await press(scene, "question_mark")
        await see_all(scene, CLOSES)
        told = entries_of_help(screen.text)
        listed = [(command.keys_in_words, command.help) for command in self.commands]
        assert [(each.keys, each.words) for each in told] == listed
        await press(scene, "escape", "ctrl+p")
        await see_all(scene, lambda text: len(offered(text)) > 1)
        assert entries_of_palette(screen.text) == [
            (command.name, f"{each.keys} \u00b7 {each.in_palette}")
            for command, each in zip(self.commands, told, strict=True)
        ] + list(self.others)
        await press(scene, "escape")
        if len(self.commands) > FEW:
            await screen.pilot.resize_terminal(*size)
        await see_all(scene, lambda text: not offered(text))


def tells_all(commands: Commands, *others: tuple[str, str]) -> TellsAll:
    return TellsAll(commands, others)
