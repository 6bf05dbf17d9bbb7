"""What is to be said of keys that were found. Pure."""

from dataclasses import dataclass, field

from jobs_tui.domain.finding import Finding
from jobs_tui.domain.moments import MINUTE, duration, moment
from jobs_tui.service.doctor.steps import Facts, Step, failed, ok, warning

SOON = 15.0 * MINUTE
"""Seconds before their end from which a warning is given."""

_SHORTEST_KEY_ID = 16
"""Characters, by the IAM API; of a shorter one the last four would be too much of it."""

_WAYS = {
    "assume-role": "an assumed role",
    "assume-role-with-web-identity": "a role by web identity",
    "boto-config": "the configuration of boto",
    "config-file": "the AWS configuration file",
    "container-role": "the role of this container",
    "custom-process": "the credential_process of the profile",
    "ec2-credentials-file": "AWS_CREDENTIAL_FILE",
    "env": "environment variables",
    "iam-role": "the role of this EC2 instance",
    "login": "aws login",
    "shared-credentials-file": "the shared credentials file",
    "sso": "IAM Identity Center (SSO)",
}


def way_in_words(method: str) -> str:
    """Where the SDK found keys; `method` is its own word."""
    return _WAYS.get(method, method or "somewhere")


@dataclass(frozen=True, slots=True)
class FoundKeys:
    """Keys, as far as they may be spoken of."""

    way: str
    """Where they come from, in words."""
    key_id: str = field(repr=False)
    """The access key id."""
    temporary: bool
    """Whether they end, be it known when or not."""
    renewed: bool
    """Whether the SDK gets new ones by itself."""
    expires_at: float | None = None
    """Seconds since the epoch; None where nothing says so."""
    account: str = ""
    """The number, as far as it is known without asking."""


@dataclass(frozen=True, slots=True)
class Caller:
    """What the token service says about who signs with the keys."""

    arn: str = ""
    account: str = ""
    remark: str = ""
    """Why it said nothing; empty where it did."""
    refused: bool = False
    """Whether AWS said that the keys are no good."""


def keys_finding(keys: FoundKeys, caller: Caller, now: float) -> Finding:
    """What is to be said of keys at `now`, in seconds since the epoch."""
    told = ", ".join((keys.way, _key(keys), *_who(keys, caller)))
    if caller.remark:
        told += f"; {caller.remark}"
    facts: Facts = {
        "provider": keys.way,
        "account": caller.account or keys.account or None,
        "arn": caller.arn or None,
        "expiresAt": keys.expires_at,
        "renewed": keys.renewed,
    }
    if caller.refused:
        return failed(
            Step.CREDENTIALS,
            told,
            "renew them, for instance by `aws sso login`, or see `aws configure list`; "
            "mind the partition",
            facts,
        )
    if not keys.temporary and keys.expires_at is None:
        return ok(Step.CREDENTIALS, told, facts=facts)
    return _temporary(keys, told, facts, now)


def _temporary(keys: FoundKeys, told: str, facts: Facts, now: float) -> Finding:
    if keys.expires_at is None:
        if keys.renewed:
            return ok(Step.CREDENTIALS, f"{told}; renewed before they end", facts=facts)
        return warning(
            Step.CREDENTIALS,
            f"{told}; temporary, and nothing says until when",
            "nobody renews these: what is asked after their end is refused",
            facts,
        )
    left = keys.expires_at - now
    if left <= 0:
        return failed(
            Step.CREDENTIALS,
            f"{told}; expired at {moment(keys.expires_at)}",
            "renew them, for instance by `aws sso login`; if it is not "
            f"{moment(now)}, set this machine's clock",
            facts,
        )
    told += f"; until {moment(keys.expires_at)}"
    if keys.renewed and left >= SOON:
        return ok(Step.CREDENTIALS, f"{told}, renewed before that", facts=facts)
    advice = (
        "new ones should have come by now: look at what gives them out"
        if keys.renewed
        else "nobody renews these: what is asked after their end is refused"
    )
    return warning(Step.CREDENTIALS, f"{told}, in {duration(left)}", advice, facts)


def _key(keys: FoundKeys) -> str:
    if len(keys.key_id) < _SHORTEST_KEY_ID:
        return "a key unlike those of AWS"
    return f"key ending in {keys.key_id[-4:]}"


def _who(keys: FoundKeys, caller: Caller) -> tuple[str, ...]:
    if caller.arn:
        return (caller.arn,)
    return (f"account {keys.account} by the key id",) if keys.account else ()
