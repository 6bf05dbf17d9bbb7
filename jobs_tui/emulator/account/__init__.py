"""The account in the box: what it has, and every operation on it, without any wire."""
