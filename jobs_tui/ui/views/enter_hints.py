"""The last line of a dialog: what Enter does where the focus is, and the other keys that fit."""

from collections.abc import Sequence

from jobs_tui.ui.terminal.lines import cells

BETWEEN = " \u00b7 "
EVERYWHERE = ("tab next field", "esc back")


def goes_to(label: str) -> str:
    """Enter puts the focus on a button, which a second Enter presses."""
    return f"enter goes to {label}"


CHOOSE = "i s f r choose"
SENDS_ABOVE = "enter sends what stands above"
SENDS_BELOW = "enter sends what stands below"
SENDS_NOTHING = "enter sends nothing while a field is wrong"
SENDS_NOTHING_YET = "enter sends nothing yet"
READS_AGAIN = "enter reads it again"
LEAVES = "enter leaves; nothing is sent"
NEXT_FIELD = "enter next field"
NEW_ROW = "enter next field, in a new row"

IN_SHORT = {
    SENDS_ABOVE: "enter sends it",
    SENDS_BELOW: "enter sends it",
    SENDS_NOTHING: "enter sends nothing",
    LEAVES: "enter leaves",
    NEW_ROW: "enter a new row",
}
"""The same where there is little room."""


def hint_words(
    enter: str, others: Sequence[str], missing: Sequence[str], width: int, *, compact: bool
) -> str:
    """What Enter does, what is out of sight, and of the other keys those that fit.

    Args:
        enter: what Enter does where the focus is.
        others: what else is to be known of the keys there.
        missing: what is out of sight, and by which keys it comes.
        width: cells of the line.
        compact: whether to say it in short.
    """
    words = IN_SHORT.get(enter, enter) if compact else enter
    if CHOOSE in others and not compact:
        # in the order in which one does it
        words, others = f"{CHOOSE}{BETWEEN}{words}", ()
    return words_that_fit(words, (*missing, *others, *EVERYWHERE), width)


def words_that_fit(words: str, parts: Sequence[str], width: int) -> str:
    """Some words, and of others, in this order, those for which there is room behind them."""
    for part in parts:
        longer = f"{words}{BETWEEN}{part}"
        if cells(longer) <= width:
            words = longer
    return words
