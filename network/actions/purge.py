"""The purge: what has passed its time is deleted for good."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from network.actions.departures import purge_departed
from network.actions.jobs import finish_job
from network.actions.purge_members import purge_members
from network.actions.tokens import purge_tokens
from network.events import SessionsEnded, publish
from network.models import AuditEntry, Session, SignInLink
from network.sessions import LONGEST
from network.tenancy import Actor, Purpose, acting

AUDIT_DAYS = 365


def _is_over(now: dt.datetime) -> Q:
    return Q(expires_at__lt=now) | Q(created_at__lt=now - LONGEST)


def purge(actor: Actor) -> dict[str, int]:
    """Delete what has passed its time and write down how much there was of what.

    Audit entries after 365 days, invitations and the like 7 days after their end, organizations 7
    days after they left. Safe to run at any time and as often as one likes.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    started = timezone.now()
    with acting(actor):
        oldest = started - dt.timedelta(days=AUDIT_DAYS)
        result = {
            "audit_entries": AuditEntry.objects.filter(created_at__lt=oldest).delete()[0],
            "sessions": Session.objects.filter(_is_over(started)).delete()[0],
            "links": SignInLink.objects.filter(expires_at__lt=started).delete()[0],
            **purge_tokens(actor),
        }
        if result["sessions"]:
            publish(SessionsEnded())
    result |= purge_members(actor) | {"organizations": purge_departed(actor)}
    finish_job("purge", started=started, result=result)
    return result
