"""Serving the site, and its background work beside it."""

from __future__ import annotations

import logging
import resource
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management.base import CommandError
from django.db import DatabaseError, connection

from directory.actions.documents import keep_documents_current
from directory.actions.search_index import keep_search_current
from network import nudge
from network.project import worker
from network.project.listener import listener
from network.project.lock import AlreadyServed, BeingRestored, at_work, only_server
from network.project.places import SPARE, Limits
from network.tenancy import Purpose, system

logger = logging.getLogger(__name__)

# Files that the process opens beside connections: database, static files, what comes with Python.
OTHER_FILES = 256


def serve(*, host: str, port: int, with_worker: bool, when_ready: Callable[[], None]) -> None:
    """Serve until interrupted; the worker loop runs beside it in the same process.

    Without Redis a second serving process on the same data directory is refused: hints would not
    reach it.

    Raises:
        CommandError: the system allows too few open files, static files are not collected,
            another process serves already, a backup is being restored, or the port is in use.
    """
    sockets = _allow_open_files(settings.MAX_CONNECTIONS + SPARE + OTHER_FILES, settings.SOCKETS)
    if not (settings.DEBUG or _is_collected()):
        raise CommandError(
            "The style sheets and pictures of this version are not collected. "
            "Run: manage.py collectstatic --noinput"
        )
    if connection.vendor == "postgresql" and not settings.HAS_OWNER_ROLE:
        logger.warning(
            "Row security is not in force: one role owns the tables and serves them. "
            "Set DATABASE_OWNER_URL and DATABASE_URL to two roles."
        )
    with ExitStack() as stack:
        try:
            stack.enter_context(at_work(settings.DATA_DIR))
        except BeingRestored as error:
            raise CommandError(f"A backup is being restored into {error}. Wait for it.") from error
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
            stack.callback(nudge.waiting.set)
            stack.callback(stop.set)
        from api.socket.app import application as sockets_of_this_process
        from network.project.asgi import application

        server = listener(
            application,
            host=host,
            port=port,
            when_ready=when_ready,
            limits=Limits(settings.MAX_CONNECTIONS, settings.MAX_CONNECTIONS_PER_ADDRESS, sockets),
            drain=sockets_of_this_process.hub.drain,
        )
        server.run()
    if server.listen_failure:
        raise CommandError(f"Port {port} is in use on {host}. Choose another: PORT=9000.")


def _allow_open_files(needed: int, sockets: int) -> int:
    """Let the process open so many, and as many more for sockets as the system lets it; how many.

    A connection is an open file. Sockets for which there are too few take places of those.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise CommandError(
            f"MAX_CONNECTIONS: {needed} open files are needed for it and {hard} allowed. Write a "
            "smaller number, or allow more (ulimit -n, LimitNOFILE)."
        )
    wanted = needed + sockets
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return allowed - needed


def _is_collected() -> bool:
    """Whether each static file has the name that pages call it by; without it a page is a 500."""
    storage: Any = staticfiles_storage
    return all(
        storage.hash_key(name) in storage.hashed_files
        for finder in get_finders()
        for name, _ in finder.list([])
    )


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
