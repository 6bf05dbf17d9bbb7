"""A service that has gone bad: whatever it can say anywhere, it says with hostile texts."""

import json
import socket
import threading
from contextlib import suppress
from itertools import cycle
from typing import Self
from urllib.parse import unquote

from hostile.texts import HOSTILE

IDS = 12
"""Jobs on each thing."""

LONGEST_MESSAGE = 200
"""Characters that are told at once; a longer message is cut by who reads it."""

TIMES = {"queuedAt": 1_700_000_000, "lastUpdatedAt": 1_700_000_000}

TEXTS = tuple(text[:60] for text in HOSTILE.values())


def _chunks() -> list[str]:
    chunks = [""]
    for text in TEXTS:
        if len(chunks[-1]) + len(text) > LONGEST_MESSAGE:
            chunks.append("")
        chunks[-1] += f" {text}"
    return chunks


CHUNKS = _chunks()
"""All of them, in messages of usual length."""

ID_THINGS = tuple(f"ids-{number}" for number in range(-(-len(HOSTILE) // IDS)))
TAME = "tame"
"""A thing with jobs that can be changed: the client sends no control character in their details."""

TAME_JOBS = ("fw-1", "fw-2", "fw-3", "fw-4")

ERROR_THINGS = ("message", "type", "page", "body", "headers", "member", "mismatch", "reason")
LARGE = "large"
"""A thing each of whose jobs has the document that was put into `documents`."""

FLEET = (TAME, *ID_THINGS, *ERROR_THINGS, *(f"quiet-{number}" for number in range(40)))


class HostileService:
    """Answers on loopback while it is open, each connection in a thread of its own."""

    def __init__(self) -> None:
        self._chunks = {name: cycle(CHUNKS) for name in (*ERROR_THINGS, "write")}
        self._writes = cycle(("conflict", "refused", "garbage"))
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.asked: list[str] = []
        self.documents: dict[str, str] = {}
        """By job id, in their order."""

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Answer no more."""
        # to close it alone would leave it open for the thread that waits in it
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection, connection.makefile("rb") as requests:
            while request := requests.readline():
                length = 0
                while (header := requests.readline().strip()) != b"":
                    name, _, value = header.partition(b":")
                    if name.lower() == b"content-length":
                        length = int(value)
                requests.read(length)
                method, target, _ = request.decode().split(" ")
                connection.sendall(self._answer(method, unquote(target.partition("?")[0])))

    def _answer(self, method: str, path: str) -> bytes:
        with self._lock:
            self.asked.append(f"{method} {path}")
            parts = path.split("/")
            if len(parts) < 4:
                return reply(200, {"things": [{"thingName": text} for text in TEXTS]})
            thing = parts[2]
            if method != "GET":
                return self._write(thing, path)
            if thing in self._chunks:
                return self._error(thing, next(self._chunks[thing]))
            if thing == LARGE:
                return self._large(parts)
            if path.endswith("/jobs"):
                return reply(200, pending(thing))
            return reply(200, {"execution": execution(thing, path.split("/", 4)[4])})

    def _large(self, parts: list[str]) -> bytes:
        if parts[-1] == "jobs":
            listed = [summary(job_id) for job_id in self.documents]
            return reply(200, {"inProgressJobs": [], "queuedJobs": listed})
        members = {"thingName": LARGE, "status": "QUEUED", "jobDocument": self.documents[parts[-1]]}
        return reply(200, {"execution": {**summary(parts[-1]), **members}})

    def _error(self, kind: str, text: str) -> bytes:
        refused = {"message": text}
        wire = text.replace("\n", "").replace("\r", "").encode("utf-8", "replace")
        html = f"<html><title>{text}</title><p>{text}</p>".encode("utf-8", "replace")
        answers = {
            "message": (400, refused, b"x-amzn-errortype: InvalidRequestException"),
            "type": (400, {}, b"x-amzn-errortype: " + wire),
            "page": (503, html, b"content-type: text/html", b"retry-after: " + wire),
            "body": (200, text.encode("utf-8", "replace")),
            "headers": (
                302,
                {},
                b"location: http://x/" + wire,
                b"date: " + wire,
                b"x-amzn-requestid: " + wire,
            ),
            "member": (200, {"inProgressJobs": [{"jobId": text, text: text, "queuedAt": text}]}),
            "mismatch": (400, {"__type": text, "Message": text, "code": text}),
            "reason": (f"418 {text}".replace("\n", ""), refused),
        }
        return reply(*answers[kind])

    def _write(self, thing: str, path: str) -> bytes:
        text = next(self._chunks["write"])
        kind = b"x-amzn-errortype: InvalidStateTransitionException"
        if path.endswith("$next"):
            return reply(400, {"message": text}, kind)
        how = next(self._writes)
        if how == "garbage":
            return reply(500, text.encode("utf-8", "replace"))
        state = {
            "status": "IN_PROGRESS",
            "statusDetails": dict(zip(TEXTS, TEXTS, strict=True)),
            "versionNumber": 9,
        }
        members = {"message": text, "executionState": state}
        if how == "conflict":
            kind = b"x-amzn-errortype: VersionMismatchException"
        return reply(409, members, kind)


def pending(thing: str) -> dict[str, object]:
    """A list of jobs whose ids are hostile."""
    job_ids: tuple[str, ...] = ()
    if thing in ID_THINGS:
        job_ids = tuple(HOSTILE.values())[ID_THINGS.index(thing) * IDS :][:IDS]
    elif thing == TAME:
        job_ids = TAME_JOBS
    listed = [summary(job_id) for job_id in job_ids]
    return {"inProgressJobs": listed[:3], "queuedJobs": listed[3:]}


def summary(job_id: str) -> dict[str, object]:
    """What a list tells of an execution."""
    return {"jobId": job_id, "versionNumber": 1, "executionNumber": 1, **TIMES}


def details(thing: str) -> dict[str, str]:
    """Status details, the names and values of which are hostile."""
    if thing == TAME:
        return {f"d{number}": text for number, text in enumerate(TEXTS[:5])}
    first = ID_THINGS.index(thing) * IDS if thing in ID_THINGS else 0
    return {name: text for text in TEXTS[first:][:IDS] for name in (text,)}


def execution(thing: str, job_id: str) -> dict[str, object]:
    """An execution; its document is JSON, broken JSON, or none at all."""
    document = json.dumps(dict(zip(TEXTS, TEXTS, strict=True)) | {"all": list(HOSTILE.values())})
    if len(job_id) % 3 == 0:
        document = json.dumps({text: [text] for text in TEXTS}, ensure_ascii=False)
    if len(job_id) % 3 == 1:
        document = "\n".join(HOSTILE.values())
    status = "IN_PROGRESS"
    if job_id == "$next":
        status, job_id = "QUEUED", f"[/] {TEXTS[6]}"
    members = {"status": status, "statusDetails": details(thing), "jobDocument": document}
    return {**summary(job_id), "thingName": thing, **members}


def reply(status: int | str, body: object, *headers: bytes) -> bytes:
    """An answer; its headers may hold anything but line ends."""
    if not isinstance(body, bytes):
        body = json.dumps(body).encode()
    reason = f"{status} x" if isinstance(status, int) else status
    head = (f"HTTP/1.1 {reason}".encode("utf-8", "replace"), *headers)
    return b"\r\n".join((*head, b"content-length: %d" % len(body), b"", body))
