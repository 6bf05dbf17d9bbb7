"""How much has gone over the wire."""


class Traffic:
    """Bytes that went to and came from the service since the start; only ever grows."""

    __slots__ = ("received", "sent")

    def __init__(self) -> None:
        self.sent = 0
        self.received = 0

    @property
    def total(self) -> int:
        """Bytes in both directions."""
        return self.sent + self.received
