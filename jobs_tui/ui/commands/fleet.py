"""The list of all things: narrowing it down, going to what needs a person, keeping in view."""

from jobs_tui.ui.commands.command import Command, key_of
from jobs_tui.ui.commands.place import FleetPlace
from jobs_tui.ui.views.bars import Notice

NO_LIST = "all things are shown as panels"


class FilterThings(Command[FleetPlace]):
    """Filter things or rows by words; !word leaves out."""

    keys = ("slash",)
    shown_keys = "/"
    name = "Filter"
    hint = "filter"

    def in_footer(self, place: FleetPlace) -> bool:
        """Where there is a list."""
        return place.overview.has_list

    def run(self, place: FleetPlace) -> None:
        """Open the field."""
        place.overview.open_filter()
        place.redraw()


class OnlyUrgent(Command[FleetPlace]):
    """Show only what needs attention, or everything again."""

    keys = ("exclamation_mark",)
    shown_keys = "!"
    name = "Only what needs attention"

    def run(self, place: FleetPlace) -> None:
        """Change to the one or the other."""
        place.overview.toggle_urgent()
        place.redraw()


class NextUrgent(Command[FleetPlace]):
    """Go to the next row that needs attention."""

    keys = ("full_stop",)
    shown_keys = "."
    name = "Next that needs attention"

    def why_not(self, place: FleetPlace) -> str | None:
        """There must be something for a person to do."""
        return None if place.overview.urgent_things else "nothing needs attention"

    def run(self, place: FleetPlace) -> None:
        """Move the cursor, around the end."""
        if not place.overview.select_next_urgent():
            place.notice(Notice("what needs attention is filtered out: esc clears the filter"))
        place.redraw()


class KeepInView(Command[FleetPlace]):
    """Keep this thing in view as a panel, or no longer."""

    keys = ("v",)
    name = "Keep the thing in view"

    def why_not(self, place: FleetPlace) -> str | None:
        """Where all are in view, none has to be kept there."""
        return None if place.overview.has_list else NO_LIST

    def run(self, place: FleetPlace) -> None:
        """Pin it, or take the pin away."""
        name = place.thing_name
        kept = place.overview.toggle_pin()
        place.redraw()
        place.notice(Notice(f"{name} stays in view" if kept else f"{name} stays in view no longer"))


class OpenThing(Command[FleetPlace]):
    """Go from the list to the panel of the thing."""

    keys = ("enter",)
    name = "Open the thing"
    hint = "open"

    def why_not(self, place: FleetPlace) -> str | None:
        """The focus must be on the list."""
        if not place.overview.has_list:
            return NO_LIST
        return None if place.overview.in_list else "its panel has the focus already"

    def answers(self, place: FleetPlace) -> bool:
        """In a panel its key is about the execution."""
        return place.overview.in_list

    def run(self, place: FleetPlace) -> None:
        """Move the focus."""
        place.overview.focus_panel()
        place.redraw()


class BackToList(Command[FleetPlace]):
    """Go back one step: no filter, no full screen, the list."""

    keys = ("escape",)
    shown_keys = "esc"
    name = "Back to the list"
    hint = "back"

    def in_footer(self, place: FleetPlace) -> bool:
        """Where it does not show by itself that there is more; in the list its filter says it."""
        overview = place.overview
        return overview.full_screen or (overview.filtered and not overview.in_list)

    def why_not(self, place: FleetPlace) -> str | None:
        """There must be something to go back from."""
        overview = place.overview
        if overview.filtered or overview.full_screen:
            return None
        if not overview.has_list:
            return NO_LIST
        if not overview.in_list:
            return None
        return f"this is the list, and it shows all things; {key_of('quit', 'q')} quits"

    def run(self, place: FleetPlace) -> None:
        """One step."""
        if place.overview.filtered:
            place.overview.clear_filter()
        elif place.overview.full_screen:
            place.overview.toggle_full_screen()
        else:
            place.overview.focus_list()
        place.redraw()


FLEET_COMMANDS: tuple[Command[FleetPlace], ...] = (
    FilterThings(),
    OnlyUrgent(),
    NextUrgent(),
    KeepInView(),
    BackToList(),
)
"""In the order of help and palette; what opens a thing stands with what else is opened."""
