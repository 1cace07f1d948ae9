"""Starting Daphne with the product's own flags."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import daphne.server
from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server
from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError, connection

from directory.actions.documents import keep_documents_current
from directory.actions.search_index import keep_search_current
from network.project import worker
from network.project.guards import GuardedFactory
from network.project.lock import AlreadyServed, only_server
from network.tenancy import Purpose, system

logger = logging.getLogger(__name__)

REQUEST_SECONDS = 60
MAX_FRAME = 64 * 1024


def serve(*, host: str, port: int, with_worker: bool, when_ready: Callable[[], None]) -> None:
    """Serve until interrupted; the worker loop runs beside it in the same process.

    Without Redis a second serving process on the same data directory is refused: hints would not
    reach it. No access log is written, and no server name is sent.

    Raises:
        CommandError: another process serves already, or the port is in use.
    """
    if connection.vendor == "postgresql" and not settings.HAS_OWNER_ROLE:
        logger.warning(
            "Row security is not in force: one role owns the tables and serves them. "
            "Set DATABASE_OWNER_URL and DATABASE_URL to two roles."
        )
    with ExitStack() as stack:
        if not settings.REDIS_URL:
            try:
                stack.enter_context(only_server(settings.DATA_DIR))
            except AlreadyServed as error:
                raise CommandError(
                    f"Another process serves from {error} already. End it first, set another "
                    "DATA_DIR, or set REDIS_URL to run several."
                ) from error
        _keep_current()
        if with_worker:
            thread, stop = worker.start_in_thread()
            stack.callback(thread.join, 5)
            stack.callback(stop.set)
        server = _daphne(host, port, when_ready)
        server.run()
    if server.listen_failure:
        raise CommandError(f"Port {port} is in use on {host}. Choose another: PORT=9000.")


def _keep_current() -> None:
    """Make anew what another version of the code made: the index of the search, and documents.

    Here and not in a migration, which must not depend on what the code makes of texts; before the
    first page and not in the worker, so that no page answers from an index of another form. A
    database that is not there yet is for `/readyz` to tell.
    """
    actor = system(Purpose.IMPORT)
    try:
        keep_search_current(actor)
        keep_documents_current(actor)
    except DatabaseError:
        logger.warning("The index of the search could not be looked at. Run migrate.")


class _Server(Server):
    """Daphne, which only logs that it could not listen; here it is remembered too."""

    listen_failure = False

    def listen_error(self, port: Any) -> None:
        """Stop, and know why."""
        self.listen_failure = True
        self.stop()


def _daphne(host: str, port: int, when_ready: Callable[[], None]) -> _Server:
    from network.project.asgi import application

    # Daphne names its factory in its own module and offers no other place to put one.
    daphne.server.HTTPFactory = GuardedFactory  # type: ignore[attr-defined]  # not exported
    return _Server(
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
