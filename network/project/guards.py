"""Refusing what cannot be served before it costs anything: long bodies, and one client too many.

Twisted keeps a body in a temporary file before the application sees the first byte of it, so a
limit inside the application comes too late: one anonymous request could fill the disk.
"""

from __future__ import annotations

from typing import Any

from daphne.http_protocol import HTTPFactory

from network.project.deadlines import TimedChannel
from network.project.places import Places
from network.project.streams import StreamedRequest

# Below the size at which Twisted turns to a file. Nothing that is served takes a body yet.
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

    def gotLength(self, length: int | None) -> None:  # noqa: N802 - the name is Twisted's
        """Refuse a body that is long, or whose length nobody says."""
        is_chunked = self.requestHeaders.hasHeader(b"transfer-encoding")
        if is_chunked or (length or 0) > MAX_BODY:
            self._refuse(TOO_LARGE)
        elif length and self.channel.place.is_spare:
            self._refuse(FULL)
        super().gotLength(0 if self.is_refused else length)  # type: ignore[no-untyped-call]  # Twisted

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802 - the name is Twisted's
        """Drop what still arrives of a refused body."""
        if not self.is_refused:
            super().handleContentChunk(data)  # type: ignore[no-untyped-call]  # Twisted

    def process(self) -> Any:
        """Hand it to the application unless it was refused."""
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

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802 - the name is Twisted's
        """The protocol of a new connection; nothing, which closes it, where no place is left."""
        place = self.places.place_for(getattr(addr, "host", None))
        if place is None:
            return None
        limits = self.places.limits
        protocol = super().buildProtocol(addr)  # type: ignore[no-untyped-call]  # Daphne
        protocol.requestFactory = GuardedRequest
        protocol.place, protocol.limits = place, limits
        protocol.timeOut = limits.spare_seconds if place.is_spare else limits.head_seconds
        return protocol
