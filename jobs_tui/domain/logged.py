"""What the program asks, hears and decides, handed on by fields to whoever keeps a log of it.

Nobody does unless debugging is wanted: whoever would have to reckon a field first asks `is_kept`.
What a line looks like, and what of the fields is hidden in it, is decided where the file is.
"""

import logging

EVENTS = logging.getLogger("jobs_tui.events")
"""At its level DEBUG the events are kept. Nothing else of this program is logged at that level."""

INFINITE = float("inf")

FIELDS = "fields"
"""Under this name a record of `logging` holds the fields of an event."""

ASKED = "asked"
ANSWERED = "answered"
DECIDED = "decided"


def is_kept() -> bool:
    """Whether events are kept."""
    return EVENTS.isEnabledFor(logging.DEBUG)


def seconds(span: float) -> str | None:
    """A span of time as a field; None for one that never ends."""
    return f"{span:.3g}s" if span < INFINITE else None


def asked(thing_name: object, job_id: object, **fields: object) -> None:
    """A call begins; None stands for what it is not about."""
    _hand_on(ASKED, {"thing": thing_name, "job": job_id, **fields})


def answered(thing_name: object, job_id: object, request_id: str | None, **fields: object) -> None:
    """A call has ended, however it did; `request_id` is the service's."""
    _hand_on(ANSWERED, {"thing": thing_name, "job": job_id, "request": request_id, **fields})


def decided(
    about: str,
    *,
    thing_name: str | None = None,
    job_id: str | None = None,
    request_id: str | None = None,
    **fields: object,
) -> None:
    """Something is so from now on; `request_id` is that of the answer that led to it."""
    named = {"thing": thing_name, "job": job_id, "request": request_id}
    _hand_on(DECIDED, {**named, "about": about, **fields})


def _hand_on(what: str, fields: dict[str, object]) -> None:
    if EVENTS.isEnabledFor(logging.DEBUG):
        EVENTS.debug(what, extra={FIELDS: fields})
