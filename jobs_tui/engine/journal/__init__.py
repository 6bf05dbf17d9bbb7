"""The lasting record of changes: on disk before anything is sent, and until long after."""
