"""The Textual app: what is drawn from the store, and the keys that act on it."""
