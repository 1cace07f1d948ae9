"""Reports that were taken back are kept for some days, then deleted for good."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from directory.models import AccessReport
from network.tenancy import Actor, Purpose, acting

CANCELLED_DAYS = 7


def purge_reports(actor: Actor) -> dict[str, int]:
    """Delete reports that were cancelled more than 7 days ago; how many there were.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    with acting(actor):
        oldest = timezone.now() - dt.timedelta(days=CANCELLED_DAYS)
        deleted, _tables = AccessReport.objects.filter(cancelled_at__lt=oldest).delete()
    return {"cancelled_reports": deleted}
