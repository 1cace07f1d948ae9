"""Files of messages, for whoever sees the message."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from messaging.models import Attachment
from messaging.queries.events import visible_events
from network.tenancy import Actor, Purpose

Files = dict[UUID, tuple[Attachment, ...]]


def attachments_of(actor: Actor, events: Iterable[UUID]) -> Files:
    """The files of these events by event, in order, none of what was deleted.

    One query, and none where no event is asked for: an event counts its files in `data`.
    """
    wanted = list(events)
    return _by_event(_handed_out(actor).filter(event_id__in=wanted)) if wanted else {}


def attachments_for_delivery(actor: Actor, events: Iterable[UUID]) -> Files:
    """The same for the hub, which hands events only to whom `Entitled` names.

    Raises:
        ValueError: the actor is not the system acting as hub.
    """
    if actor.purpose is not Purpose.HUB:
        raise ValueError("only the hub delivers")
    wanted = list(events)
    rows = Attachment.objects.beyond_scope().filter(event_id__in=wanted, deleted_at=None)
    return _by_event(rows) if wanted else {}


def _by_event(rows: QuerySet[Attachment]) -> Files:
    found: dict[UUID, list[Attachment]] = {}
    for one in rows.order_by("event_id", "ordinal"):
        found.setdefault(one.event_id, []).append(one)
    return {event_id: tuple(files) for event_id, files in found.items()}


def attachment_for(actor: Actor, *, conversation_id: UUID, attachment_id: UUID) -> Attachment:
    """One file of a message. One query.

    Raises:
        Attachment.DoesNotExist: missing, deleted, or the actor does not see its message.
    """
    return _handed_out(actor).get(pk=attachment_id, conversation_id=conversation_id)


def _handed_out(actor: Actor) -> QuerySet[Attachment]:
    seen = visible_events(actor).filter(pk=OuterRef("event_id"))
    return Attachment.objects.beyond_scope().filter(Exists(seen), deleted_at=None)
