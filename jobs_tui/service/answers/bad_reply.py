"""What is raised when an answer is not one that the service gives."""


class BadReply(Exception):  # noqa: N818 - it is the endpoint's mistake, told as such
    """An answer arrived and proves nothing; the message says what is wrong with it."""
