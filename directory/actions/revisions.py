"""Saying that the public directory has changed."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

from django.utils import timezone

from directory.actions.documents import date_changes
from directory.models import Removal, Revision
from directory.queries.revisions import DIRECTORY

TICK = dt.timedelta(microseconds=1)


def change_revision() -> None:
    """Give the public directory a new mark, and what this transaction changed its date.

    Called last in the transaction of every action that writes what the public reads: the row is
    locked from here to the commit. So dates follow the order in which changes become visible, and
    whoever has read all up to one of them misses nothing: a date taken when a row is written, or
    by a clock that went back, could be older than one that was read already. All that one
    transaction changed has the same date.
    """
    revision, is_new = Revision.objects.select_for_update().get_or_create(
        name=DIRECTORY, defaults={"mark": uuid4().hex, "changed_at": timezone.now()}
    )
    if not is_new:
        revision.changed_at = max(timezone.now(), revision.changed_at + TICK)
        revision.mark = uuid4().hex
        revision.save()
    date_changes(revision.changed_at)
    Removal.objects.filter(removed_at__isnull=True).update(removed_at=revision.changed_at)
