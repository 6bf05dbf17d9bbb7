"""Every screen and dialog, as a person would look at it."""
