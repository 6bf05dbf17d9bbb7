"""The AWS account behind an access key, as far as the key id itself tells."""

import base64
import binascii

_NUMBER_BITS = 0x7FFFFFFFFF80
"""Where the account number lies in the first six bytes of what a key id encodes."""


def account_number(access_key_id: str) -> str:
    """Twelve digits, or an empty text where the key id does not have the form of AWS.

    The key ids that AWS gives out encode the number (observed, and documented nowhere), so that no
    permission and no call is needed. It is only ever compared with itself: things of the same name
    in two accounts, behind the same endpoint, must not be taken for one another.
    """
    try:
        encoded = base64.b32decode(access_key_id[4:])
    except (binascii.Error, ValueError):
        return ""
    if len(encoded) < 6:
        return ""
    number = (int.from_bytes(encoded[:6], "big") & _NUMBER_BITS) >> 7
    return f"{number:012d}"
