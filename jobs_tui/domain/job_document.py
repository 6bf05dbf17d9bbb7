"""A job document, made ready for a reader: as received or indented, secrets masked or not."""

from dataclasses import dataclass, field

from jobs_tui.domain.indented_json import NotIndentableError, indented_json, json_string
from jobs_tui.domain.masking import mask

LONGEST_INDENTED = 128 * 1024
"""Characters beyond which a document is shown as received: to indent more would be felt.

At creation it has 32,768 bytes at most; the presigned URLs that come into it make it longer.
"""

_NAME_SHOWN_MAX = 40


@dataclass(frozen=True, slots=True)
class JobDocument:
    """A job document and the ways to show it."""

    raw: str = field(repr=False)
    """As the service sent it; live presigned URLs in it are secrets."""
    problem: str | None
    """Why it cannot be shown indented, in one line; None where it can."""
    warning: str | None
    """What a reader should not overlook though it parses, in one line; holds no secret."""
    _indented: tuple[str, ...] = field(repr=False)
    _indented_masked: tuple[str, ...] = field(repr=False)
    _raw_masked: tuple[str, ...] = field(repr=False)

    def lines(self, *, masked: bool, raw: bool) -> tuple[str, ...]:
        """The document line by line, for a viewer; joined by line feeds they are the whole text.

        Args:
            masked: Whether the secrets of presigned URLs are hidden (see `masking`).
            raw: As received rather than indented (see `indented_json`). What cannot be indented is
                always shown as received, line by line, and may hold any character: make it safe
                before it is drawn.
        """
        if raw or self.problem is not None:
            return self._raw_masked if masked else tuple(self.raw.split("\n"))
        return self._indented_masked if masked else self._indented


def read_job_document(text: str) -> JobDocument:
    """Make a job document ready to be shown.

    Raises nothing, whatever the text, and takes time in proportion to it.
    """
    raw_masked = tuple(mask(text).split("\n"))
    if len(text) > LONGEST_INDENTED:
        problem = f"{len(text)} characters are too many to be indented"
        return JobDocument(text, problem, None, (), (), raw_masked)
    try:
        indented = indented_json(text)
    except NotIndentableError as error:
        return JobDocument(text, str(error), None, (), (), raw_masked)
    indented_text = "\n".join(indented.lines)
    return JobDocument(
        raw=text,
        problem=None,
        warning=_warning(indented.repeated_names),
        _indented=indented.lines,
        _indented_masked=tuple(mask(indented_text).split("\n")),
        _raw_masked=raw_masked,
    )


def _warning(repeated_names: tuple[str, ...]) -> str | None:
    if not repeated_names:
        return None
    shown = json_string(mask(repeated_names[0])[:_NAME_SHOWN_MAX])
    others = len(repeated_names) - 1
    also = f", and so do {others} other names" if others else ""
    return f"{shown} stands more than once in one object{also}: a device may use any of them"
