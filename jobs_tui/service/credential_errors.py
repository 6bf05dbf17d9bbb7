"""What the SDK's exceptions about credentials mean. Pure."""

import json

from botocore import exceptions as sdk

from jobs_tui.domain.outcome import Failure, NotAllowed
from jobs_tui.service.foreign_text import one_line

_CREDENTIAL_PROCESS = "custom-process"
"""The SDK's name of the provider behind a profile's `credential_process`."""

_GET_SOME = (
    "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --profile; "
    "`aws configure list` tells what is found"
)
_RUN_THE_PROCESS = "run the profile's credential_process by hand to see what it says"
_LOG_IN = "log in again (`aws sso login` or `aws login`), with the same --profile"


class MfaCodeNeededError(Exception):
    """A role wants a code from a person, who cannot be asked while the screen is in use."""


def credential_failure(error: Exception) -> Failure | None:  # noqa: PLR0911 - a table
    """The outcome for an exception about credentials; None for any other."""
    match error:
        case sdk.NoCredentialsError():
            return NotAllowed("no credentials are found", _GET_SOME)
        case sdk.PartialCredentialsError():
            missing = one_line(str(error.kwargs.get("cred_var")))
            where = one_line(str(error.kwargs.get("provider")))
            return NotAllowed(f"the credentials are incomplete: {missing} ({where})", _GET_SOME)
        case sdk.CredentialRetrievalError() if error.kwargs.get("provider") == _CREDENTIAL_PROCESS:
            # its own words may hold what it was about to tell
            return NotAllowed("the credential_process failed", _RUN_THE_PROCESS)
        case json.JSONDecodeError() | UnicodeDecodeError():
            return NotAllowed("the credential_process printed no JSON", _RUN_THE_PROCESS)
        case sdk.SSOError() | sdk.LoginError() | sdk.TokenRetrievalError():
            return NotAllowed(f"the login has expired: {one_line(str(error))}", _LOG_IN)
        case MfaCodeNeededError() | sdk.RefreshWithMFAUnsupportedError():
            return NotAllowed(
                "the role wants a code from an MFA device, which cannot be asked for here",
                "get a session first, for instance by `aws configure export-credentials "
                "--profile NAME --format env`",
            )
        case sdk.ClientError():
            said = error.response.get("Error", {})
            told = f"{said.get('Code', '')}: {said.get('Message', '')}"
            return NotAllowed(
                f"no credentials by {error.operation_name}: {one_line(told)}",
                "check the role or login of the profile",
            )
        case RuntimeError() if "still expired" in str(error):
            return NotAllowed(
                "the credentials had expired when they came",
                "check this machine's clock, and whoever issues the credentials",
            )
        case FileNotFoundError() | PermissionError():
            name = one_line(str(error.filename or ""))
            return NotAllowed(
                f"no credentials: {name}: {error.strerror}",
                "check the credential_process and the files that the profile names",
            )
        case sdk.BotoCoreError():
            return NotAllowed(f"no credentials: {one_line(str(error))}", _GET_SOME)
    return None
