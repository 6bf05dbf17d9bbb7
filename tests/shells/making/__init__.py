"""Makes what shells and `man` read, from the parsers of the command line."""
