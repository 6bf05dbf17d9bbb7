"""Makes what a service, a proxy or a web page says short enough for one sentence, without secrets.

Whoever echoes a request echoes its credentials: a refused signature comes back with the canonical
string and the session token in it, and debugging proxies print all headers.
"""

import re

from jobs_tui.domain.masking import MASK, mask

LONGEST = 240
"""Characters of a foreign message that are kept."""

_LOOKED_AT = 20_000
"""Characters of a page that are looked at."""

_CANONICAL_STRING = re.compile(r"\s*The (?:Canonical String|String-to-Sign)\b.*", re.IGNORECASE)
_SECRET = re.compile(
    r"""
      (x-amz-security-token | authorization) (\W{1,8}) (?:[A-Z0-9-]+[ ]+)? [^\s,&'"<>]+
    | \b(credential | signature) (\s*=\s*) [^\s,&'"<>]+
    | (secret_?(?:access_?)?key | session_?token | pass_?(?:word|phrase)) (["']?\s*[=:]\s*["']?)
      [^\s,&'"<>]+
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TOKEN = re.compile(r"[A-Za-z0-9+/=_%-]{100,}")
"""No word of a message is as long as this; session tokens are longer."""


def one_line(text: str) -> str:
    """The text in one line, HTML taken off, secrets masked, cut; control characters are kept."""
    text = text[:_LOOKED_AT]
    if text.lstrip().startswith("<"):
        from jobs_tui.service.answers.page_text import (  # noqa: PLC0415 - seldom answers a page
            text_of_page,
        )

        text = text_of_page(text)
    text = _CANONICAL_STRING.sub("", " ".join(text.split()))
    text = without_secrets(text)
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "\u2026"


def without_secrets(text: str) -> str:
    """The text with all that looks like a credential, a token or a signature replaced by `MASK`."""
    return _TOKEN.sub(MASK, _SECRET.sub(_masked, mask(text)))


def _masked(match: re.Match[str]) -> str:
    name, between = filter(None, match.groups())
    return f"{name}{between}{MASK}"
