"""Frames that many sockets get: made once, and sent to each as they are."""

from __future__ import annotations

from typing import Any

from autobahn.exception import Disconnected
from autobahn.websocket.protocol import PreparedMessage

# So many texts are kept as frames, of at most 64 KiB each: those that are being handed round.
MOST = 32


class SharedFrames:
    """The newest texts that were sent to more than one socket, as frames of RFC 6455."""

    def __init__(self) -> None:
        """None yet."""
        self._made: dict[str, PreparedMessage] = {}

    def send(self, protocol: Any, text: str) -> None:
        """Send a text to one of those who get it.

        Raises:
            Disconnected: it is open no more, as autobahn says of any other message.
        """
        if protocol.state != protocol.STATE_OPEN:
            raise Disconnected("a message for a socket that is not open")
        frame = self._made.get(text)
        if frame is None:
            frame = self._make(text)
        protocol.sendPreparedMessage(frame)

    def _make(self, text: str) -> PreparedMessage:
        if len(self._made) >= MOST:
            del self._made[next(iter(self._made))]
        frame = PreparedMessage(
            text.encode(), isBinary=False, applyMask=False, doNotCompress=False
        )
        self._made[text] = frame
        return frame
