"""Reports of messages: what a group sees of its own, and stewards of those that they may read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from messaging.enums import SAID, ReportState
from messaging.models import MessageReport, ReportedWords
from messaging.queries.events import (
    MessageRow,
    as_they_stand,
    message_for,
    messages_before,
    visible_events,
    with_author,
)
from network.queries.stewarding import own_groups
from network.tenancy import Actor, acting

# So many messages are offered around the one that somebody would report.
OFFERED = 40
AROUND = 20


def reports_of(actor: Actor) -> QuerySet[MessageReport]:
    """What the organization acted for reported, newest first: kind and state. One query."""
    rows = MessageReport.objects.filter(organization_id=actor.acted_for)
    return rows.order_by("-created_at", "-id")


def report_rows(actor: Actor) -> Iterator[dict[str, Any]]:
    """The same for the organization's export: what came of it, none of the words."""
    names = ("created_at", "kind", "state", "decided_at")
    with acting(actor, is_reading=True):
        rows = list(reports_of(actor).order_by("created_at", "id"))
    for one in rows:
        yield {"id": one.pk, **{name: getattr(one, name) for name in names}}


def messages_to_report(
    actor: Actor, *, conversation_id: UUID, message_id: UUID | None = None
) -> list[MessageRow]:
    """Messages of another group that can be reported together, oldest first. Four queries at most.

    Those around one, of the group that wrote it; without one the newest of all other groups. None
    where that is the own group.

    Raises:
        Event.DoesNotExist: the message is missing, or not to be read.
    """
    before, about = None, None
    if message_id is not None:
        chosen = message_for(actor, conversation_id=conversation_id, message_id=message_id)
        about = chosen.organization_id
        before = (chosen.seq or 0) + AROUND
    rows = messages_before(actor, conversation_id=conversation_id, before=before, limit=OFFERED)
    return [
        one
        for one in rows
        if one.organization_id not in (None, actor.acted_for)
        and about in (None, one.organization_id)
        and not one.is_deleted
    ]


def messages_among(
    actor: Actor, *, conversation_id: UUID, ids: Sequence[UUID]
) -> list[MessageRow]:
    """Those of some messages that the actor may read, oldest first. Two queries."""
    # By their ids alone, and put in order here: asked for a conversation or an order too, SQLite
    # reads the whole log to find these few.
    rows = with_author(actor, visible_events(actor).filter(pk__in=ids, kind__in=SAID)).order_by()
    found = [one for one in rows if one.conversation_id == conversation_id]
    return as_they_stand(actor, sorted(found, key=lambda one: one.seq or 0))


def words_for(actor: Actor) -> QuerySet[ReportedWords]:
    """What stewards may read: nothing by or about a group of their own. One query by itself.

    With the report and the group that made it. A steward who belongs to one of the two does not
    even learn that there is something.
    """
    own = own_groups(actor)
    rows = ReportedWords.objects.beyond_scope().exclude(
        Q(organization_id__in=own) | Q(about_id__isnull=False, about_id__in=own)
    )
    return rows.select_related("report", "organization", "about").order_by(
        "report__created_at", "report_id"
    )


def words_waiting(actor: Actor) -> QuerySet[ReportedWords]:
    """Those that wait for a decision, the oldest first."""
    return words_for(actor).filter(report__state=ReportState.WAITING)


def words_decided(actor: Actor) -> QuerySet[ReportedWords]:
    """Those that were decided, the last one first."""
    rows = words_for(actor).exclude(report__state=ReportState.WAITING)
    return rows.order_by("-report__decided_at", "report_id")
