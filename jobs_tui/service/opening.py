"""What opening the link to the service waits for."""

from collections.abc import Callable
from enum import StrEnum


class OpeningStage(StrEnum):
    """A part of opening the link, in the words of the screen."""

    FLEET = "making the demo's fleet"
    SDK = "loading the AWS SDK"
    CREDENTIALS = "looking for credentials"
    ENDPOINT = "asking for the endpoint"


TellStage = Callable[[OpeningStage], None]
"""Told when a stage begins; called in the event loop."""
