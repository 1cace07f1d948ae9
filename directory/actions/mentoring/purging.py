"""Requests for help are kept for a year after their end, then deleted for good."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from directory.models import MentorRequest
from network.tenancy import Actor, Purpose, acting

ENDED_DAYS = 365


def purge_mentoring(actor: Actor) -> dict[str, int]:
    """Delete requests that ended more than 365 days ago; how many there were.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    with acting(actor):
        oldest = timezone.now() - dt.timedelta(days=ENDED_DAYS)
        deleted, _tables = MentorRequest.objects.filter(ended_at__lt=oldest).delete()
    return {"mentor_requests": deleted}
