"""Which endpoint is asked."""
