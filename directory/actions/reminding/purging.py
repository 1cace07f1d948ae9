"""Links of reminders go a while after they ended."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from directory.models import Reminder
from network.tenancy import Actor, Purpose, acting

KEPT = dt.timedelta(days=30)


def purge_reminders(actor: Actor) -> dict[str, int]:
    """Delete reminders 30 days after their link ended; how many there were.

    When a group was last asked stands with the program: what is gone here is not asked again.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    with acting(actor):
        over = Reminder.objects.filter(expires_at__lt=timezone.now() - KEPT)
        return {"reminders": over.delete()[0]}
