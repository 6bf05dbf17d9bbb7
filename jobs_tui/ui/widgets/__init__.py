"""What draws lines, and the few places where one types."""
