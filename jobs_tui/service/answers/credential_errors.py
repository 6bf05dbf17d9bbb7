"""What the SDK's exceptions about credentials mean. Pure.

No reason repeats what a credential process printed: it may be what it was about to tell.
"""

import json
from collections.abc import Callable
from typing import Any

from botocore import exceptions as sdk

from jobs_tui.domain.outcome import Failure, NotAllowed
from jobs_tui.service.answers.foreign_text import one_line


class MfaCodeNeededError(Exception):
    """A role wants a code from a person, who cannot be asked while the screen is in use."""


def credential_failure(error: Exception) -> Failure | None:
    """The outcome for an exception about credentials; None for any other."""
    for kinds, reason, advice in _KINDS:
        if isinstance(error, kinds):
            return NotAllowed(reason(error), advice)
    if isinstance(error, RuntimeError) and "still expired" in str(error):
        return NotAllowed(
            "the credentials had expired when they came",
            "check this machine's clock, and whoever issues the credentials",
        )
    return None


def _incomplete(error: Any) -> str:
    return f"the credentials are incomplete: {error.kwargs['cred_var']} is missing"


def _not_retrieved(error: Any) -> str:
    if error.kwargs["provider"] == "custom-process":
        return "the credential_process of the profile failed"
    return _in_its_words(error)


def _refused_elsewhere(error: Any) -> str:
    said = error.response.get("Error", {})
    told = one_line(f"{said.get('Code', '')}: {said.get('Message', '')}")
    return f"no credentials by {error.operation_name}: {told}"


def _file_missing(error: Any) -> str:
    return f"no credentials: {one_line(str(error.filename or ''))}: {error.strerror}"


def _in_its_words(error: Exception) -> str:
    return f"no credentials: {one_line(str(error))}"


_GET_SOME = (
    "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --profile; "
    "`aws configure list` tells what is found"
)
_RUN_THE_PROCESS = "run the profile's credential_process by hand to see what it says"
_LOG_IN = "log in again (`aws sso login` or `aws login`), with the same --profile"
_CHECK_PROFILE = "check the profile in the AWS configuration"
_GET_SESSION = (
    "get a session first, for instance by "
    "`aws configure export-credentials --profile NAME --format env`"
)

_KINDS: tuple[tuple[tuple[type[Exception], ...], Callable[[Any], str], str], ...] = (
    ((sdk.NoCredentialsError,), lambda _: "no credentials are found", _GET_SOME),
    ((sdk.PartialCredentialsError,), _incomplete, _GET_SOME),
    ((sdk.CredentialRetrievalError,), _not_retrieved, _RUN_THE_PROCESS),
    (
        (json.JSONDecodeError, UnicodeDecodeError),
        lambda _: "the credential_process of the profile printed no JSON",
        _RUN_THE_PROCESS,
    ),
    ((sdk.SSOError, sdk.LoginError, sdk.TokenRetrievalError), _in_its_words, _LOG_IN),
    (
        (MfaCodeNeededError, sdk.RefreshWithMFAUnsupportedError),
        lambda _: "the role wants a code from an MFA device, which cannot be asked for here",
        _GET_SESSION,
    ),
    ((sdk.ClientError,), _refused_elsewhere, "check the role or the login of the profile"),
    ((FileNotFoundError, PermissionError), _file_missing, _CHECK_PROFILE),
    (
        (
            sdk.InvalidConfigError,
            sdk.MetadataRetrievalError,
            sdk.MissingDependencyException,
            sdk.ProfileNotFound,
            sdk.UnknownCredentialError,
        ),
        _in_its_words,
        _CHECK_PROFILE,
    ),
)
