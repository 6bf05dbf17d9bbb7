"""The errors of the service, with their names and HTTP status codes from its model."""

from jobs_tui.domain.description import JobExecutionState


class ServiceError(Exception):
    """A refusal as the service puts it; whatever raises it has changed nothing."""

    def __init__(
        self, http_status: int, code: str, message: str, state: JobExecutionState | None = None
    ) -> None:
        super().__init__(message)
        self.http_status = http_status
        self.code = code
        """The name of the exception in the service model."""
        self.message = message
        self.state = state
        """What stands: sent with a refused transition or version, as the guide says."""


def invalid_request(message: str) -> ServiceError:
    """The request itself is wrong."""
    return ServiceError(400, "InvalidRequestException", message)


def constraint_broken(field: str, value: object, constraint: str) -> ServiceError:
    """One member breaks its constraint; the words are those of the live service."""
    shown = "null" if value is None else f"'{str(value)[:100]}'"
    return invalid_request(
        f"1 validation error detected: Value {shown} at '{field}' failed to satisfy constraint: "
        f"Member must {constraint}"
    )


def invalid_query(message: str) -> ServiceError:
    """SearchIndex does not understand what it is asked to look for."""
    return ServiceError(400, "InvalidQueryException", message)


def index_not_ready(message: str) -> ServiceError:
    """SearchIndex has an index, but cannot look into it yet."""
    return ServiceError(400, "IndexNotReadyException", message)


def not_found(message: str) -> ServiceError:
    """There is no such thing, job or execution."""
    return ServiceError(404, "ResourceNotFoundException", message)


def already_exists(message: str) -> ServiceError:
    """CreateThing and CreateJob do not replace what is there."""
    return ServiceError(409, "ResourceAlreadyExistsException", message)


def invalid_state_transition(message: str, state: JobExecutionState | None = None) -> ServiceError:
    """The execution cannot go from the status it has to the one that is wanted."""
    return ServiceError(409, "InvalidStateTransitionException", message, state)


def version_conflict(message: str) -> ServiceError:
    """CancelJobExecution was based on another version."""
    return ServiceError(409, "VersionConflictException", message)


def terminal_state() -> ServiceError:
    """DescribeJobExecution does not tell how a finished execution ended."""
    return ServiceError(
        410,
        "TerminalStateException",
        "Job Execution has reached terminal state. It is neither IN_PROGRESS nor QUEUED",
    )


def unknown_operation(what: str) -> ServiceError:
    """Something is asked for that the emulator does not play; `what` is said of the emulator.

    The live service has several answers for what it does not know, by host; a rest-json error that
    names the operation is the one that every SDK shows as an error.
    """
    return ServiceError(404, "UnknownOperationException", f"The emulator {what}")


def access_denied(message: str) -> ServiceError:
    """The caller may not ask here."""
    return ServiceError(403, "AccessDeniedException", message)


def throttled() -> ServiceError:
    """Too many requests of a kind in a second."""
    return ServiceError(429, "ThrottlingException", "Rate exceeded")


def service_unavailable(message: str = "Service unavailable") -> ServiceError:
    """The service is down; not of itself, but as a fault, or when its state cannot be written."""
    return ServiceError(503, "ServiceUnavailableException", message)


def certificate_invalid() -> ServiceError:
    """No client certificate where one is needed."""
    return ServiceError(400, "CertificateValidationException", "The certificate is invalid")
