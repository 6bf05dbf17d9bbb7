"""The SDK's credentials behind a role alias: asked for in time, and never too often.

The SDK's own windows do not fit: it asks again 15 minutes before the end, and keys for 900 seconds,
which is what AWS IoT gives at least, would be asked for at every call.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from random import Random

from aiobotocore.credentials import AioCredentialResolver, AioCredentials
from botocore.credentials import CredentialProvider as SdkCredentialProvider
from botocore.credentials import ReadOnlyCredentials

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Failure, Unreachable
from jobs_tui.service.access.role_alias import TemporaryKeys
from jobs_tui.service.answers.told_error import ToldError

METHOD = "role-alias"

RENEWED_BEFORE = 300.0
"""Seconds before their end from which new keys are asked for, in the background."""

LAST_SECONDS = 10.0
"""Seconds before their end from which a call waits for new ones: it may be under way as long."""

FIRST_PAUSE = 2.0
"""Seconds until a provider that failed is asked again."""

LONGEST_PAUSE = 60.0

AskForKeys = Callable[[], Awaitable[TemporaryKeys]]
"""Asks once, in limited time; raises ToldError and nothing else."""


def pause_after(failures: int, jitter: float) -> float:
    """Seconds until it is asked again after so many failures in a row.

    `jitter` is a random number from 0 to 1; it shortens the pause by up to a quarter, so that many
    gateways do not ask all at once when the provider is back.
    """
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(failures - 1, 16))
    return longest * (1 - jitter / 4)


@dataclass(frozen=True, slots=True)
class _Held:
    """Keys, and when they came by both clocks."""

    keys: TemporaryKeys
    now: float
    monotonic: float

    def left(self, clock: Clock) -> float:
        """Seconds that they are still good.

        The monotonic clock stands still while a machine sleeps, the other one may be set: the one
        that says more time has passed is believed.
        """
        passed = max(clock.now() - self.now, clock.monotonic() - self.monotonic)
        return self.keys.lifetime - passed


class RoleAliasCredentials(AioCredentials):  # type: ignore[misc]
    """Credentials that are asked for when first needed, and again before they end.

    Calls at the same time share one question. While the keys are good nobody waits for new ones;
    after a question that failed the provider is left in peace for a while, in which calls without
    good keys fail at once with what it said.
    """

    def __init__(self, ask: AskForKeys, clock: Clock, random: Random) -> None:
        super().__init__("", "", method=METHOD)
        self._ask = ask
        self._clock = clock
        self._random = random
        self._held: _Held | None = None
        self._asking: asyncio.Task[None] | None = None
        self._failure: Failure = Unreachable("the link is closed")
        self._failures = 0
        self._asked_again_at = -math.inf

    async def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """The keys to sign with. Raises ToldError."""
        held = self._good(for_seconds=LAST_SECONDS)
        if held is None or self._good(for_seconds=RENEWED_BEFORE) is None:
            self._begin_to_ask()
        if held is None and self._asking is not None:
            # whoever gives up waiting does not take the question away from the others
            await asyncio.wait({self._asking})
        held = self._good(for_seconds=0.0)
        if held is None:
            raise ToldError(self._failure)
        keys = held.keys
        return ReadOnlyCredentials(keys.access_key_id, keys.secret_access_key, keys.session_token)

    async def close(self) -> None:
        """Ask no more, and give up a question that is under way."""
        self._asked_again_at = math.inf
        if self._asking is not None:
            self._asking.cancel()
            with suppress(asyncio.CancelledError):
                await self._asking

    def _good(self, *, for_seconds: float) -> _Held | None:
        """The keys, if they are good for so long yet; of short-lived ones less is asked."""
        held = self._held
        if held is None:
            return None
        wanted = min(for_seconds, held.keys.lifetime / 3)
        return held if held.left(self._clock) > wanted else None

    def _begin_to_ask(self) -> None:
        if self._asking is None and self._clock.monotonic() >= self._asked_again_at:
            self._asking = asyncio.create_task(self._renew())

    async def _renew(self) -> None:
        try:
            keys = await self._ask()
        except ToldError as error:
            self._failure = error.failure
            self._failures += 1
            pause = pause_after(self._failures, self._random.random())
            self._asked_again_at = self._clock.monotonic() + pause
        else:
            self._failures = 0
            self._held = _Held(keys, self._clock.now(), self._clock.monotonic())
        finally:
            self._asking = None


class _RoleAliasProvider(SdkCredentialProvider):  # type: ignore[misc]
    METHOD = METHOD

    def __init__(self, credentials: RoleAliasCredentials) -> None:
        super().__init__()
        self._credentials = credentials

    async def load(self) -> RoleAliasCredentials:
        return self._credentials


def only(credentials: RoleAliasCredentials) -> AioCredentialResolver:
    """A resolver that knows of these credentials and of no others."""
    return AioCredentialResolver(providers=[_RoleAliasProvider(credentials)])
