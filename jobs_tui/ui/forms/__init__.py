"""What was typed into a dialog, turned into a request or into problems by field. Pure."""
