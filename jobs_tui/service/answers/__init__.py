"""What comes back of a call, and what it means."""
