"""Settings that cannot be meant."""


class SettingsError(Exception):
    """Nothing can be done with these settings; every problem is told at once."""

    def __init__(self, *problems: str) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
        """One line each, with the file and line, the variable or the option that it is about."""
