"""Asking one cell: a method, an address and a body, as one of those who ask."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import transaction

from network.tenancy import Purpose, acting, system
from tests.matrix.people import Asker

CANARIES = {"a": b"zqacanary", "b": b"zqbcanary"}
# What asking alone writes: when a device or a token was used, how often somebody tried.
_NOTED = {"network.Session", "network.Counter", "network.ApiToken", "network.KeptAnswer"}
# Whose eyes see the tables of which floor.
_SEEN = {Purpose.OPERATOR: ("network", "directory"), Purpose.MESSENGER: ("messaging",)}
_TOKENS = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


@dataclass(frozen=True)
class Told:
    """Status, body and the headers that say something, with what was asked for made one."""

    status: int
    headers: tuple[str, ...]
    body: bytes

    @property
    def plain(self) -> bytes:
        """The body in small letters."""
        return self.body.lower()


def ask(
    asker: Asker, method: str, path: str, body: dict[str, Any], *, is_api: bool, versions: str
) -> Any:
    """The answer, whatever it is."""
    if not is_api:
        if method in ("GET", "HEAD"):
            return asker.client.generic(method, path)
        return asker.client.post(path, body)
    headers = {"Authorization": f"Bearer {asker.token}"} if asker.token else {}
    if versions:
        headers["If-Match"] = versions
    data = {"data": json.dumps(body), "content_type": "application/json"}
    # Another client than that of the pages: a session opens nothing of the API.
    return asker.client.generic(
        method, path, headers=headers, **(data if method in ("POST", "PATCH", "PUT") else {})
    )


def told(answer: Any, asked: dict[str, str]) -> Told:
    """What an answer says, with the parts of the address that differ between cells made one."""
    body = _streamed(answer) if answer.streaming else answer.content
    body = _TOKENS.sub(b"", body)
    headers = "\n".join(
        f"{name}: {value}"
        for name, value in sorted(answer.items())
        if name.lower() not in ("content-length", "etag", "ratelimit", "set-cookie")
    )
    for value in sorted(asked.values(), key=len, reverse=True):
        body = body.replace(value.encode(), b"ASKED")
        headers = headers.replace(value, "ASKED")
    return Told(answer.status_code, tuple(headers.splitlines()), body)


def _streamed(answer: Any) -> bytes:
    """What a streamed answer says; one that is made asynchronously in a thread of its own."""
    if not answer.is_async:
        return b"".join(answer.streaming_content)

    async def read() -> bytes:
        return b"".join([part async for part in answer.streaming_content])

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, read()).result()


@contextmanager
def rolled_back() -> Iterator[None]:
    """Nothing of what happens inside stays."""
    block = transaction.atomic()
    block._from_testcase = True  # limits count in a transaction of their own
    with block:
        yield
        transaction.set_rollback(True)


def digest() -> str:
    """All rows that belong to somebody or that the public reads, as one hash."""
    total = sha256()
    for purpose, labels in _SEEN.items():
        with acting(system(purpose)):
            for model in sorted(apps.get_models(), key=lambda one: one._meta.label):
                label = model._meta.label
                if label in _NOTED or model._meta.app_label not in labels:
                    continue
                if label.startswith("directory.Gazetteer"):
                    continue
                rows = model._base_manager.order_by("pk").values_list()
                total.update(f"{label}{list(rows)}".encode())
    return total.hexdigest()
