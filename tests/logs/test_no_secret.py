"""Secrets come in by every way that there is, with `--debug`: none of them is in the log."""

import logging
import stat
from pathlib import Path

import pytest
from aiohttp import web

KEY_ID = "AKIAPLANTEDPLANTED22"
SECRET_KEY = "PlantedSecretKey/PlantedSecretKey+Planted"
TOKEN = "PlantedSessionToken" + "Aa1+/" * 60
SIGNATURE = "5157e4a7edf1a9ed" * 4
DOCUMENT = "planted-in-the-document"
TYPED, STOOD = "planted-by-the-user", "planted-there-before"
OF_PROXY = "planted-proxy-word"
PEM = "plantedplantedplanted"
URL = f"https://bucket.example/fw.bin?X-Amz-Expires=600&X-Amz-Signature={SIGNATURE}"

PLANTED = (
    *(KEY_ID, SECRET_KEY, TOKEN, TOKEN[:60], SIGNATURE),
    *(DOCUMENT, TYPED, STOOD, OF_PROXY, PEM),
)

SAID = {
    "headers": "",
    "url": f"see {URL}",
    "proxy": f"http://somebody:{OF_PROXY}@proxy.example:3128 says no",
    "private key": f"-----BEGIN EC PRIVATE KEY-----\n{PEM}\n-----END EC PRIVATE KEY-----",
    "member": f'{{"SessionToken": "{PEM}", "password": "{OF_PROXY}"}}',
}
"""What a service, or who stands before it, echoes."""


@pytest.fixture
def secrets(gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plants them."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
    monkeypatch.setenv("AWS_SESSION_TOKEN", TOKEN)
    account = gateway.emulator.account
    document = f'{{"url": "{URL}", "note": "{DOCUMENT}"}}'
    gateway.emulator.call(account.create_job, "fw-2", ["gw-2"], document)
    for thing in ("gw-1", "gw-2"):
        gateway.emulator.call(
            lambda name=thing: account.update_job_execution(
                name, "fw-1", status="IN_PROGRESS", status_details={"note": STOOD}
            )
        )


def check(log: Path, *words: str) -> None:
    text = log.read_text("utf-8")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert all(word in text for word in words), text
    assert [planted for planted in PLANTED if planted in text] == []


@pytest.mark.usefixtures("secrets")
def test_neither_documents_nor_the_values_of_details_are_logged(gateway, capsys) -> None:
    assert gateway.run("describe", "gw-2", "fw-2", "--document", "--debug") == 0
    assert DOCUMENT in capsys.readouterr().out
    words = ("update", "gw-1", "fw-1", "FAILED", "--detail", f"note={TYPED}")
    assert gateway.run(*words, "--yes", "--debug") == 0
    check(gateway.log, "includeJobDocument=yes", "statusDetails=note", "now=confirmed")
    gateway.lines()


@pytest.mark.parametrize("said", SAID)
@pytest.mark.usefixtures("secrets")
def test_what_an_answer_echoes_is_masked(gateway, said: str) -> None:
    def echo(request: web.Request) -> web.StreamResponse:
        sent = "\n".join(f"{name}: {value}" for name, value in request.headers.items())
        message = SAID[said] or sent
        headers = {"x-amzn-ErrorType": "AccessDeniedException", "x-amzn-RequestId": TOKEN}
        return web.json_response({"message": message}, status=403, headers=headers)

    gateway.instead = echo
    gateway.run("list", "gw-1", "--debug")
    check(gateway.log, 'outcome="not allowed"')
    gateway.lines()


@pytest.mark.usefixtures("secrets")
def test_the_word_of_a_proxy_is_not_logged(gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, f"http://somebody:{OF_PROXY}@127.0.0.1:1")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "")
    assert gateway.run("describe", "gw-1", "fw-1", "--debug") == 1
    check(gateway.log, "outcome=unreachable", "proxy")


@pytest.mark.usefixtures("secrets")
def test_what_libraries_say_is_masked_and_nothing_below_a_warning_kept(gateway) -> None:
    gateway.run("describe", "gw-2", "fw-2", "--debug")
    logging.getLogger("aiohttp").warning("http://somebody:%s@proxy.example", OF_PROXY)
    logging.getLogger("a").error("%s", f"{SECRET_KEY} {TOKEN} {KEY_ID}")
    logging.getLogger("a").error("failed", exc_info=ValueError(URL))
    logging.getLogger("botocore").debug("sends %s", TYPED)
    logging.getLogger("jobs_tui").info("%s", STOOD)
    check(gateway.log, "ValueError", "proxy.example")
    said = [each.what for each in gateway.lines() if "said" in each.fields]
    assert said == ["aiohttp", "a", "a"]
