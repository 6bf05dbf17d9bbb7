"""The last line of a dialog: what Enter does where the focus is, and the other keys that fit."""

from collections.abc import Sequence

from jobs_tui.ui.terminal.lines import cells

BETWEEN = " \u00b7 "
EVERYWHERE = ("tab next field", "esc back")


def goes_to(label: str) -> str:
    """Enter puts the focus on a button, which a second Enter presses."""
    return f"enter goes to {label}"


SENDS_ABOVE = "enter sends what stands above"
SENDS_NOTHING = "enter sends nothing while a field is wrong"
CHOOSE = "i s f r choose \u00b7 "
CHOOSE_SENDS = f"{CHOOSE}enter sends what stands below"
CHOOSE_NOTHING = f"{CHOOSE}{SENDS_NOTHING}"
CHOOSE_GOES = f"{CHOOSE}{goes_to('Apply')}"
LEAVES = "enter leaves; nothing is sent"
NEXT_FIELD = "enter next field"
NEW_ROW = "enter next field, in a new row"

IN_SHORT = {
    CHOOSE_SENDS: "enter sends it",
    CHOOSE_NOTHING: "enter sends nothing",
    CHOOSE_GOES: goes_to("Apply"),
    SENDS_ABOVE: "enter sends it",
    SENDS_NOTHING: "enter sends nothing",
    LEAVES: "enter leaves",
    NEW_ROW: "enter a new row",
}
"""The same where there is little room."""


def hint_words(enter: Sequence[str], missing: Sequence[str], width: int, *, compact: bool) -> str:
    """What Enter does, what is out of sight, and of the other keys those that fit.

    Args:
        enter: what Enter does, and what else is to be known of the keys where the focus is.
        missing: what is out of sight, and by which keys it comes.
        width: cells of the line.
        compact: whether to say it in short.
    """
    does, *others = enter
    words = IN_SHORT.get(does, does) if compact else does
    for part in (*missing, *others, *EVERYWHERE):
        longer = f"{words}{BETWEEN}{part}"
        if cells(longer) <= width:
            words = longer
    return words
