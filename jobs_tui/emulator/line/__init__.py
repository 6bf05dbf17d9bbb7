"""What guards the line: signatures of requests, and TLS."""
