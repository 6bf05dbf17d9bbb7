"""jobs-tui: the terminal cockpit for the device side of AWS IoT Jobs."""

__version__ = "0.1.0"
