"""This machine's clock against that of the service, by the Date header of an answer. Pure."""

from jobs_tui.domain.finding import Finding
from jobs_tui.domain.moments import duration
from jobs_tui.service.answers.refusals import CLOCK_TOLERANCE
from jobs_tui.service.doctor.asking import Answer
from jobs_tui.service.doctor.steps import Facts, Step, failed, ok, warning

NOTICED = 2.0
"""Seconds from which a difference is told; a Date header has whole ones."""


def clock_finding(answer: Answer, *, signed: bool) -> Finding:
    """What is to be said of the clocks; where nothing is signed, nothing is refused over them."""
    ahead = answer.service_ahead
    if ahead is None:
        told = f"not known: the answer (HTTP {answer.status}) has no Date header"
        return warning(Step.CLOCK, told, "this is not how the service answers: check the endpoint")
    facts: Facts = {"secondsBehind": round(ahead, 1), "status": answer.status}
    if abs(ahead) <= NOTICED:
        return ok(Step.CLOCK, "as the service's, to the second or two", facts=facts)
    side = "behind" if ahead > 0 else "ahead of"
    told = f"this machine's clock is {duration(abs(ahead))} {side} the service's"
    if answer.request_id is None:
        told += f", or that of a proxy: the answer (HTTP {answer.status}) has no request id of AWS"
    if abs(ahead) > CLOCK_TOLERANCE and signed:
        advice = "set the clock: signatures are good for five minutes, and refused after that"
        return failed(Step.CLOCK, told, advice, facts)
    return warning(Step.CLOCK, told, "let it be set by NTP", facts)
