"""A socket by the library `websockets`, with the face of the light one: for few who hear."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from array import array
from collections.abc import Mapping
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.benchmarks._live_light import EVENTS, RETURN_AT, Tally


class Whole:
    """When each event came."""

    def __init__(self, port: int, headers: Mapping[str, str], path: str = "/ws/v1/") -> None:
        """Not connected yet; `headers` say who asks."""
        self._port, self._path = port, path
        self._headers = {
            name: value for name, value in headers.items() if name != "Sec-WebSocket-Protocol"
        }
        self._protocols = ["nv1"] if len(headers) > len(self._headers) else None
        self.returns_credit = True
        self.arrived = array("d")
        self.tally: Tally | None = None
        self._line: ClientConnection | None = None
        self._task: asyncio.Task[None] | None = None

    async def open(self) -> Whole:
        """Connect."""
        self._line = await connect(
            f"ws://localhost:{self._port}{self._path}",
            host="127.0.0.1",
            additional_headers=self._headers,
            subprotocols=self._protocols,  # type: ignore[arg-type]  # a str is one
            compression=None,
            ping_interval=None,
            proxy=None,
        )
        if self._protocols is None:
            self._task = asyncio.ensure_future(self._hear())
        return self

    async def hello(self, resume: Mapping[str, int]) -> dict[str, Any]:
        """Say it, and wait for the welcome."""
        if self._line is None:
            raise RuntimeError("it is not open")
        hello = {"type": "hello", "v": 1, "device_id": str(uuid.uuid4()), "credit": 64}
        hello["resume"] = {"feed": 0, "conversations": dict(resume)}
        await self._line.send(json.dumps(hello))
        welcome: dict[str, Any] = json.loads(await self._line.recv())
        self._task = asyncio.ensure_future(self._hear())
        return welcome

    async def _hear(self) -> None:
        if self._line is None:
            return
        owed = 0
        try:
            while True:
                text = await self._line.recv(decode=False)
                if not text.startswith(EVENTS):
                    continue
                self.arrived.append(time.monotonic())
                if self.tally is not None:
                    self.tally.add()
                owed += 1
                if self.returns_credit and owed >= RETURN_AT:
                    await self._line.send(json.dumps({"type": "ack", "frames": owed}))
                    owed = 0
        except ConnectionClosed:
            return

    def end(self) -> None:
        """Let the line go."""
        if self._line is not None:
            self._line.transport.abort()
