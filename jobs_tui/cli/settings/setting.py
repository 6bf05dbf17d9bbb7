"""What every setting has; option, variable and line of the file are drawn from it."""

from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from jobs_tui.cli.settings.kinds import Kind

T = TypeVar("T")

VARIABLES_BEGIN = "JOBS_TUI_"


class Heading(StrEnum):
    """Under which heading of the help a setting stands."""

    WHICH = "which settings"
    WHAT = "what to watch (one of these)"
    WHERE = "how to reach the service"
    HOW = "how to go about it"


class Setting(NamedTuple, Generic[T]):
    """One setting."""

    name: str
    """In the file."""
    kind: Kind[T]
    default: T
    heading: Heading
    meaning: str
    """For the help; the default is told there only if it says so."""
    metavar: str | None = None
    """What stands for the value in the help; None for a switch."""
    sdk_variables: tuple[str, ...] = ()
    """Variables of the AWS SDK's with this meaning, as it reads them: the first counts most."""
    in_demo: bool = False
    """Whether the demo has a use for it."""
    opposite: str = ""
    """For the help, of an option that says the default: where this is not always in force."""

    @property
    def option(self) -> str:
        """On the command line; a switch that is on by default is turned off there."""
        return f"--no-{self.name}" if self.default is True else f"--{self.name}"

    @property
    def opposite_option(self) -> str:
        """On the command line, for a switch that is off by default and has one."""
        return f"--no-{self.name}"

    @property
    def variable(self) -> str:
        """In the environment."""
        return VARIABLES_BEGIN + self.name.upper().replace("-", "_")
