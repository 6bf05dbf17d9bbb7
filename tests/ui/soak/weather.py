"""What goes wrong on the line, as it comes and goes."""

from collections import Counter
from random import Random
from typing import Any

from jobs_tui.emulator import EmulatorServer
from jobs_tui.emulator.line.faults import Fault, FaultPlan
from jobs_tui.emulator.line.line import Line
from soak.ledger import Ledger

FAIR_SECONDS = 90.0
FOUL_SECONDS = 60.0
"""How long either lasts in the middle, in simulated seconds."""

KINDS = (
    *("429", "429", "500", "503", "400", "403"),
    *("cut-before", "cut-after", "cut-within", "hang-before", "hang-after"),
    *("empty", "truncated", "output", "html", "redirect", "expired-token", "invalid-endpoint"),
    *("delay-5", "delay-20", "delay-90"),
)

AWAY = "endpoint away"


class CountedFaults(FaultPlan):
    """Counts what has gone wrong, by kind."""

    def __init__(self, specs: list[str], random: Random, happened: Counter[str]) -> None:
        super().__init__([Fault.parse(spec) for spec in specs], random)
        self._counted = happened

    def draw(self, plane: str, operation: str) -> Fault | None:
        fault = super().draw(plane, operation)
        if fault is not None:
            self._counted[fault.kind] += 1
        return fault


class Weather:
    """Serves an account, well or badly, on one port."""

    def __init__(self, account: Ledger, clock: Any, random: Random) -> None:
        self._account = account
        self._clock = clock
        self._random = random
        self.happened: Counter[str] = Counter()
        self._server = self._new_server(0)

    @property
    def url(self) -> str:
        return self._server.url

    async def begin(self) -> None:
        await self._server.start()

    async def end(self) -> None:
        await self._server.stop()

    async def change_for_ever(self) -> None:
        """Fair, foul, fair, until cancelled."""
        while True:
            await self._last(FAIR_SECONDS)
            if self._random.random() < 0.15:
                self.happened[AWAY] += 1
                await self._be_away()
                continue
            specs = [
                f"*={kind}:{self._random.choice((5, 20, 60))}%"
                for kind in self._random.sample(KINDS, self._random.randint(1, 3))
            ]
            self._server.line = self._line(specs)
            try:
                await self._last(FOUL_SECONDS)
            finally:
                self._server.line = self._line([])

    async def _be_away(self) -> None:
        port = int(self.url.rpartition(":")[2])
        await self._server.stop()
        try:
            await self._last(FOUL_SECONDS)
        finally:
            self._server = self._new_server(port)
            await self._server.start()

    async def _last(self, seconds: float) -> None:
        await self._clock.sleep(seconds * self._random.uniform(0.2, 1.8))

    def _new_server(self, port: int) -> EmulatorServer:
        return EmulatorServer(
            self._account, port, intercept=self._account.intercept, line=self._line([])
        )

    def _line(self, specs: list[str]) -> Line:
        return Line(self._clock, faults=CountedFaults(specs, self._random, self.happened))
