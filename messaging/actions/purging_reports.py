"""Copies of reported messages do not stay longer than they are needed."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from messaging.enums import ReportState
from messaging.models import MessageReport, ReportedWords
from network.tenancy import Actor, Purpose, acting, system

# After the decision, and in any case; then what the group that reported sees of it goes as well.
AFTER_DECISION = dt.timedelta(days=30)
LONGEST = dt.timedelta(days=180)
OUTCOME = dt.timedelta(days=365)


def purge_message_reports(actor: Actor, *, now: dt.datetime | None = None) -> dict[str, int]:
    """Empty copies and notes 30 days after the decision, or after 180 days; how many there were.

    What nobody decided in 180 days has lapsed. What came of a report stays for 365 days. `now` is
    the time that is asked about.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    moment = now or timezone.now()
    with acting(actor):
        reports = MessageReport.objects.beyond_scope()
        reports.filter(state=ReportState.WAITING, created_at__lt=moment - LONGEST).update(
            state=ReportState.LAPSED, decided_at=moment
        )
        is_over = Q(report__decided_at__lt=moment - AFTER_DECISION) | Q(
            report__created_at__lt=moment - LONGEST
        )
        words = ReportedWords.objects.beyond_scope().filter(is_over).exclude(copies=[], note="")
        emptied = words.update(copies=[], note="", about_name="")
        _deleted, by_table = reports.filter(created_at__lt=moment - OUTCOME).delete()
    return {
        "reported_words": emptied,
        "message_reports": by_table.get("messaging.MessageReport", 0),
    }


def forget_reported(organization_id: UUID) -> None:
    """Delete what an organization that is being purged reported, and copies of what it wrote.

    By the purge itself: the hand that deletes the organization does not see reports.
    """
    with acting(system(Purpose.PURGE)):
        MessageReport.objects.beyond_scope().filter(organization_id=organization_id).delete()
        rows = ReportedWords.objects.beyond_scope().filter(about_id=organization_id)
        rows.update(about_id=None, about_name="", copies=[])
