"""The lines of the screen on which things are chosen."""

from jobs_tui.domain.outcome import Failure
from jobs_tui.engine.thing_search import Progress
from jobs_tui.ui.forms.thing_choice import FOUND, ThingChoice
from jobs_tui.ui.terminal.lines import Line, Piece, line, padded, spread, wrapped
from jobs_tui.ui.views.bars import rule

MARKER = "\u25b6"
MARK = "*"
"""As in the panels."""

HOW_TO_TYPE = (
    "Type a name, or a part of one. To search: * all things, gw-* names that begin so, "
    "group=NAME, query=QUERY"
)
NOTHING_KNOWN = "No thing is known yet: type its name, and Enter watches it"
DEMO = "No account at hand? Enter with nothing typed shows the demo (jobs-tui demo)"
SEARCHES = "Enter searches for {}"
NOTHING_FITS = "Nothing goes with what is typed"


def picker_title(caption: str, choice: ThingChoice, width: int) -> Line:
    """The line at the top."""
    place = f"  {caption}" if caption else ""
    left = (Piece(" jobs-tui", "strong"), Piece(place), Piece("  which things?"))
    marked = f"{len(choice.marked)} marked " if choice.marked else ""
    return Line(spread(left, (Piece(marked, "warning"),), width).pieces, "bar")


def offer_lines(
    choice: ThingChoice,
    width: int,
    height: int,
    *,
    nothing_known: str = NOTHING_KNOWN,
    offers_demo: bool = False,
) -> list[Line]:
    """The things that can be chosen, under headings, with the cursor in sight.

    Where a search is typed there is no cursor, since Enter is about that then; `nothing_known` is
    told where there is nothing to choose, and nothing typed.
    """
    offers = choice.offers
    if not offers:
        return _ways_on(choice, width, nothing_known, offers_demo=offers_demo)
    wanted = choice.wanted
    selected = choice.selected if wanted is None else None
    lines = [] if wanted is None else wrapped_lines(SEARCHES.format(wanted.words), "", width)
    at, heading = 0, ""
    for offer in offers:
        if offer.origin != heading:
            heading = offer.origin
            count = f" {len(choice.found):,}" if heading == FOUND else ""
            lines.append(rule(f"{heading}{count}", width))
        if offer == selected:
            at = len(lines)
        lines.append(
            line(
                f"{MARKER} " if offer == selected else "  ",
                Piece(f"{MARK} " if offer.name in choice.marked else "  ", "warning"),
                padded(offer.name, max(1, width - 4)),
                look="cursor" if offer == selected else "",
            )
        )
    begin = max(0, min(at - height // 2, len(lines) - height))
    return lines[begin : begin + height]


def _ways_on(
    choice: ThingChoice, width: int, nothing_known: str, *, offers_demo: bool
) -> list[Line]:
    """What can be done where there is nothing to choose."""
    if choice.wanted is not None:
        return wrapped_lines(SEARCHES.format(choice.wanted.words), "", width)
    if choice.typed.strip():
        return wrapped_lines(NOTHING_FITS, "dim", width)
    demo = wrapped_lines(DEMO, "", width) if offers_demo else []
    return [*wrapped_lines(nothing_known, "", width), *demo]


def search_lines(progress: Progress | None, width: int) -> list[Line]:
    """How the search stands, what went wrong with it, and what can be typed all the same."""
    how = wrapped_lines(HOW_TO_TYPE, "dim", width)
    if progress is None:
        return how
    failure = progress.failure
    told = wrapped_lines(search_words(progress), "" if failure else "dim", width)
    return [*told, *(failure_lines(failure, width) if failure else ()), *how]


def search_words(progress: Progress) -> str:
    """How a search stands, in one sentence."""
    words = progress.selection.words
    found = f"{len(progress.names):,} found"
    if progress.looked_at > len(progress.names):
        found = f"{progress.looked_at:,} looked at, {found}"
    if not progress.finished:
        return f"Looking for {words}: {found} \u2026"
    if progress.failure is not None:
        return f"Looked for {words}: {found} before it failed"
    if progress.capped:
        return f"Looked for {words}: {found}, and there are more: type * for all, or narrow it down"
    return f"Looked for {words}: {found}"


def failure_lines(failure: Failure, width: int) -> list[Line]:
    """Why a search failed, and what to do."""
    return [
        *wrapped_lines(f"! {failure.reason}", "alarm", width),
        *wrapped_lines(failure.advice, "dim", width),
    ]


def wrapped_lines(text: str, look: str, width: int) -> list[Line]:
    """A text over as many lines as it needs, one cell in from the left."""
    source = line(Piece(text, look))
    return [
        Line((Piece(" "), *each.pieces), each.look)
        for each in wrapped(source, max(1, width - 2), words=True)
    ]
