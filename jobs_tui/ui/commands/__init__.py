"""One command, one class: its keys, its words, when it is allowed and why not, and what it does."""
