"""`jobs-tui doctor`: what works on the way to the service, step by step, and what to do."""
