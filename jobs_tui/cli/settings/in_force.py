"""Which settings are in force: flags over environment over file over default."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from jobs_tui.cli.settings.declared import (
    ALL_THINGS,
    CA,
    CERT,
    CONTEXT,
    CREDENTIALS_ENDPOINT,
    CREDENTIALS_THING,
    DEBUG,
    DISCOVERY,
    ENDPOINT_URL,
    GROUP,
    JOURNAL,
    KEEP_JOURNAL,
    KEY,
    LOG_FILE,
    LOW_BANDWIDTH,
    NOTIFY,
    PREFIX,
    PROFILE,
    QUERY,
    RATE,
    READ_ONLY,
    REFRESH,
    REGION,
    ROLE_ALIAS,
    SETTINGS,
    STUCK_AFTER,
    THEME,
    THINGS,
    THINGS_FILE,
    WAY_IN,
    WHAT,
)
from jobs_tui.cli.settings.setting import Setting
from jobs_tui.cli.settings.source import Given, Level, Source, SourceKind

if TYPE_CHECKING:
    from jobs_tui.domain.thing_selection import ThingSelection
    from jobs_tui.service.settings import DeviceCertificate, RoleAlias

T = TypeVar("T")


class Settings(NamedTuple):
    """What the program is to do."""

    context: str = ""
    """The name in the file; empty for none."""
    contexts: tuple[str, ...] = ()
    """All names in the file, in its order."""
    things: tuple[str, ...] = ()
    """The things to watch, by name."""
    things_file: Path | None = None
    """Where more names stand, where none is given."""
    selection: "ThingSelection | None" = None
    """The things to look for, where none is named. Neither is given where nobody said anything."""
    region: str | None = None
    """This, `profile` and `endpoint_url` are None where the SDK is to see for itself, also in its
    own variables of the environment."""
    profile: str | None = None
    endpoint_url: str | None = None
    credentials: "DeviceCertificate | RoleAlias | None" = None
    authorities: Path | None = None
    discovery: bool = True
    refresh: float | None = None
    """Seconds between two refreshes of a thing; None for the command's own default."""
    rate: float | None = None
    """Calls per second at most; None for the command's own default."""
    low_bandwidth: bool = False
    """Whether bytes are spared, on the way to the service and to the terminal."""
    stuck_after: float = STUCK_AFTER.default
    """Minutes in progress without an update."""
    call_by: str = NOTIFY.default
    """What calls somebody who does not look: off, bell or desktop."""
    theme: str = THEME.default
    """The name of what gives the screen its colours."""
    read_only: bool = False
    journal: bool = True
    """Whether changes are recorded on disk before they are sent."""
    keep_journal: float = KEEP_JOURNAL.default
    """Days."""
    log_file: Path | None = None
    debug: bool = False
    """Whether what is asked, answered and decided is logged."""
    values: Mapping[str, Given] = MappingProxyType({})
    """For the eye: the value of `context` and of every setting by its name, and who gave it."""

    @property
    def read_only_in_browser(self) -> bool:
        """Whether nothing may be changed because this is shown in a browser."""
        given = self.values.get(READ_ONLY.name)
        return given is not None and given.source.kind is SourceKind.BROWSER

    @property
    def sources(self) -> dict[str, Source]:
        """Who gave each of them."""
        return {name: given.source for name, given in self.values.items()}


def settings_in_force(
    own: Sequence[Level],
    sdk: Level,
    file: Sequence[Level],
    context: Given,
    contexts: Sequence[str] = (),
) -> Settings:
    """Decide what is in force; in each list, who comes first counts more.

    `own` are the flags, our own variables and what holds in a browser, `file` the context and the
    top of the file; what the SDK's variables say comes between.
    """
    way_of_file = _first_with(file, WAY_IN)
    if way_of_file and PROFILE.name not in way_of_file:
        # AWS_PROFILE names another profile, but not another way than a certificate
        sdk = {name: given for name, given in sdk.items() if name != PROFILE.name}
    levels = (*own, sdk, *file)
    values = {CONTEXT.name: context}
    for setting in SETTINGS:
        group = next((each for each in (WHAT, WAY_IN) if setting in each), (setting,))
        values[setting.name] = _first_with(levels, group).get(setting.name, Given(setting.default))
    return _Values(values).settings(contexts)


def _first_with(levels: Sequence[Level], settings: Sequence[Setting[object]]) -> Level:
    """The first that says anything about these settings: it displaces the others as a whole."""
    names = {setting.name for setting in settings}
    return next((level for level in levels if not names.isdisjoint(level)), {})


class _Values:
    """The values in force, typed by their settings."""

    def __init__(self, values: Mapping[str, Given]) -> None:
        self._values = values

    def of(self, setting: Setting[T]) -> T:
        return cast("T", self._values[setting.name].value)

    def unless(self, kind: SourceKind, setting: Setting[T]) -> T | None:
        """The value, or None if it comes from there."""
        return None if self._values[setting.name].source.kind is kind else self.of(setting)

    def settings(self, contexts: Sequence[str]) -> Settings:
        return Settings(
            context=self.of(CONTEXT),
            contexts=tuple(contexts),
            things=self.of(THINGS),
            things_file=self.of(THINGS_FILE),
            selection=self._selection(),
            region=self.unless(SourceKind.SDK, REGION),
            profile=self.unless(SourceKind.SDK, PROFILE),
            endpoint_url=self.unless(SourceKind.SDK, ENDPOINT_URL),
            credentials=self._credentials(),
            authorities=self.of(CA),
            discovery=self.of(DISCOVERY),
            refresh=self.unless(SourceKind.DEFAULT, REFRESH),
            rate=self.unless(SourceKind.DEFAULT, RATE),
            low_bandwidth=self.of(LOW_BANDWIDTH),
            stuck_after=self.of(STUCK_AFTER),
            call_by=self.of(NOTIFY),
            theme=self.of(THEME),
            read_only=self.of(READ_ONLY),
            journal=self.of(JOURNAL),
            keep_journal=self.of(KEEP_JOURNAL),
            log_file=self.of(LOG_FILE),
            debug=self.of(DEBUG),
            values=self._values,
        )

    def _selection(self) -> "ThingSelection | None":
        if not (self.of(ALL_THINGS) or self.of(GROUP) or self.of(PREFIX) or self.of(QUERY)):
            return None
        from jobs_tui.domain.thing_selection import (  # noqa: PLC0415 - most name their things
            AllThings,
            FleetQuery,
            NamePrefix,
            ThingGroup,
        )

        if self.of(ALL_THINGS):
            return AllThings()
        if group := self.of(GROUP):
            return ThingGroup(group)
        if prefix := self.of(PREFIX):
            return NamePrefix(prefix)
        if query := self.of(QUERY):
            return FleetQuery(query)
        return None

    def _credentials(self) -> "DeviceCertificate | RoleAlias | None":
        certificate, private_key = self.of(CERT), self.of(KEY)
        if certificate is None or private_key is None:
            return None
        from jobs_tui.service.settings import (  # noqa: PLC0415 - most have a profile, or keys
            DeviceCertificate,
            RoleAlias,
        )

        way = DeviceCertificate(certificate, private_key)
        alias, endpoint = self.of(ROLE_ALIAS), self.of(CREDENTIALS_ENDPOINT)
        if alias is None or endpoint is None:
            return way
        return RoleAlias(alias, endpoint, way, self.of(CREDENTIALS_THING))
