"""An exception that brings along how it is told."""

from jobs_tui.domain.outcome import Failure


class ToldError(Exception):
    """Nothing was sent, and why is known in the words of an outcome already."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure
