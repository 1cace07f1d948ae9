"""Daphne with the product's own flags."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import daphne.server
from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server
from twisted.internet.defer import Deferred

from network.project.deadlines import Connection
from network.project.guards import GuardedFactory
from network.project.places import Limits
from network.project.streams import StreamedRequest

REQUEST_SECONDS = 60
CLOSE_SECONDS = 2
MAX_FRAME = 64 * 1024
# How many connections may wait to be accepted: beyond it the system resets those of a crowd.
BACKLOG = 512


class Listener(Server):
    """Daphne, with an application that waits for its readers, and remembering a failed listen."""

    listen_failure = False

    def __init__(self, *, limits: Limits, **options: Any) -> None:
        """Daphne's options, and how much one client may take up."""
        super().__init__(**options)  # type: ignore[no-untyped-call]  # Daphne
        self.limits = limits

    def listen_success(self, port: Any) -> None:
        """Make connections of our own of what will be accepted."""
        port.transport = Connection
        super().listen_success(port)  # type: ignore[no-untyped-call]  # Daphne

    def listen_error(self, port: Any) -> None:
        """Stop, and know why."""
        self.listen_failure = True
        self.stop()

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """Send a part; of an answer in parts, return when there is room for the next."""
        await super().handle_reply(protocol, message)  # type: ignore[no-untyped-call]  # Daphne
        if message.get("more_body") and isinstance(protocol, StreamedRequest):
            await protocol.wait_for_room()

    def kill_all_applications(self) -> Any:
        """End all that runs, before the process ends."""
        return Deferred.fromFuture(asyncio.ensure_future(self._end_all()))

    async def _end_all(self) -> None:
        """Cut off what is in the middle, never left to look whole, and let it tidy up."""
        running = {
            protocol: details["application_instance"]
            for protocol, details in self.connections.items()
            if "application_instance" in details
        }
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
) -> Listener:
    """What serves an ASGI application, not yet running.

    `request_seconds` is how long an answer may take to begin, and how long a reader may take
    nothing of one that has begun. No access log is written, and no server name is sent. Without
    `limits` the defaults hold.
    """
    # Daphne names its factory in its own module and offers no other place to put one.
    daphne.server.HTTPFactory = GuardedFactory  # type: ignore[attr-defined]  # not exported
    return Listener(
        limits=limits or Limits(),
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
