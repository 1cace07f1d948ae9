"""Everything that has passed its time, deleted in one go: by the worker daily, by hand at once."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import OperationalError, connection

from directory.actions.applying.purging import purge_applications
from directory.actions.deciding import purge_public_reports
from directory.actions.following import purge_follows
from directory.actions.mentoring import purge_mentoring
from directory.actions.pictures import purge_files
from directory.actions.programs.purging import purge_programs
from directory.actions.reminding.purging import purge_reminders
from directory.actions.search_index import purge_search
from directory.actions.stating.purging import purge_reports
from messaging.actions.purging import purge_attachments, purge_messages
from messaging.actions.purging_reports import purge_message_reports
from network.actions.purge import purge
from network.project.backup.gone import catch_up
from network.tenancy import Actor, Purpose, Via, system

logger = logging.getLogger(__name__)

# Files come last, since those whose rows went with an organization are nameless then.
PURGES: tuple[Callable[[Actor], dict[str, int]], ...] = (
    purge_search,
    purge_reports,
    purge_follows,
    purge_applications,
    purge_mentoring,
    purge_programs,
    purge_reminders,
    purge_public_reports,
    purge_messages,
    purge_message_reports,
    purge,
)


def purge_everything(via: Via) -> dict[str, int]:
    """How many rows of each kind were deleted, by the name that each purge gives them."""
    try:
        catch_up()
    except OSError:
        # A disk that is full keeps nothing from being deleted.
        logger.exception("the list of what must stay gone could not be written")
    result = purge_rows(via) | purge_all_files(via)
    write_anew()
    return result


def purge_rows(via: Via) -> dict[str, int]:
    """The same for rows alone: for a transaction that may come to nothing, as files do not."""
    result: dict[str, int] = {}
    for one in PURGES:
        result |= one(system(Purpose.PURGE, via=via))
    return result


def purge_all_files(via: Via) -> dict[str, int]:
    """How many files were deleted that no row names, or whose time is over; after the rows."""
    actor = system(Purpose.PURGE, via=via)
    return purge_files(actor) | purge_attachments(actor)


def write_anew() -> None:
    """Leave nothing of what was deleted in the file of an embedded database, nor beside it.

    `secure_delete` overwrites rows where they lie, not the copies that stay where rows were moved
    from. So the file is written anew, for which writers wait, and the log beside it is emptied.
    Where there is no room for that, or somebody reads for long, it is logged, and the next purge
    does it. On PostgreSQL nothing: that is the operator's, see `data-protection.md`.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy = bool(cursor.fetchone()[0])
    except OperationalError:
        logger.exception("the database could not be written anew")
        return
    if is_busy:
        logger.warning("the log of the database is being read and could not be emptied")
