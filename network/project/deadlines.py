"""Connections with deadlines that no single byte moves.

Twisted's only limit is one of idleness: each byte that arrives counts the time anew, so a client
that sends one byte a minute stays for ever. Here each part of a request has a total, and whoever
takes none of an answer that waits for them counts as gone.
"""

from __future__ import annotations

import time
from typing import Any

from twisted.internet.tcp import Server
from twisted.web.http import HTTPChannel

from network.project.places import Limits, Place, Places

# Twisted's is 500. It also bounds the whole head, at 16 KiB, and that is left.
MAX_HEADERS = 100

TOO_LATE = (
    b"HTTP/1.1 408 Request Timeout\r\n"
    b"Content-Length: 0\r\n"
    b"Cache-Control: no-store\r\n"
    b"Connection: close\r\n\r\n"
)


class Connection(Server):
    """An accepted connection: it holds its place to the end, and knows whether its reader reads.

    A socket that a request was turned into has a place among sockets while there is one; the
    protocol on top has changed then.
    """

    _waiting_since: float | None = None
    _is_socket = False

    def __init__(self, sock: Any, protocol: Any, *arguments: Any) -> None:
        """Take the place that the factory gave the protocol."""
        super().__init__(sock, protocol, *arguments)
        factory: Any = self.server.factory
        self._place: Place = protocol.place
        self._places: Places = factory.places
        self._places.take(self._place)
        # What is written in parts must not wait for the reader to acknowledge the one before.
        self.setTcpNoDelay(True)

    def turn_to_socket(self) -> None:
        """Count it among sockets: it was accepted as one."""
        if self.connected:
            self._is_socket = True
            self._place = self._places.as_socket(self._place)

    @property
    def is_sending(self) -> bool:
        """Whether anything waits for its reader."""
        return self._waiting_since is not None

    def still_for(self) -> float:
        """Seconds since all that the process held was taken; 0 while it holds nothing.

        That is at most about 128 KiB: Django hands over 64 at once, and waits while more is left.
        """
        return 0 if self._waiting_since is None else time.monotonic() - self._waiting_since

    def write(self, data: bytes) -> None:
        """Send, of a socket at once while nothing waits before it.

        Twisted waits for the turn in which the system says that there is room, which costs a
        thousand small frames more than sending them.
        """
        if self._sends_at_once:
            sent = self.writeSomeData(data)
            # Otherwise the line has broken: Twisted finds it in its turn, as it always does.
            if isinstance(sent, int) and sent > 0:
                data = data[sent:]
        if data:
            super().write(data)

    @property
    def _sends_at_once(self) -> bool:
        nothing_waits = not self._tempDataBuffer and self.offset >= len(self.dataBuffer)
        is_open = self.connected and not self.disconnecting and not self._writeDisconnected
        return bool(self._is_socket and nothing_waits and is_open)

    def startWriting(self) -> None:  # noqa: N802 - the name is Twisted's
        """Begin to send what waits."""
        if self._waiting_since is None:
            self._waiting_since = time.monotonic()
        super().startWriting()

    def stopWriting(self) -> None:  # noqa: N802 - the name is Twisted's
        """Stop: nothing waits."""
        self._waiting_since = None
        super().stopWriting()

    def connectionLost(self, reason: Any) -> None:  # noqa: N802 - the name is Twisted's
        """Leave the place, once."""
        if self.connected:
            self._places.leave(self._place)
        super().connectionLost(reason)


class TimedChannel(HTTPChannel):
    """The requests of one connection, each with its deadlines.

    A head has its time from its first byte, the first one from the acceptance; a body from the
    end of its head; between two requests the connection may idle. While an answer is made no
    deadline of this module runs, nor after the connection was turned into a socket.
    """

    maxHeaders = MAX_HEADERS  # noqa: N815 - the name is Twisted's
    transport: Any
    factory: Any
    limits: Limits
    place: Place
    _is_between = False

    def resetTimeout(self) -> None:  # noqa: N802 - the name is Twisted's
        """Leave the deadline where it is: Twisted calls this for each byte."""

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - the name is Twisted's
        """Take in what arrived; the time of a head begins with its first byte."""
        super().dataReceived(data)
        if self._is_between and self._has_begun and not self._handlingRequest:
            self._is_between = False
            self.setTimeout(self.limits.head_seconds)

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802 - the name is Twisted's
        """Refuse a line that is too long with the same words as a head that is."""
        self._respondToBadRequestAndDisconnect()

    def checkPersistence(self, request: Any, version: bytes) -> bool:  # noqa: N802 - Twisted's
        """Whether the connection stays for another request; in a spare place it never does."""
        if self.place.is_spare:
            request.responseHeaders.setRawHeaders(b"Connection", [b"close"])
            return False
        return bool(super().checkPersistence(request, version))

    def allHeadersReceived(self) -> None:  # noqa: N802 - the name is Twisted's
        """Begin with the request; the time of its body begins here."""
        self._is_between = False
        super().allHeadersReceived()
        if self.length:
            is_upload = getattr(self.requests[-1], "is_upload", False)
            limits = self.limits
            self.setTimeout(limits.upload_seconds if is_upload else limits.body_seconds)

    def requestDone(self, request: Any) -> None:  # noqa: N802 - the name is Twisted's
        """Go on to the next request, but not before this answer was taken.

        Twisted would answer all that a client sent at once, and keep the answers for it.
        """
        self._is_between = True
        self._savedTimeOut = self.limits.idle_seconds
        self.paused = self._waitingForTransport
        super().requestDone(request)
        if self.paused:
            self.transport.pauseProducing()

    def resumeProducing(self) -> None:  # noqa: N802 - the name is Twisted's
        """Go on: the reader has taken what waited."""
        super().resumeProducing()
        if self.paused:
            self.paused = False
            self._is_between = True
            self.dataReceived(b"")

    def timeoutConnection(self) -> None:  # noqa: N802 - the name is Twisted's
        """End what is late, unless it is the client who still takes an answer."""
        if self.transport.disconnecting:
            return
        if self._is_left():
            self.transport.abortConnection()
        elif self.transport.is_sending:
            self.setTimeout(self.timeOut)
        else:
            if self._has_begun:
                self.transport.write(TOO_LATE)
            self.loseConnection()

    def loseConnection(self) -> None:  # noqa: N802 - the name is Twisted's
        """End it when its last bytes have gone, or when nobody takes them."""
        super().loseConnection()
        if self._abortingCall is None and self.transport.connected:
            self._abortingCall = self.callLater(self._stall_seconds, self.forceAbortClient)

    def forceAbortClient(self) -> None:  # noqa: N802 - the name is Twisted's
        """End it, unless its last bytes are still being taken."""
        self._abortingCall = None
        if self._is_left():
            self.transport.abortConnection()
        else:
            left = self._stall_seconds - self.transport.still_for()
            self._abortingCall = self.callLater(left, self.forceAbortClient)

    @property
    def _has_begun(self) -> bool:
        """Whether anything of a request is here."""
        return bool(self.requests or self._buffer)

    @property
    def _stall_seconds(self) -> float:
        return float(self.factory.server.http_timeout)

    def _is_left(self) -> bool:
        return bool(self.transport.still_for() >= self._stall_seconds)
