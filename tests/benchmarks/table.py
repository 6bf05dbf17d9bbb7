"""The one table: what was measured, beside what, and whether the bar is met."""

from collections.abc import Mapping, Sequence

from figures import Figure

COLUMNS = 100


def lines_of_table(found: Mapping[str, Sequence[Figure]]) -> list[str]:
    """The table, by benchmark; no line is wider than 100 columns."""
    lines = [_row("", "measured", "beside", "figure", "(min-max)", "bar", ""), "-" * COLUMNS]
    for name, figures in found.items():
        lines += [name, *(_row_of(each) for each in figures)]
    with_bar = [each for figures in found.values() for each in figures if each.bar]
    met = sum(bool(each.met) for each in with_bar)
    return [*lines, "-" * COLUMNS, f"{met} of {len(with_bar)} bars met"]


def _row_of(figure: Figure) -> str:
    spread = ""
    if figure.low is not None and figure.high is not None:
        spread = f"({_short(figure.low)}-{_short(figure.high)})"
    bar = f"{figure.bar.side} {figure.bar.limit:g}{figure.unit}" if figure.bar else ""
    met = {True: "yes", False: "NO", None: ""}[figure.met]
    value = f"{_short(figure.value)}{figure.unit}"
    return _row(f"  {figure.what}", figure.ours, figure.beside, value, spread, bar, met)


def _row(what: str, measured: str, beside: str, value: str, spread: str, bar: str, met: str) -> str:
    left = f"{what:<44}{measured:>9}{beside:>8} "
    return f"{left}{value:>8} {spread:<11}{bar:>14} {met:<3}".rstrip()


def _short(value: float) -> str:
    """Three digits or more, no more than make sense."""
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
