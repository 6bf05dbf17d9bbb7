"""The README: its tables are made from the code, and each command in it is run."""
