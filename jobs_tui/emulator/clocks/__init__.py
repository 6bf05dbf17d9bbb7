"""Clocks beside the machine's own."""
