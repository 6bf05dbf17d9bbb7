"""Hours of simulated work in minutes: what grows, what is left over, and what became of changes."""
