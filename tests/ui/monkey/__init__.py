"""A monkey at the keys, and terminals that tell what it and the service make the screen show."""
