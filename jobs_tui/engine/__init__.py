"""What the service last said, what was asked for, and when to ask again. Knows no screen."""
