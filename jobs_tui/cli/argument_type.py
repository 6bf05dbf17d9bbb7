"""What argparse calls the type of an argument."""

import argparse
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def argument_type(read: Callable[[str], T]) -> Callable[[str], T]:
    """Let argparse pass on the words of a ValueError, instead of a function's name."""

    def told(text: str) -> T:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"{error}") from error

    return told
