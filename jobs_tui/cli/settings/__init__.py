"""What the program is to do: by flags, environment and file, and who says what.

`declared` is the one list of settings; `reading` reads what is given once; `in_force` decides.
"""
