"""Refusing what cannot be served before it costs anything: long bodies, and one client too many.

Twisted keeps a body in a temporary file before the application sees the first byte of it, so a
limit inside the application comes too late: one anonymous request could fill the disk. The files
that people send are longer: they are taken into memory, a few at a time, see `uploading`.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from daphne.http_protocol import HTTPFactory

from network.project.deadlines import TimedChannel
from network.project.places import Places
from network.project.streams import StreamedRequest
from network.project.uploading import (
    MAX_DROPPED,
    Uploading,
    is_form,
    is_upload,
    longest,
    names_somebody,
)

# Below the size at which Twisted turns to a file.
MAX_BODY = 64 * 1024
# Answered when the node is full, too: whoever watches it must not take it for dead.
HEALTH = (b"/healthz", b"/readyz")

TOO_LARGE = (
    b"HTTP/1.1 413 Content Too Large\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"Content-Length: 0\r\n"
    b"Cache-Control: no-store\r\n"
    b"Connection: close\r\n\r\n"
)
# Said to who sends a file and names nobody: neither the cookie of a session nor a token.
UNKNOWN = (
    b"HTTP/1.1 401 Unauthorized\r\n"
    b"WWW-Authenticate: Bearer\r\n"
    b"Content-Length: 0\r\n"
    b"Cache-Control: no-store\r\n"
    b"Connection: close\r\n\r\n"
)
LOOK_THERE = (
    b"HTTP/1.1 303 See Other\r\n"
    b"Location: %s?too_large=1\r\n"
    b"Content-Length: 0\r\n"
    b"Cache-Control: no-store\r\n"
    b"Connection: close\r\n\r\n"
)
FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\n"
    b"Content-Length: 0\r\n"
    b"Cache-Control: no-store\r\n"
    b"Retry-After: 5\r\n"
    b"Connection: close\r\n\r\n"
)


class GuardedRequest(StreamedRequest):
    """A request whose body is announced, and short, or that is refused unread.

    In a spare place it has no body, and asks how the node is; all else is told that it is full.
    """

    channel: Any
    is_refused = False
    is_upload = False
    is_dropped = False

    def gotLength(self, length: int | None) -> None:  # noqa: N802 - the name is Twisted's
        """Refuse a body that is long, or whose length nobody says."""
        is_chunked = self.requestHeaders.hasHeader(b"transfer-encoding")
        if is_chunked:
            self._refuse(TOO_LARGE)
        elif (length or 0) > MAX_BODY:
            self._take_upload(length or 0)
        elif length and self.channel.place.is_spare:
            self._refuse(FULL)
        # Twisted makes a file of what is announced as long.
        announced = 0 if self.is_refused or self.is_upload else length
        super().gotLength(announced)  # type: ignore[no-untyped-call]  # Twisted

    def _take_upload(self, length: int) -> None:
        """Take a long body into memory where one may come, from somebody, while there is room."""
        channel = self.channel
        # The request has its method and address only when it is whole.
        method, target = channel._command, channel._path  # noqa: SLF001 - Twisted's own
        is_long = length > longest(target)
        most = MAX_DROPPED if is_form(target) else longest(target)
        if length > most or not is_upload(method, target):
            self._refuse(TOO_LARGE)
        elif not names_somebody(self.requestHeaders):
            self._refuse(UNKNOWN)
        elif channel.place.is_spare or not channel.uploading.take(channel.place.source):
            self._refuse(FULL)
        else:
            self.is_upload, self.is_dropped = True, is_long
            self._left = partial(channel.uploading.leave, channel.place.source)

    def connectionLost(self, reason: Any) -> None:  # noqa: N802 - the name is Twisted's
        """Let go of what was taken in."""
        self._leave()
        super().connectionLost(reason)  # type: ignore[no-untyped-call]  # Daphne

    def finish(self) -> None:
        """End the answer, and let go of what was taken in."""
        self._leave()
        super().finish()

    def _leave(self) -> None:
        if self.is_upload:
            self.is_upload = False
            self._left()

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802 - the name is Twisted's
        """Drop what still arrives of a refused body, and what is too long to keep."""
        if not (self.is_refused or self.is_dropped):
            super().handleContentChunk(data)  # type: ignore[no-untyped-call]  # Twisted

    def process(self) -> Any:
        """Hand it to the application unless it was refused.

        A browser shows no answer to a form of which it could not send all. So what is a little
        too long is heard to its end, and the form's own page says it.
        """
        if self.is_dropped:
            self._refuse(LOOK_THERE % self.path)
        if not self.is_refused and self.channel.place.is_spare and self.path not in HEALTH:
            self._refuse(FULL)
        return None if self.is_refused else super().process()

    def _refuse(self, answer: bytes) -> None:
        self.is_refused = True
        # Twisted would ask for the body that was refused.
        self.requestHeaders.removeHeader(b"expect")
        self.channel.transport.write(answer)
        self.channel.loseConnection()


class GuardedFactory(HTTPFactory):
    """Daphne's factory with guarded requests on timed connections, as many as there are places."""

    protocol = TimedChannel  # type: ignore[assignment]  # without the layer for HTTP/2

    def __init__(self, server: Any) -> None:
        """Nobody is connected yet."""
        super().__init__(server)  # type: ignore[no-untyped-call]  # Daphne
        self.places = Places(server.limits)
        self.uploading = Uploading()

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802 - the name is Twisted's
        """The protocol of a new connection; nothing, which closes it, where no place is left."""
        place = self.places.place_for(getattr(addr, "host", None))
        if place is None:
            return None
        limits = self.places.limits
        protocol = super().buildProtocol(addr)  # type: ignore[no-untyped-call]  # Daphne
        protocol.requestFactory = GuardedRequest
        protocol.place, protocol.limits = place, limits
        protocol.uploading = self.uploading
        protocol.timeOut = limits.spare_seconds if place.is_spare else limits.head_seconds
        return protocol
