"""The purge: what has passed its time is deleted for good."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from network.actions.jobs import finish_job
from network.models import AuditEntry
from network.tenancy import Actor, Purpose, acting

AUDIT_DAYS = 365


def purge(actor: Actor) -> dict[str, int]:
    """Delete audit entries older than 365 days and write down how many there were.

    Safe to run at any time and as often as one likes.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    started = timezone.now()
    with acting(actor):
        oldest = started - dt.timedelta(days=AUDIT_DAYS)
        deleted, _ = AuditEntry.objects.filter(created_at__lt=oldest).delete()
    result = {"audit_entries": deleted}
    finish_job("purge", started=started, result=result)
    return result
