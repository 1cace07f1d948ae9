"""Requests as the server hands them over: the path decoded once, broken bytes replaced."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from asgiref.sync import async_to_sync
from django.core.asgi import get_asgi_application
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

_application = get_asgi_application()


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(target: str, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
    """The answer to a raw request target, as Daphne would pass it on."""
    raw_path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(raw_path),
        "raw_path": raw_path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [
            (name.lower().encode(), value.encode("latin-1"))
            for name, value in {"Host": "localhost", **(headers or {})}.items()
        ],
        "client": ("192.0.2.9", 4711),
        "server": ("127.0.0.1", 8000),
    }
    with kept_connections():
        return async_to_sync(_answer)(scope)


@contextmanager
def kept_connections() -> Iterator[None]:
    """As Django's own test client does: a test's transaction outlives each request in it."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in ends:
            signal.connect(close_old_connections)


async def _answer(scope: dict[str, Any]) -> Answer:
    sent: list[dict[str, Any]] = []
    waiting = asyncio.Event()
    asked = False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if asked:
            await waiting.wait()
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await _application(scope, receive, send)
    start = next(m for m in sent if m["type"] == "http.response.start")
    body = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    headers = {name.decode().title(): value.decode("latin-1") for name, value in start["headers"]}
    return Answer(start["status"], headers, body)
