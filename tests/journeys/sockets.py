"""Clients of the socket of a whole site, as programs with a token are."""

from __future__ import annotations

import itertools
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.journeys.site import Site

SECONDS = 30
_numbers = itertools.count(1)


def new_token(site: Site, scopes: str = "messages:read,messages:write") -> str:
    """The token of the owner of a new verified group."""
    slug = f"socket-visitors-{next(_numbers)}"
    email = f"{slug}@example.org"
    for arguments in (
        (
            *("create_organization", "--name", slug, "--slug", slug, "--country", "GB"),
            *("--owner-email", email, "--verified", "--json"),
        ),
        (
            *("create_token", "--person-email", email, "--organization", slug),
            *("--scopes", scopes, "--json"),
        ),
    ):
        done = site.command(*arguments)
        assert done.returncode == 0, done.stderr
    return str(json.loads(done.stdout)["token"])


@contextmanager
def opened(port: int, token: str) -> Iterator[tuple[ClientConnection, dict[str, Any]]]:
    """A socket that has said hello, and its welcome."""
    with connect(
        f"ws://localhost:{port}/ws/v1/",
        additional_headers={"Authorization": f"Bearer {token}"},
        subprotocols=["nv1"],
        open_timeout=SECONDS,
        close_timeout=SECONDS,
        ping_interval=None,
        compression=None,
        proxy=None,
    ) as client:
        client.send(json.dumps({"type": "hello", "v": 1, "device_id": str(uuid.uuid4())}))
        yield client, next_frame(client)


def next_frame(client: ClientConnection) -> dict[str, Any]:
    """The next frame."""
    frame: dict[str, Any] = json.loads(client.recv(SECONDS))
    return frame
