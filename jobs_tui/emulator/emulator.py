"""The emulator with all its switches: for `jobs-tui emulator`, and for other people's tests.

A test that needs the service takes a few lines:

    @pytest.fixture
    def emulator():
        switches = Switches(things=["gw-1"], faults=[Fault.parse("UpdateJobExecution=503:once")])
        with Emulator(switches) as emulator:
            yield emulator  # emulator.url is the endpoint_url of any SDK's client
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

from jobs_tui.domain.clock import Clock, SystemClock
from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.clocks.scaled_clock import ScaledClock
from jobs_tui.emulator.jobs_file import create_jobs
from jobs_tui.emulator.line.faults import Fault, FaultPlan
from jobs_tui.emulator.line.line import Line
from jobs_tui.emulator.line.tls import make_certificate, server_context
from jobs_tui.emulator.server.server import EmulatorServer
from jobs_tui.emulator.server.thread import Background, EmulatorThread
from jobs_tui.emulator.state.state_file import StateFile
from jobs_tui.emulator.switches import Switches


class Emulator(EmulatorThread):
    """An emulator as the switches say, in a thread of its own from `start` to `stop`.

    `start`, and so `with`, raises OSError if the port is taken, JobsFileError, CertificateError or
    StateFileError for a file that cannot be used, and ServiceError for a thing that cannot be.
    """

    def __init__(
        self,
        switches: Switches = Switches(),  # noqa: B008 - frozen
        *,
        clock: Clock | None = None,
        background: Background | None = None,
    ) -> None:
        """Make an emulator that is not running yet.

        Args:
            switches: all that one may ask of it.
            clock: the account's time, such as a ManualClock; None for the machine's, made faster
                as the switches say.
            background: what runs beside the server, such as a simulated fleet.
        """
        super().__init__(self._build_server, background=background)
        self._switches = switches
        self._clock = clock
        self._random = Random(switches.seed)  # noqa: S311 - nothing in it is a secret
        self._open_files = ExitStack()
        self.certificate: Path | None = None
        """What a client needs to trust, in PEM, while it runs with a certificate of its own."""

    def set_faults(self, faults: Sequence[Fault]) -> None:
        """What goes wrong from now on, in the place of what did before."""
        self.call(setattr, self.server.line, "faults", self._plan(faults))

    def stop(self) -> None:
        """Close the port, end the thread and give the files back; a second call does nothing."""
        try:
            super().stop()
        finally:
            self.certificate = None

    def _build_server(self) -> EmulatorServer:
        switches = self._switches
        with ExitStack() as files:
            account = files.enter_context(self._account())
            for name in switches.things:
                account.create_missing_thing(name)
            if switches.jobs is not None:
                create_jobs(account, switches.jobs)
            account.commit()
            tls = None
            if switches.tls:
                served = switches.certificate
                if served is None:
                    folder = Path(files.enter_context(tempfile.TemporaryDirectory()))
                    made = make_certificate(folder)
                    served, self.certificate = made.certificate_and_key, made.certificate
                tls = server_context(served, switches.client_ca)
            line = Line(
                secrets=switches.secrets,
                wants_certificate=switches.client_ca is not None,
                rates=switches.rates,
                faults=self._plan(switches.faults),
            )
            server = EmulatorServer(account, switches.port, line=line, tls=tls)
            self._open_files = files.pop_all()
        return server

    async def _serve(self) -> None:
        try:
            await super()._serve()
        except BaseException:
            self._open_files.close()
            raise

    async def _close(self, server: EmulatorServer) -> None:
        with self._open_files:
            await super()._close(server)

    def _plan(self, faults: Sequence[Fault]) -> FaultPlan:
        return FaultPlan(faults, Random(self._random.getrandbits(64)))  # noqa: S311 - a show

    @contextmanager
    def _account(self) -> Iterator[Account]:
        """The account, as the state file left it if there is one."""
        switches = self._switches
        if switches.state is None:
            yield Account(self._time(0), self._random, switches.account)
            return
        state = StateFile(switches.state)
        latest = state.latest_moment()
        clock = self._time(latest)
        if latest:
            # the same seed once more would give out the same ids once more
            self._random.seed(f"{switches.seed} {latest}" if switches.seed is not None else None)
        try:
            account = Account(clock, self._random, switches.account, state)
            account.restore(state.records())
            yield account
        finally:
            state.close(clock.now())

    def _time(self, latest: float) -> Clock:
        """The account's clock; it never goes back behind what an earlier run has shown."""
        if self._clock is not None:
            return self._clock
        system = SystemClock()
        if self._switches.speed == 1 and latest <= system.now():
            return system
        return ScaledClock(system, self._switches.speed, max(latest, system.now()))
