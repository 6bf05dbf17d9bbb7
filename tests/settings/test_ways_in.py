"""How to reach the service: one way in at a time, and what is left to the SDK."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import botocore.session
import pytest

from jobs_tui.cli.arguments import WrongUsage, parse
from jobs_tui.cli.settings.for_service import service_settings
from jobs_tui.cli.settings.reading import settings_source
from jobs_tui.service.settings import DeviceCertificate, RoleAlias, ServiceSettings

Config = Callable[..., Any]

CERTIFICATE = DeviceCertificate(Path("/a.pem"), Path("/a.key"))
CERTIFICATE_OF_FILE = 'cert = "/a.pem"\nkey = "/a.key"\n'
ROLE_ALIAS = ["--role-alias", "alias-b", "--credentials-endpoint", "c.example"]


def to_service(*words: str) -> ServiceSettings:
    """What the service layer gets."""
    settings = settings_source(parse(words).flags, os.environ).in_force()
    return service_settings(settings, Path("/cache"))


def test_everything_reaches_the_service(file: Path) -> None:
    file.write_text(
        'region = "eu-west-3"\nendpoint-url = "https://a.example"\nca = "/ca.pem"\n'
        "discovery = false\nread-only = true\n"
        + CERTIFICATE_OF_FILE
        + 'role-alias = "alias-a"\ncredentials-endpoint = "https://c.example"\n'
        'credentials-thing = "gw-1"\n'
    )
    assert to_service() == ServiceSettings(
        region="eu-west-3",
        endpoint_url="https://a.example",
        credentials=RoleAlias("alias-a", "https://c.example", CERTIFICATE, "gw-1"),
        authorities=Path("/ca.pem"),
        discovery=False,
        cache_folder=Path("/cache"),
        read_only=True,
    )
    assert to_service("--profile", "field").profile == "field"


def test_nothing_said_leaves_everything_to_the_sdk() -> None:
    assert to_service() == ServiceSettings(cache_folder=Path("/cache"))


def test_a_certificate_alone_is_mutual_tls(file: Path) -> None:
    file.write_text(CERTIFICATE_OF_FILE)
    assert to_service().credentials == CERTIFICATE


def test_a_host_will_do_for_the_credential_provider() -> None:
    words = ["--cert", "/a.pem", "--key", "/a.key", *ROLE_ALIAS]
    expected = RoleAlias("alias-b", "https://c.example", CERTIFICATE)
    assert to_service(*words).credentials == expected


@pytest.mark.parametrize(
    ("top", "environment", "words", "expected"),
    [
        (CERTIFICATE_OF_FILE, {}, ["--profile", "field"], ("field", None)),
        (CERTIFICATE_OF_FILE, {"JOBS_TUI_PROFILE": "field"}, [], ("field", None)),
        (CERTIFICATE_OF_FILE, {"AWS_PROFILE": "field"}, [], (None, CERTIFICATE)),
        (
            'profile = "bench"',
            {"JOBS_TUI_CERT": "/a.pem", "JOBS_TUI_KEY": "/a.key"},
            [],
            (None, CERTIFICATE),
        ),
        (
            'profile = "bench"\n[contexts.x]\n' + CERTIFICATE_OF_FILE,
            {"JOBS_TUI_CONTEXT": "x"},
            [],
            (None, CERTIFICATE),
        ),
        (
            CERTIFICATE_OF_FILE + '[contexts.x]\nprofile = "bench"',
            {},
            ["--context", "x"],
            ("bench", None),
        ),
        ('profile = "bench"', {"AWS_PROFILE": "field"}, [], (None, None)),
        ('profile = "bench"', {"AWS_PROFILE": "field"}, ["--profile", "x"], ("x", None)),
        (
            CERTIFICATE_OF_FILE + 'role-alias = "a"\ncredentials-endpoint = "c.example"',
            {},
            ["--cert", "/a.pem", "--key", "/a.key"],
            (None, CERTIFICATE),
        ),
    ],
)
def test_a_way_in_is_displaced_as_a_whole(
    top: str,
    environment: dict[str, str],
    words: list[str],
    expected: tuple[object, object],
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file.write_text(top)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = to_service(*words)
    assert (found.profile, found.credentials) == expected


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--cert a", "--cert needs --key beside it"),
        ("--key a", "--key needs --cert beside it"),
        ("--cert a --key b --profile c", "--profile and --cert are two ways in; keep one of them"),
        ("--profile c --credentials-thing gw-1", "--profile and --credentials-thing are two ways"),
        ("--role-alias a", "--role-alias needs --cert, --key and --credentials-endpoint beside it"),
        ("--role-alias a --cert b", "--role-alias needs --key and --credentials-endpoint"),
        ("--role-alias a --cert b --key c", "--role-alias needs --credentials-endpoint beside it"),
        ("--credentials-endpoint a --cert b --key c", "--credentials-endpoint needs --role-alias"),
        ("--cert b --key c --credentials-thing a", "--credentials-thing needs --role-alias"),
        ("gw-1 --all-things", "THING and --all-things each say what to watch; keep one of them"),
        ("--group a --prefix b --query c", "--group, --prefix and --query each say what to watch"),
    ],
)
def test_what_does_not_go_together_is_told_in_one_line(
    words: str, told: str, refused: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    (line,) = refused(*words.split())
    assert line.startswith(told)
    with pytest.raises(WrongUsage, match=told.split(";", maxsplit=1)[0]):
        parse(words.split())


def test_what_does_not_go_together_in_the_environment_is_told_by_variable(
    refused: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBS_TUI_ROLE_ALIAS", "a")
    monkeypatch.setenv("JOBS_TUI_CERT", "a.pem")
    monkeypatch.setenv("JOBS_TUI_THINGS", "gw-1")
    monkeypatch.setenv("JOBS_TUI_QUERY", "x:y")
    assert refused() == [
        "JOBS_TUI_THINGS and JOBS_TUI_QUERY each say what to watch; keep one of them",
        "JOBS_TUI_ROLE_ALIAS needs JOBS_TUI_KEY and JOBS_TUI_CREDENTIALS_ENDPOINT beside it",
    ]


@pytest.mark.parametrize(
    ("setting", "variables"),
    [
        ("region", ["AWS_DEFAULT_REGION", "AWS_REGION"]),
        ("profile", ["AWS_DEFAULT_PROFILE", "AWS_PROFILE"]),
        ("endpoint-url", ["AWS_ENDPOINT_URL_IOT_JOBS_DATA_PLANE", "AWS_ENDPOINT_URL"]),
    ],
)
def test_variables_of_the_sdk_displace_the_file_and_are_left_to_the_sdk(
    setting: str,
    variables: list[str],
    file: Path,
    config: Config,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    member = setting.replace("-", "_")
    file.write_text(f'{setting} = "https://of.file"')
    assert getattr(to_service(), member) == "https://of.file"
    for variable in reversed(variables):
        monkeypatch.setenv(variable, f"https://{variable}")
        assert config()[setting] == (f"https://{variable}", variable)
        assert getattr(to_service(), member) is None
    monkeypatch.setenv("JOBS_TUI_" + member.upper(), "https://of.variable")
    assert getattr(to_service(), member) == "https://of.variable"
    assert getattr(to_service(f"--{setting}", "https://of.flag"), member) == "https://of.flag"


def test_of_two_profiles_the_one_is_told_that_the_sdk_takes(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "one")
    monkeypatch.setenv("AWS_DEFAULT_PROFILE", "two")
    assert config()["profile"][0] == botocore.session.Session().profile


def test_an_endpoint_that_the_sdk_ignores_displaces_nothing(
    file: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('endpoint-url = "https://of.file"')
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://of.sdk")
    monkeypatch.setenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")
    assert config()["endpoint-url"] == ("https://of.file", "config.toml:1")


def test_an_empty_variable_of_the_sdk_displaces_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('profile = "field"\nregion = "eu-west-3"')
    monkeypatch.setenv("AWS_PROFILE", "")
    monkeypatch.setenv("AWS_REGION", "")
    found = to_service()
    assert (found.profile, found.region) == ("field", "eu-west-3")


def test_a_password_in_the_url_of_a_variable_of_the_sdk_is_not_told(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://user:hunter2@a.example/x")
    assert config()["endpoint-url"][0] == "https://a.example/x"
