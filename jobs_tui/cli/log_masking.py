"""What is written to the log file: nothing in it grants anything to who reads it."""

import re
from collections.abc import Mapping

from jobs_tui.domain.masking import MASK, mask

LONGEST = 20_000
"""Characters of one entry; an error may quote all of a job document."""

_SECRET_NAME = re.compile("SECRET|TOKEN|PASSWORD|PASSPHRASE", re.IGNORECASE)

SHORTEST = 8
"""Characters that a secret has at least: what is shorter would mask parts of other words."""

ENOUGH = 16
"""Characters of one by which it is known."""

_SECRET = re.compile(
    r"""
      -----BEGIN\ [A-Z ]*PRIVATE\ KEY-----(?s:.*?)(?:-----END\ [A-Z ]*-----|\Z)
    | \b(?:AKIA|ASIA)[A-Z0-9]{16}\b
    | (?<=Signature=)[0-9a-fA-F]{64}
    | (?i: \b[\w.-]*
        (?:secret[_-]?access[_-]?key|secret[_-]?key|session[_-]?token|security[_-]?token
        |passphrase|password)["']?\s*[:=]\s*["']?) (?P<value>[^\s"',}]+)
    | :// [^\s/?\#@:]* : (?P<in_url>[^\s/?\#]+) (?=@)
    """,
    re.VERBOSE,
)

_HARMLESS = re.compile(r"(?!.*A[KS]IA)[A-Za-z0-9_.,/-]*")
"""A word in which no secret of these shapes can be, as most values of events are."""


def secrets_in(environment: Mapping[str, str]) -> re.Pattern[str] | None:
    """Finds the values in the environment that are secrets by their names; None without any.

    Of a long one its beginning is enough: who echoes it may cut it short.
    """
    secrets = [
        value
        for name, value in environment.items()
        if len(value) >= SHORTEST and _SECRET_NAME.search(name)
    ]
    secrets.sort(key=len, reverse=True)
    begun = [
        re.escape(value[:ENOUGH]) + "[A-Za-z0-9+/=_%-]*" for value in secrets if len(value) > ENOUGH
    ]
    found = (*map(re.escape, secrets), *begun)
    return re.compile("|".join(found)) if found else None


def without_secrets(text: str, secrets: re.Pattern[str] | None) -> str:
    """The text with secrets masked: these, and what looks like one; what is too long is cut."""
    if secrets is not None:
        text = secrets.sub(MASK, text)
    if _HARMLESS.fullmatch(text):
        return text
    text = text if len(text) <= LONGEST else f"{text[: LONGEST // 2]}\n...\n{text[-LONGEST // 2 :]}"
    return _SECRET.sub(_masked, mask(text))


def _masked(match: re.Match[str]) -> str:
    value = match["value"] or match["in_url"]
    return match.group().removesuffix(value) + MASK if value else MASK
