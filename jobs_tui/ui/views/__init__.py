"""What is on the screen, as lines built by pure functions from the store's records."""
