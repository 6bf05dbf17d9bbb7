"""The account behind an access key."""

import base64

import pytest

from jobs_tui.service.access.account_number import account_number


def key_of(number: int, prefix: str = "AKIA", rest: int = 0) -> str:
    """A key id as AWS forms them: the number, shifted by seven bits, before what is random."""
    encoded = ((number << 7) | (rest & 0x7F) | (1 << 47)).to_bytes(6, "big") + bytes([rest]) * 4
    return prefix + base64.b32encode(encoded).decode()


@pytest.mark.parametrize("number", [0, 1, 123456789012, 999999999999])
@pytest.mark.parametrize("prefix", ["AKIA", "ASIA"])
@pytest.mark.parametrize("rest", [0, 42, 255])
def test_a_key_id_tells_the_account_whatever_else_it_encodes(number, prefix, rest) -> None:
    assert account_number(key_of(number, prefix, rest)) == f"{number:012d}"


@pytest.mark.parametrize("key", ["", "test", "demo", "AKIA", "AKIA1", "AKIAab cd", "\u2603" * 20])
def test_what_is_no_key_id_of_aws_tells_nothing(key) -> None:
    assert account_number(key) == ""
