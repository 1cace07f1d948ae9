"""A socket of a client that costs next to nothing, so that a thousand of them measure the server.

It speaks as much of RFC 6455 as is needed, over a plain transport: text frames that are not split,
pings and closes. What it sends is masked with zeros, which the RFC allows and which changes no
byte. The time of each event is noted as it arrives.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import socket
import struct
import time
import uuid
from array import array
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
RETURN_AT = 32
SECONDS = 60.0
EVENTS = (b'{"type":"event"', b'{"type": "event"')
COSTLY = (*EVENTS, b'{"type":"feed"', b'{"type": "feed"')


class NoSocket(Exception):  # noqa: N818 - what a server may answer
    """The handshake was answered otherwise than with 101."""


class Tally:
    """How many events have come to all who count here; whoever waits for a number is told."""

    def __init__(self) -> None:
        """None yet."""
        self.number, self._until = 0, 0
        self._future: asyncio.Future[None] | None = None

    def add(self) -> None:
        """One more."""
        self.number += 1
        if self._future is not None and self.number >= self._until and not self._future.done():
            self._future.set_result(None)

    async def reach(self, number: int) -> None:
        """Wait until there are so many.

        Raises:
            TimeoutError: they do not come.
        """
        if self.number >= number:
            return
        self._until, self._future = number, asyncio.get_running_loop().create_future()
        async with asyncio.timeout(SECONDS):
            await self._future
        self._future = None


class Light(asyncio.Protocol):
    """One socket: when each event came, everything else that was said, and how it was closed."""

    def __init__(self, port: int, headers: Mapping[str, str], path: str = "/ws/v1/") -> None:
        """Not connected yet; `headers` say who asks."""
        self._port, self._headers, self._path = port, headers, path
        self.arrived = array("d")
        self.events: list[bytes] | None = None
        self.said: list[dict[str, Any]] = []
        self.said_at: dict[str, float] = {}
        self.close_code: int | None = None
        self.closed_at: float | None = None
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.returns_credit = True
        self.tally: Tally | None = None
        self._owed, self._buffer, self._is_open = 0, bytearray(), False
        self._transport: Any = None
        self._waiting: tuple[str, asyncio.Future[dict[str, Any]]] | None = None

    async def open(self) -> Light:
        """Connect, and be welcomed by the HTTP server.

        Raises:
            NoSocket: it was refused.
            OSError: nobody is there.
        """
        loop = asyncio.get_running_loop()
        self._transport, _self = await loop.create_connection(
            lambda: self, "127.0.0.1", self._port
        )
        self._transport.get_extra_info("socket").setsockopt(
            socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
        )
        lines = {
            "Host": f"localhost:{self._port}",
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
            "Sec-WebSocket-Version": "13",
            **self._headers,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self._transport.write(f"GET {self._path} HTTP/1.1\r\n{head}\r\n".encode())
        async with asyncio.timeout(SECONDS):
            await self.opened
        return self

    async def hello(self, resume: Mapping[str, int], credit: int = 64) -> dict[str, Any]:
        """Say it, and wait for the welcome."""
        return await self.asked(
            "welcome",
            {
                "type": "hello",
                "v": 1,
                "device_id": str(uuid.uuid4()),
                "resume": {"feed": 0, "conversations": dict(resume)},
                "credit": credit,
            },
        )

    async def asked(self, kind: str, frame: dict[str, Any]) -> dict[str, Any]:
        """Send a frame; the next frame of a kind that is told."""
        future: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting = (kind, future)
        self.give(frame)
        async with asyncio.timeout(SECONDS):
            return await future

    def give(self, frame: dict[str, Any]) -> None:
        """Send a frame."""
        self.give_text(json.dumps(frame).encode())

    def give_text(self, text: bytes, code: int = TEXT) -> None:
        """Send the bytes of a frame."""
        length = len(text)
        head = bytes([0x80 | code])
        if length < 126:
            head += bytes([0x80 | length])
        elif length < 65536:
            head += bytes([0x80 | 126]) + struct.pack("!H", length)
        else:
            head += bytes([0x80 | 127]) + struct.pack("!Q", length)
        self._transport.write(head + bytes(4) + text)

    def stop_reading(self) -> None:
        """Take nothing more from the line."""
        self._transport.pause_reading()

    @property
    def is_ended(self) -> bool:
        """Whether the other side has ended the line, also while nothing is read from it."""
        if self.closed_at is not None:
            return True
        line = self._transport.get_extra_info("socket")
        state = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
        return bool(state != 1)  # TCP_ESTABLISHED

    def end(self) -> None:
        """Let the line go."""
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take in what came."""
        self._buffer += data
        if not self._is_open and not self._opens():
            return
        while self._frame():
            pass

    def connection_lost(self, exc: Exception | None) -> None:
        """Note when."""
        if self.closed_at is None:
            self.closed_at = time.monotonic()
        if not self.opened.done():
            self.opened.set_exception(NoSocket("the line broke"))
        if self._waiting is not None and not self._waiting[1].done():
            self._waiting[1].set_exception(OSError(f"closed {self.close_code}: {self.said[-1:]}"))

    def _opens(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        status = bytes(self._buffer[: self._buffer.find(b"\r\n")]).decode()
        del self._buffer[: end + 4]
        self._is_open = " 101 " in f"{status} "
        if self.opened.done():
            return False
        if self._is_open:
            self.opened.set_result(None)
        else:
            self.opened.set_exception(NoSocket(status))
        return self._is_open

    def _frame(self) -> bool:
        """Take one frame from what came; whether there was a whole one."""
        buffer = self._buffer
        if len(buffer) < 2:
            return False
        length, start = buffer[1] & 127, 2
        if length > 125:
            start = 4 if length == 126 else 10
            if len(buffer) < start:
                return False
            length = int.from_bytes(buffer[2:start], "big")
        if len(buffer) < start + length:
            return False
        code, body = buffer[0] & 15, bytes(buffer[start : start + length])
        del buffer[: start + length]
        self._take(code, body)
        return True

    def _take(self, code: int, body: bytes) -> None:
        if code == TEXT:
            self._text(body)
        elif code == PING:
            self.give_text(body, PONG)
        elif code == CLOSE:
            self.closed_at = time.monotonic()
            self.close_code = int.from_bytes(body[:2], "big") if len(body) > 1 else 1005
            with suppress(OSError):
                self.give_text(body[:2], CLOSE)
                self._transport.close()

    def _text(self, body: bytes) -> None:
        if body.startswith(COSTLY):
            self._owed += 1
            if self.returns_credit and self._owed >= RETURN_AT:
                self.give_text(b'{"type":"ack","frames":%d}' % self._owed)
                self._owed = 0
        if body.startswith(EVENTS):
            self.arrived.append(time.monotonic())
            if self.tally is not None:
                self.tally.add()
            if self.events is not None:
                self.events.append(body)
            return
        frame = json.loads(body)
        self.said.append(frame)
        self.said_at.setdefault(frame["type"], time.monotonic())
        if self._waiting is not None and frame["type"] == self._waiting[0]:
            waiting, self._waiting = self._waiting[1], None
            if not waiting.done():
                waiting.set_result(frame)


async def opened(
    number: int, make: Any, resume: Mapping[str, int] | None, at_once: int = 25
) -> list[Light]:
    """So many sockets, made by `make(turn)`, a few at a time; welcomed where they say hello."""
    found: list[Light] = []

    async def one(turn: int) -> Light:
        line = await make(turn).open()
        if resume is not None:
            await line.hello(resume)
        return line

    for first in range(0, number, at_once):
        turns = range(first, min(first + at_once, number))
        found += await asyncio.gather(*(one(turn) for turn in turns))
    return found
