"""Starting Daphne with the product's own flags."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server
from django.conf import settings
from django.core.management.base import CommandError

from network.project import worker
from network.project.lock import AlreadyServed, only_server

REQUEST_SECONDS = 60
MAX_FRAME = 64 * 1024


def serve(*, host: str, port: int, with_worker: bool, when_ready: Callable[[], None]) -> None:
    """Serve until interrupted; the worker loop runs beside it in the same process.

    Without Redis a second serving process on the same data directory is refused: hints would not
    reach it. No access log is written, and no server name is sent.

    Raises:
        CommandError: another process serves already.
    """
    with ExitStack() as stack:
        if not settings.REDIS_URL:
            try:
                stack.enter_context(only_server(settings.DATA_DIR))
            except AlreadyServed as error:
                raise CommandError(
                    f"Another process serves from {error} already. End it first, set another "
                    "DATA_DIR, or set REDIS_URL to run several."
                ) from error
        if with_worker:
            thread, stop = worker.start_in_thread()
            stack.callback(thread.join, 5)
            stack.callback(stop.set)
        _daphne(host, port, when_ready).run()


def _daphne(host: str, port: int, when_ready: Callable[[], None]) -> Server:
    from network.project.asgi import application

    return Server(
        application=application,
        endpoints=build_endpoint_description_strings(host=host, port=port),
        http_timeout=REQUEST_SECONDS,
        websocket_max_message_size=MAX_FRAME,
        websocket_max_frame_size=MAX_FRAME,
        action_logger=None,
        ready_callable=when_ready,
        server_name="",
        verbosity=0,
    )
