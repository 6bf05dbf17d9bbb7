"""One case per command: each of its keys does it, and each reason against it is told."""
