"""What the service does with things, jobs and executions: frozen records, pure functions."""
