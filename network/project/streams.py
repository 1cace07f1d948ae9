"""Answers in parts: no faster than the reader takes them, and never whole where they are not.

Daphne hands every part to Twisted at once, so one slow reader makes the process hold the whole
rest. It ends an answer that takes long, or whose application fails, as if it were complete; and
of two or more parts it sends all but the first even where only the head was asked for.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import time
from typing import Any

from daphne.http_protocol import WebRequest
from twisted.web.http import NO_BODY_CODES

# What the system holds of an answer for one reader (Linux takes it twice). Left alone it holds
# megabytes, and a slow reader who takes of these looks for minutes like one who takes nothing.
HELD_BY_SYSTEM = 64 * 1024

RESET = struct.pack("ii", 1, 0)
ORDERLY = struct.pack("ii", 0, 0)


class Pace:
    """Whether one reader keeps up: Twisted calls it when much waits to be sent, and when none."""

    def __init__(self) -> None:
        self.room = asyncio.Event()
        self.resumeProducing()

    def pauseProducing(self) -> None:  # noqa: N802 - the name is Twisted's
        """Make the application wait."""
        self.room.clear()

    def resumeProducing(self) -> None:  # noqa: N802 - the name is Twisted's
        """Let it go on: the reader has taken what waited."""
        self.moved()
        self.room.set()

    def stopProducing(self) -> None:  # noqa: N802 - the name is Twisted's
        """End the wait: nobody reads any more."""
        self.room.set()

    def moved(self) -> None:
        """Count the time anew."""
        self._moved = time.monotonic()

    def still_for(self) -> float:
        """Seconds since anything was offered or taken."""
        return time.monotonic() - self._moved


class StreamedRequest(WebRequest):
    """A request whose answer may come in parts.

    Only an answer of several parts is paced and watched. From its first part to its last the
    connection can end in one way only, with a reset: a client of HTTP/1.0 takes any other end
    for the end of the answer, and some proxies speak it. A reader counts as still until what the
    process holds for it has gone, at most about 100 KiB.
    """

    _pace: Pace | None = None
    _is_cut = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more can be sent."""
        return self._is_cut or bool(self.finished) or self.channel is None

    async def wait_for_room(self) -> None:
        """Return when more may be offered, or when nobody is left to offer it to.

        It always waits a moment where nobody is left, or an application that never waits itself
        would run to its end before it is told.
        """
        if self._pace is None or self.is_over:
            await asyncio.sleep(0)
        else:
            await self._pace.room.wait()

    def handle_reply(self, message: dict[str, Any]) -> None:
        """Send what the application says."""
        if self.is_over:
            return
        if self._response_started and message.get("more_body"):
            if self.method == b"HEAD" or self.code in NO_BODY_CODES:
                message = {"type": message["type"]}
            elif self._pace is None:
                self._begin()
            else:
                self._pace.moved()
        super().handle_reply(message)  # type: ignore[no-untyped-call]  # Daphne

    def finish(self) -> None:
        """End the answer: all of it was sent."""
        if self._pace is not None and not self.is_over:
            self._end()
        super().finish()  # type: ignore[no-untyped-call]  # Daphne

    def cut(self) -> None:
        """End the connection of an answer that has begun, so that no client takes it for whole."""
        if self.startedWriting and not self.is_over:
            self._is_cut = True
            self._transport.abortConnection()

    def handle_exception(self, exception: BaseException) -> None:
        """The application has failed: 500 where nothing was sent yet, else an answer cut off."""
        self.cut()
        if not self.is_over:
            self._take_back()
            super().handle_exception(exception)  # type: ignore[no-untyped-call]  # Daphne

    def check_timeouts(self) -> None:
        """503 where the answer is late to begin; cut off where it has stood still as long."""
        limit = self.server.http_timeout
        if self.is_over or not limit:
            return
        if self._pace is None:
            if self.duration() > limit:
                self._take_back()
            super().check_timeouts()  # type: ignore[no-untyped-call]  # Daphne
        elif self._pace.still_for() > limit:
            self.cut()

    @property
    def _transport(self) -> Any:
        return self.channel.transport

    def _begin(self) -> None:
        self._pace = Pace()
        self.registerProducer(self._pace, True)
        handle = self._transport.getHandle()
        handle.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, HELD_BY_SYSTEM)
        handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)

    def _end(self) -> None:
        self.unregisterProducer()
        self._transport.getHandle().setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ORDERLY)

    def _take_back(self) -> None:
        """Forget the head that the application gave: nothing of it was sent."""
        self._response_started = False
        for name in [name for name, _ in self.responseHeaders.getAllRawHeaders()]:
            if name.lower() != b"connection":
                self.responseHeaders.removeHeader(name)
