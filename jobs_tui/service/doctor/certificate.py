"""The certificate of a device: whether it can be used, whose it is, and how long it is good."""

import asyncio
from pathlib import Path

from jobs_tui.domain.finding import Finding
from jobs_tui.domain.moments import DAY, duration, moment
from jobs_tui.service.access.device_certificate import (
    CertificateFacts,
    certificate_facts,
    check_device_certificate,
)
from jobs_tui.service.answers.foreign_text import one_line
from jobs_tui.service.answers.told_error import ToldError
from jobs_tui.service.doctor.steps import Facts, Found, Step, failed_by, ok, warning
from jobs_tui.service.settings import DeviceCertificate

RENEW_BEFORE = 30.0 * DAY
"""Seconds before its end from which a warning is given: a new one has to reach the device."""


async def examine_certificate(given: DeviceCertificate, now: float) -> Found[CertificateFacts]:
    """Look at the files as the cockpit does."""
    try:
        await asyncio.to_thread(check_device_certificate, given, now)
        facts = await asyncio.to_thread(certificate_facts, given.certificate)
    except ToldError as error:
        return Found(failed_by(Step.CERTIFICATE, error.failure))
    return Found(certificate_finding(facts, given.certificate, now), facts)


def certificate_finding(facts: CertificateFacts, path: Path, now: float) -> Finding:
    """What is to be said of a certificate that is good at `now`, in seconds since the epoch."""
    name = one_line(facts.common_name)
    told = (
        f"CN={name}" if name else f"the one in {path}"
    ) + f", until {moment(facts.not_after)}, id {facts.certificate_id}"
    of_programs: Facts = {
        "commonName": name,
        "certificateId": facts.certificate_id,
        "notBefore": facts.not_before,
        "expiresAt": facts.not_after,
    }
    left = facts.not_after - now
    if left < RENEW_BEFORE:
        return warning(
            Step.CERTIFICATE,
            told,
            f"it is good for {duration(left)} yet: get a new one for the device",
            of_programs,
        )
    return ok(Step.CERTIFICATE, told, facts=of_programs)
