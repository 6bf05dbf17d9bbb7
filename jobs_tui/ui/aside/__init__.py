"""What leads out of the program: other programs, files, and what the terminal keeps for a copy."""
