"""The one list of settings: options, file, environment and `jobs-tui config` are drawn from it."""

from pathlib import Path
from typing import Any

from jobs_tui.cli.numbers import above_0
from jobs_tui.cli.settings.kinds import (
    Amount,
    FilePath,
    OneOf,
    Switch,
    Text,
    ThemeName,
    ThingNames,
    Url,
    line_problem,
)
from jobs_tui.cli.settings.setting import Heading, Setting
from jobs_tui.domain.names import thing_name_problem

CONFIG: Setting[Path | None] = Setting(
    "config",
    FilePath(),
    None,
    Heading.WHICH,
    "the file with the settings, instead of the one in the platform's folder",
    "FILE",
)
CONTEXT: Setting[str] = Setting(
    "context",
    Text("the name of a context", line_problem),
    "",
    Heading.WHICH,
    "use the settings of this name in the file",
    "NAME",
)

THINGS: Setting[tuple[str, ...]] = Setting(
    "things", ThingNames(), (), Heading.WHAT, "the things to watch", "THING"
)
"""The only one that is no option: things stand on the command line as they are."""
THINGS_FILE: Setting[Path | None] = Setting(
    "things-file",
    FilePath(),
    None,
    Heading.WHAT,
    "the things whose names stand in a file, one a line",
    "FILE",
)
ALL_THINGS: Setting[bool] = Setting(
    "all-things",
    Switch(),
    default=False,
    heading=Heading.WHAT,
    meaning="every thing of the account in the region",
)
GROUP: Setting[str | None] = Setting(
    "group",
    Text("the name of a thing group", thing_name_problem),
    None,
    Heading.WHAT,
    "the things of a group and of the groups below it",
    "NAME",
)
PREFIX: Setting[str | None] = Setting(
    "prefix",
    Text("how names of things begin", thing_name_problem),
    None,
    Heading.WHAT,
    "the things whose name begins like this",
    "TEXT",
)
QUERY: Setting[str | None] = Setting(
    "query",
    Text("a fleet indexing query", line_problem),
    None,
    Heading.WHAT,
    "the things that a fleet indexing query finds",
    "QUERY",
)

REGION: Setting[str | None] = Setting(
    "region",
    Text("the name of a region", line_problem),
    None,
    Heading.WHERE,
    "AWS region; else the SDK's own settings say",
    "NAME",
    sdk_variables=("AWS_DEFAULT_REGION", "AWS_REGION"),
)
PROFILE: Setting[str | None] = Setting(
    "profile",
    Text("the name of a profile", line_problem),
    None,
    Heading.WHERE,
    "AWS profile; else the SDK's own settings say",
    "NAME",
    # in the order of botocore, which is not that of the other SDKs
    sdk_variables=("AWS_DEFAULT_PROFILE", "AWS_PROFILE"),
)
ENDPOINT_URL: Setting[str | None] = Setting(
    "endpoint-url",
    Url(),
    None,
    Heading.WHERE,
    "the endpoint to ask",
    "URL",
    sdk_variables=("AWS_ENDPOINT_URL_IOT_JOBS_DATA_PLANE", "AWS_ENDPOINT_URL"),
)
CERT: Setting[Path | None] = Setting(
    "cert", FilePath(), None, Heading.WHERE, "PEM file of a device's certificate", "FILE"
)
KEY: Setting[Path | None] = Setting(
    "key", FilePath(), None, Heading.WHERE, "PEM file of its private key", "FILE"
)
CA: Setting[Path | None] = Setting(
    "ca", FilePath(), None, Heading.WHERE, "PEM file of the authorities to trust", "FILE"
)
ROLE_ALIAS: Setting[str | None] = Setting(
    "role-alias",
    Text("the name of a role alias", line_problem),
    None,
    Heading.WHERE,
    "with a certificate: take credentials for this role alias",
    "NAME",
)
CREDENTIALS_ENDPOINT: Setting[str | None] = Setting(
    "credentials-endpoint",
    Url(host_will_do=True),
    None,
    Heading.WHERE,
    "with --role-alias: the account's credential provider",
    "URL",
)
CREDENTIALS_THING: Setting[str | None] = Setting(
    "credentials-thing",
    Text("the name of a thing", thing_name_problem),
    None,
    Heading.WHERE,
    "with --role-alias: the thing to which the certificate is attached",
    "THING",
)
DISCOVERY: Setting[bool] = Setting(
    "discovery",
    Switch(),
    default=True,
    heading=Heading.WHERE,
    meaning="do not ask DescribeEndpoint which endpoint to ask",
)

REFRESH: Setting[float] = Setting(
    "refresh",
    Amount(above_0("a number of seconds")),
    5.0,
    Heading.HOW,
    "between two refreshes of a thing (default 5; in the demo 2)",
    "SECONDS",
    in_demo=True,
)
RATE: Setting[float] = Setting(
    "rate",
    Amount(above_0("a number of calls per second")),
    10.0,
    Heading.HOW,
    "calls by itself at most, for all things together (default 10; in the demo up to 50)",
    "CALLS_PER_SECOND",
    in_demo=True,
)
LOW_BANDWIDTH: Setting[bool] = Setting(
    "low-bandwidth",
    Switch(),
    default=False,
    heading=Heading.HOW,
    meaning="spare a thin line: fewer calls, and less on the screen",
    in_demo=True,
)
STUCK_AFTER: Setting[float] = Setting(
    "stuck-after",
    Amount(above_0("a number of minutes")),
    30.0,
    Heading.HOW,
    "in progress without any update for so long counts as stuck (default 30)",
    "MINUTES",
    in_demo=True,
)
NOTIFY: Setting[str] = Setting(
    "notify",
    OneOf(("off", "bell", "desktop")),
    "off",
    Heading.HOW,
    "what calls you when a job is about to time out or has, at a conflict, and when the endpoint "
    "is lost: off, bell or desktop (default off)",
    "HOW",
    in_demo=True,
)
THEME: Setting[str] = Setting(
    "theme",
    ThemeName(),
    "auto",
    Heading.HOW,
    "colours: auto, terminal (its own), high-contrast, high-contrast-light, or one of Textual's, "
    "such as nord or textual-light (default auto)",
    "NAME",
    in_demo=True,
)
READ_ONLY: Setting[bool] = Setting(
    "read-only",
    Switch(),
    default=False,
    heading=Heading.HOW,
    meaning="let nothing be changed; so it is in a browser",
    in_demo=True,
    opposite="let things be changed, in a browser too",
)
JOURNAL: Setting[bool] = Setting(
    "journal",
    Switch(),
    default=True,
    heading=Heading.HOW,
    meaning="send changes without a record on disk",
    in_demo=True,
)
KEEP_JOURNAL: Setting[float] = Setting(
    "keep-journal",
    Amount(above_0("a number of days")),
    90.0,
    Heading.HOW,
    "how long the journal keeps what is settled (default 90)",
    "DAYS",
    in_demo=True,
)
LOG_FILE: Setting[Path | None] = Setting(
    "log-file",
    FilePath(),
    None,
    Heading.HOW,
    "keep warnings and errors",
    "FILE",
    in_demo=True,
)
DEBUG: Setting[bool] = Setting(
    "debug",
    Switch(),
    default=False,
    heading=Heading.HOW,
    meaning="log what is asked, answered and decided, too; without --log-file in the platform's "
    "folder for logs",
    in_demo=True,
)

WHAT: tuple[Setting[Any], ...] = (THINGS, THINGS_FILE, ALL_THINGS, GROUP, PREFIX, QUERY)
"""Of which one counts."""
WAY_IN: tuple[Setting[Any], ...] = (
    PROFILE,
    CERT,
    KEY,
    ROLE_ALIAS,
    CREDENTIALS_ENDPOINT,
    CREDENTIALS_THING,
)
"""Which together say by what credentials the service is reached."""

SETTINGS: tuple[Setting[Any], ...] = (
    *WHAT,
    REGION,
    PROFILE,
    ENDPOINT_URL,
    CERT,
    KEY,
    CA,
    ROLE_ALIAS,
    CREDENTIALS_ENDPOINT,
    CREDENTIALS_THING,
    DISCOVERY,
    REFRESH,
    RATE,
    LOW_BANDWIDTH,
    STUCK_AFTER,
    NOTIFY,
    THEME,
    READ_ONLY,
    JOURNAL,
    KEEP_JOURNAL,
    LOG_FILE,
    DEBUG,
)
"""All that can stand in the file, at its top and in each context."""
WHICH: tuple[Setting[Any], ...] = (CONTEXT, CONFIG)
"""What says which settings those are; a context can be named at the top of the file, too."""
