"""The steps of an examination, and the four ways to tell how one went."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

from jobs_tui.domain.finding import Fact, Finding, Level
from jobs_tui.domain.outcome import Failure

T = TypeVar("T")

Facts = Mapping[str, Fact]
_NONE: Facts = MappingProxyType({})


class Step(StrEnum):
    """What is looked at, in this order."""

    PROFILE = "profile"
    REGION = "region"
    CERTIFICATE = "certificate"
    CREDENTIALS = "credentials"
    ENDPOINT = "endpoint"
    DNS = "DNS"
    CONNECTION = "connection"
    TLS = "TLS"
    CLOCK = "clock"
    GET_PENDING = "get pending"
    DESCRIBE_NEXT = "describe next"
    UPDATE = "update"
    START_NEXT = "start next"


class Found(NamedTuple, Generic[T]):
    """A finding, and what later steps need of it."""

    finding: Finding
    value: T | None = None
    """None where they cannot go on."""


def ok(step: Step, told: str, advice: str = "", facts: Facts = _NONE) -> Finding:
    """As it should be; an advice is a hint then."""
    return Finding(step, Level.OK, told, advice, facts)


def warning(step: Step, told: str, advice: str = "", facts: Facts = _NONE) -> Finding:
    """Not as it should be, though it may work."""
    return Finding(step, Level.WARNING, told, advice, facts)


def failed(step: Step, told: str, advice: str = "", facts: Facts = _NONE) -> Finding:
    """It does not work like this."""
    return Finding(step, Level.FAILED, told, advice, facts)


def skipped(step: Step, told: str, advice: str = "", facts: Facts = _NONE) -> Finding:
    """Not looked at, and why."""
    return Finding(step, Level.SKIPPED, told, advice, facts)


def failed_by(step: Step, failure: Failure, facts: Facts = _NONE) -> Finding:
    """It does not work, in the words of an outcome."""
    return failed(step, failure.reason, failure.advice, {**code_fact(failure), **facts})


def code_fact(failure: Failure) -> Facts:
    """The service's name of the error, where it gave one."""
    return {"code": failure.code} if failure.code else _NONE
