"""All that one may ask of an emulator beyond what it does by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jobs_tui.emulator.account.settings import AccountSettings
from jobs_tui.emulator.line.faults import Fault
from jobs_tui.emulator.line.throttle import Rates


@dataclass(frozen=True, slots=True)
class Switches:
    """What `jobs-tui emulator` takes as options, and `Emulator` as its argument."""

    port: int = 0
    """0 for a free one."""
    things: Sequence[str] = ()
    """Names of things to create at the start."""
    jobs: Path | None = None
    """A file of jobs to create at the start, see `jobs_file`."""
    seed: int | None = None
    """For ids, presigned URLs and faults that come out the same in every run."""
    speed: float = 1.0
    """How many seconds pass in the account while one passes here; timers and dates go by it."""
    secrets: Mapping[str, str] | None = field(default=None, repr=False)
    """The secret access key of each access key id; None to check no signature."""
    tls: bool = False
    """Whether to serve https."""
    certificate: Path | None = None
    """Certificate and key to serve https with, in one file of PEM; None to make a new pair."""
    client_ca: Path | None = None
    """Who signs the certificates of clients, in PEM; a request then needs one, or a signature."""
    rates: Rates | None = None
    """How many requests per second the data plane takes."""
    faults: Sequence[Fault] = ()
    """What goes wrong on purpose."""
    state: Path | None = None
    """The file that keeps everything across restarts; None to keep nothing."""
    account: AccountSettings = field(default_factory=AccountSettings)
    """How the service is taken to behave where its sources differ."""
