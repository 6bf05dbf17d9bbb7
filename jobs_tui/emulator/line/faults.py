"""What goes wrong on purpose: which operation, how, and how often.

A fault is written OPERATION=KIND:SHARE, as "GetPendingJobExecutions=503:5%" or
"UpdateJobExecution=cut-after:once".
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from random import Random
from typing import Self

from jobs_tui.emulator.wire.handlers import HANDLERS
from jobs_tui.emulator.wire.operations import CONTROL_PLANE, DATA_PLANE

ALL_OPERATIONS = "*"


class FaultKind(StrEnum):
    """How a request goes wrong; what is *done* has changed the account, whatever the answer."""

    BAD_REQUEST = "400"
    ACCESS_DENIED = "403"
    THROTTLED = "429"
    INTERNAL = "500"
    UNAVAILABLE = "503"
    EXPIRED = "expired-token"
    WRONG_ENDPOINT = "invalid-endpoint"
    CUT_BEFORE = "cut-before"
    CUT_AFTER = "cut-after"
    CUT_WITHIN = "cut-within"
    HANG_BEFORE = "hang-before"
    HANG_AFTER = "hang-after"
    DELAY = "delay"
    EMPTY = "empty"
    TRUNCATED = "truncated"
    OUTPUT = "output"
    HTML = "html"
    REDIRECT = "redirect"

    @property
    def meaning(self) -> str:
        """What happens, in a few words."""
        return _MEANINGS[self]


_MEANINGS = {
    FaultKind.BAD_REQUEST: "not done; InvalidRequestException",
    FaultKind.ACCESS_DENIED: "not done; AccessDeniedException",
    FaultKind.THROTTLED: "not done; ThrottlingException",
    FaultKind.INTERNAL: "not done; InternalFailureException",
    FaultKind.UNAVAILABLE: "not done; ServiceUnavailableException",
    FaultKind.EXPIRED: "not done; 403 ExpiredTokenException",
    FaultKind.WRONG_ENDPOINT: "not done; 403 that asks for describe-endpoint",
    FaultKind.CUT_BEFORE: "not done; the connection is cut",
    FaultKind.CUT_AFTER: "done; the connection is cut before the answer",
    FaultKind.CUT_WITHIN: "done; the connection is cut in the middle of the answer",
    FaultKind.HANG_BEFORE: "not done; no answer ever",
    FaultKind.HANG_AFTER: "done; no answer ever",
    FaultKind.DELAY: "done after so many seconds: delay-2.5",
    FaultKind.EMPTY: "done; 200 with {}",
    FaultKind.TRUNCATED: "done; 200 with half of the JSON",
    FaultKind.OUTPUT: "not done; 200 with the error of another service in the body",
    FaultKind.HTML: "not done; 200 with a page, as a captive portal answers",
    FaultKind.REDIRECT: "not done; 302 to such a portal",
}

_SPEC = re.compile(r"(?P<operation>[^=]+)=(?P<kind>[^:]+)(?::(?P<share>.+))?")
_DELAY = re.compile(r"delay-(?P<seconds>[0-9]{1,6}(?:\.[0-9]{1,3})?)")
_PERCENT = re.compile(r"(?P<share>[0-9]{1,3}(?:\.[0-9]{1,6})?)%")
_TIMES = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong."""

    operation: str
    """PLANE:NAME, or `*` for every operation."""
    kind: FaultKind
    delay: float = 0.0
    """Seconds, of the kind delay."""
    share: float = 1.0
    """How likely it is, from 0 to 1."""
    times: int | None = None
    """How often it happens; None for as long as the emulator runs."""

    @classmethod
    def parse(cls, spec: str) -> Self:
        """Read OPERATION=KIND:SHARE; raises ValueError with what is wrong and what could stand.

        OPERATION is the name of one, of the data plane where both planes have it (the other one is
        `iot:DescribeJobExecution`), or `*`. KIND is one of FaultKind. SHARE is a percentage,
        `once`, a number of times, or `always`, which may be left out.
        """
        found = _SPEC.fullmatch(spec)
        if found is None:
            raise ValueError(f"'{spec}' is not OPERATION=KIND:SHARE")
        kind, delay = _kind(found["kind"])
        share, times = _share(found["share"] or "always")
        return cls(_operation(found["operation"]), kind, delay, share, times)


class FaultPlan:
    """The faults that are in force; the first one that fits a request is the one that happens."""

    def __init__(self, faults: Sequence[Fault], random: Random) -> None:
        self._random = random
        self._faults = tuple(faults)
        self._happened = [0] * len(faults)

    def draw(self, plane: str, operation: str) -> Fault | None:
        """The fault of a request, counted; or None for one that goes well."""
        for index, fault in enumerate(self._faults):
            if fault.operation not in {ALL_OPERATIONS, f"{plane}:{operation}"}:
                continue
            if fault.times is not None and self._happened[index] >= fault.times:
                continue
            if fault.share < 1 and self._random.random() >= fault.share:
                continue
            self._happened[index] += 1
            return fault
        return None


def _operation(name: str) -> str:
    if name == ALL_OPERATIONS:
        return name
    for plane in (DATA_PLANE, CONTROL_PLANE):
        plain = name.removeprefix(f"{plane}:")
        if plain in HANDLERS[plane]:
            return f"{plane}:{plain}"
    known = {operation for plane in HANDLERS.values() for operation in plane}
    raise ValueError(f"the emulator has no operation '{name}'{_nearest(name, known)}")


def _kind(text: str) -> tuple[FaultKind, float]:
    delay = _DELAY.fullmatch(text)
    if delay is not None:
        return FaultKind.DELAY, float(delay["seconds"])
    kinds = set(FaultKind) - {FaultKind.DELAY}
    if text in kinds:
        return FaultKind(text), 0.0
    listed = ", ".join("delay-SECONDS" if kind is FaultKind.DELAY else kind for kind in FaultKind)
    raise ValueError(f"there is no fault '{text}'{_nearest(text, kinds)}; there are {listed}")


def _share(text: str) -> tuple[float, int | None]:
    percent = _PERCENT.fullmatch(text)
    if text == "always":
        return 1.0, None
    if text == "once":
        return 1.0, 1
    if _TIMES.fullmatch(text) is not None:
        return 1.0, int(text)
    if percent is not None and 0 < float(percent["share"]) <= 100:
        return float(percent["share"]) / 100, None
    raise ValueError(f"'{text}' is not a share such as 5%, once, 3 or always")


def _nearest(text: str, choices: Collection[str]) -> str:
    near = get_close_matches(text, choices, 1)
    return f" (did you mean {near[0]}?)" if near else ""
