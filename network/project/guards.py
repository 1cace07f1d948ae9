"""Refusing request bodies before they are received.

Twisted keeps a body in a temporary file before the application sees the first byte of it, so a
limit inside the application comes too late: one anonymous request could fill the disk.
"""

from __future__ import annotations

from typing import Any

from daphne.http_protocol import HTTPFactory

from network.project.streams import StreamedRequest

# Below the size at which Twisted turns to a file. Nothing that is served takes a body yet.
MAX_BODY = 64 * 1024

REFUSAL = (
    b"HTTP/1.1 413 Content Too Large\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"Content-Length: 0\r\n"
    b"Cache-Control: no-store\r\n"
    b"Connection: close\r\n\r\n"
)


class GuardedRequest(StreamedRequest):
    """A request whose body is announced, and short, or that ends with 413 unread."""

    is_refused = False

    def gotLength(self, length: int | None) -> None:  # noqa: N802 - the name is Twisted's
        """Refuse a body that is long, or whose length nobody says."""
        is_chunked = self.requestHeaders.hasHeader(b"transfer-encoding")
        self.is_refused = is_chunked or (length or 0) > MAX_BODY
        super().gotLength(0 if self.is_refused else length)  # type: ignore[no-untyped-call]  # Twisted
        if self.is_refused:
            transport: Any = self.channel.transport
            transport.write(REFUSAL)
            self.channel.loseConnection()

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802 - the name is Twisted's
        """Drop what still arrives of a refused body."""
        if not self.is_refused:
            super().handleContentChunk(data)  # type: ignore[no-untyped-call]  # Twisted

    def process(self) -> Any:
        """Hand it to the application unless it was refused."""
        return None if self.is_refused else super().process()


class GuardedFactory(HTTPFactory):
    """Daphne's factory with guarded requests."""

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802 - the name is Twisted's
        """The protocol of a new connection."""
        protocol = super().buildProtocol(addr)  # type: ignore[no-untyped-call]  # Daphne
        protocol.requestFactory = GuardedRequest
        return protocol
