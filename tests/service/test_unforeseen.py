"""Exceptions that nobody foresaw: an outcome all the same, and none of their text in it."""

import json

import pytest
from botocore.exceptions import HTTPClientError, NoCredentialsError

from jobs_tui.domain.outcome import Failure, NotAllowed, NotConfirmed, Unreachable
from jobs_tui.service.answers import errors
from jobs_tui.service.answers.call import Call

READ = Call("DescribeJobExecution", "", False, "https://x", 8.0)  # noqa: FBT003
WRITE = Call("UpdateJobExecution", "", True, "https://x", 15.0)  # noqa: FBT003


@pytest.mark.parametrize("call", [READ, WRITE])
@pytest.mark.parametrize("sent", [True, False])
@pytest.mark.parametrize(
    ("error", "named"),
    [
        (KeyError("hidden"), "KeyError"),
        (RuntimeError("hidden"), "RuntimeError"),
        (AttributeError("hidden"), "AttributeError"),
        (ValueError("hidden"), "ValueError"),
        (HTTPClientError(error=ValueError("hidden")), "ValueError"),
    ],
)
def test_what_nobody_foresaw_is_named_but_not_quoted(
    call: Call, error: Exception, named: str, *, sent: bool
) -> None:
    failure = errors.failure(error, call, sent=sent, now=0.0)

    assert type(failure) is (NotConfirmed if call.writes and sent else Unreachable)
    assert named in failure.reason
    assert failure.advice
    assert "hidden" not in repr(failure)


@pytest.mark.parametrize("error", [NoCredentialsError(), json.JSONDecodeError("x", "hidden", 0)])
def test_once_a_change_was_sent_nothing_but_the_service_takes_the_doubt_away(
    error: Exception,
) -> None:
    def outcome(*, sent: bool) -> type[Failure]:
        return type(errors.failure(error, WRITE, sent=sent, now=0.0))

    assert outcome(sent=False) is NotAllowed
    assert outcome(sent=True) is NotConfirmed
