"""What keeps an account across restarts: a file of SQLite."""
