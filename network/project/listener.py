"""Daphne with the product's own flags."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import daphne.server
from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet.defer import Deferred

from network.project.deadlines import Connection
from network.project.guards import GuardedFactory
from network.project.places import Limits
from network.project.shared_frames import SharedFrames
from network.project.streams import StreamedRequest

REQUEST_SECONDS = 60
CLOSE_SECONDS = 2
# So long sockets are told to come back later; each then has its time to close.
DRAIN_SECONDS = 3
MAX_FRAME = 64 * 1024
# How many connections may wait to be accepted: beyond it the system resets those of a crowd.
BACKLOG = 512
# The code by which a socket is closed that was given none.
ORDINARY = 1000

Drain = Callable[[], Awaitable[None]]
logger = logging.getLogger(__name__)


class Listener(Server):
    """Daphne, with an application that waits for its readers, and remembering a failed listen."""

    listen_failure = False

    def __init__(self, *, limits: Limits, drain: Drain | None, **options: Any) -> None:
        """Daphne's options, how much one client may take up, and what sends sockets away."""
        super().__init__(**options)  # type: ignore[no-untyped-call]  # Daphne
        self.limits = limits
        self._drain = drain
        self._ports: list[Any] = []
        self._shared = SharedFrames()

    def listen_success(self, port: Any) -> None:
        """Make connections of our own of what will be accepted."""
        port.transport = Connection
        self._ports.append(port)
        super().listen_success(port)  # type: ignore[no-untyped-call]  # Daphne

    def listen_error(self, port: Any) -> None:
        """Stop, and know why."""
        self.listen_failure = True
        self.stop()

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """Send a part; of an answer in parts, return when there is room for the next.

        A `websocket.send` that says `shared` has a text that other sockets get as well.
        """
        if message.get("shared"):
            details = self.connections.get(protocol)
            if details is not None and not details.get("disconnected"):
                self._shared.send(protocol, message["text"])
            return
        if message["type"] == "websocket.close" and protocol.state == protocol.STATE_OPEN:
            # Daphne's way takes no code of the protocol's own, such as 1012, and fails.
            protocol.sendCloseFrame(code=message.get("code", ORDINARY))
            return
        await super().handle_reply(protocol, message)  # type: ignore[no-untyped-call]  # Daphne
        if message["type"] == "websocket.accept" and isinstance(protocol.transport, Connection):
            protocol.transport.turn_to_socket()
        if message.get("more_body") and isinstance(protocol, StreamedRequest):
            await protocol.wait_for_room()

    def kill_all_applications(self) -> Any:
        """End all that runs, before the process ends."""
        return Deferred.fromFuture(asyncio.ensure_future(self._end_all()))

    async def _end_all(self) -> None:
        """Take nobody more, send sockets away, and end the rest; bounded in each part."""
        for port in self._ports:
            port.stopListening()
        await self._send_sockets_away()
        await self._cut_off()

    async def _send_sockets_away(self) -> None:
        """Say to each that it may come back, and wait until it has heard."""
        if self._drain is not None:
            try:
                await asyncio.wait_for(self._drain(), DRAIN_SECONDS)
            except Exception:
                logger.warning("sockets were not told that this process ends", exc_info=True)
        running = self._running()
        told = [running[one] for one in running if isinstance(one, WebSocketProtocol)]
        if told:
            await asyncio.wait(told, timeout=CLOSE_SECONDS)

    def _running(self) -> dict[Any, asyncio.Future[None]]:
        """The application of each connection that has one."""
        return {
            protocol: details["application_instance"]
            for protocol, details in self.connections.items()
            if "application_instance" in details
        }

    async def _cut_off(self) -> None:
        """Cut off what is in the middle, never left to look whole, and let it tidy up."""
        running = self._running()
        streamed = [protocol for protocol in running if isinstance(protocol, StreamedRequest)]
        for protocol in streamed:
            protocol.cut()
        told = [running[protocol] for protocol in streamed if protocol.is_over]
        if told:
            await asyncio.wait(told, timeout=CLOSE_SECONDS)
        for application in running.values():
            application.cancel()
        await asyncio.gather(*running.values(), return_exceptions=True)


def listener(
    application: Any,
    *,
    host: str,
    port: int,
    when_ready: Callable[[], None],
    request_seconds: int = REQUEST_SECONDS,
    limits: Limits | None = None,
    drain: Drain | None = None,
) -> Listener:
    """What serves an ASGI application, not yet running.

    `request_seconds` is how long an answer may take to begin, and how long a reader may take
    nothing of one that has begun. No access log is written, and no server name is sent. Without
    `limits` the defaults hold. When it is told to end, `drain` sends sockets away first.
    """
    # Daphne names its factory in its own module and offers no other place to put one.
    daphne.server.HTTPFactory = GuardedFactory  # type: ignore[attr-defined]  # not exported
    return Listener(
        limits=limits or Limits(),
        drain=drain,
        application=application,
        endpoints=[
            f"{one}:backlog={BACKLOG}"
            for one in build_endpoint_description_strings(host=host, port=port)
        ],
        http_timeout=request_seconds,
        websocket_max_message_size=MAX_FRAME,
        websocket_max_frame_size=MAX_FRAME,
        action_logger=None,
        ready_callable=when_ready,
        server_name="",
        verbosity=0,
    )
