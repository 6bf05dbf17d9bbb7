"""The commands of the screen on which things are chosen; letters go into its field."""

from typing import Protocol

from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.leaving import Help
from jobs_tui.ui.commands.moving_in_list import steps
from jobs_tui.ui.forms.thing_choice import ThingChoice


class PickerPlace(Protocol):
    """The screen on which things are chosen."""

    @property
    def choice(self) -> ThingChoice:
        """What was typed and marked so far."""
        ...

    @property
    def page(self) -> int:
        """How many things show at once."""
        ...

    @property
    def search_problem(self) -> str | None:
        """Why nothing can be searched for, or None."""
        ...

    @property
    def offers_demo(self) -> bool:
        """Whether Enter shows the demo."""
        ...

    def move(self, by: int) -> None:
        """Move the cursor by so many things."""
        ...

    def mark(self, *, everything: bool) -> None:
        """Mark the thing under the cursor, or all that are shown; or take the marks away."""
        ...

    def go(self) -> None:
        """Search for what was typed, watch what is chosen, or show the demo."""
        ...

    def back(self) -> None:
        """Clear the field, or leave."""
        ...

    def open_help(self) -> None:
        """Show the keys of this screen."""
        ...

    def open_palette(self) -> None:
        """Show the command palette."""
        ...


class Go(Command[PickerPlace]):
    """Watch the marked things, or the one under the cursor; or search for what was typed."""

    keys = ("enter",)
    name = "Watch or search"
    hint = "watch"

    def hint_at(self, place: PickerPlace) -> str:
        """Which of the three Enter does now."""
        if place.choice.wanted is not None:
            return "search"
        return "demo" if place.offers_demo else self.hint

    def why_not(self, place: PickerPlace) -> str | None:
        """There must be something to watch or to search for."""
        if place.choice.wanted is not None:
            return place.search_problem
        if place.offers_demo:
            return None
        return None if place.choice.chosen else "type the name of a thing"

    def run(self, place: PickerPlace) -> None:
        """Do it."""
        place.go()


class Mark(Command[PickerPlace]):
    """Mark the thing under the cursor, to watch several."""

    keys = ("space",)
    name = "Mark"
    hint = "mark"

    def why_not(self, place: PickerPlace) -> str | None:
        """There must be one."""
        return None if place.choice.selected is not None else "there is no thing to mark"

    def run(self, place: PickerPlace) -> None:
        """Mark it, or take the mark away."""
        place.mark(everything=False)


class MarkAll(Command[PickerPlace]):
    """Mark all things that are listed, or take their marks away."""

    keys = ("plus",)
    shown_keys = "+"
    name = "Mark all"
    hint = "mark all"
    narrow = False

    def why_not(self, place: PickerPlace) -> str | None:
        """There must be some."""
        return None if place.choice.offers else "there is no thing to mark"

    def run(self, place: PickerPlace) -> None:
        """Mark them."""
        place.mark(everything=True)


class PickerBack(Command[PickerPlace]):
    """Clear what was typed; with nothing typed, leave."""

    keys = ("escape",)
    shown_keys = "esc"
    shared_id = "back"
    name = "Back"
    hint = "back"

    def run(self, place: PickerPlace) -> None:
        """Do the one or the other."""
        place.back()


class PickerPalette(Command[PickerPlace]):
    """Show the command palette, with the other contexts."""

    keys = ("ctrl+p",)
    shared_id = "palette"
    name = "Command palette"

    def run(self, place: PickerPlace) -> None:
        """Open it."""
        place.open_palette()


PICKER_COMMANDS: tuple[Command[PickerPlace], ...] = (
    Go(),
    Mark(),
    MarkAll(),
    *steps("thing", letters=False),
    PickerBack(),
    PickerPalette(),
    Help(),
)
