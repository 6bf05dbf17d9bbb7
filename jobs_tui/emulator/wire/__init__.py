"""From HTTP requests to the account's operations, and from what they return to JSON answers."""
