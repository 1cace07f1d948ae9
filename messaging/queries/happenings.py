"""What happened in a conversation beside what was said: who came, who left, what changed."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from messaging.enums import EventKind
from messaging.models import Event, Party
from messaging.queries.events import visible_events
from messaging.queries.standing import participations_of
from network.tenancy import Actor

_TOLD = (
    EventKind.PARTY_ASKED,
    EventKind.PARTY_JOINED,
    EventKind.PARTY_LEFT,
    EventKind.PARTY_RENAMED,
    EventKind.PARTICIPANT_JOINED,
    EventKind.PARTICIPANT_LEFT,
    EventKind.HANDLE_NAMED,
    EventKind.RENAMED,
    EventKind.RETENTION_SET,
    EventKind.EXPIRED,
)
MOST = 200


def happenings(
    actor: Actor, *, conversation_id: UUID, after: int, through: int | None
) -> list[Event]:
    """These events after one number up to another, or to the end, in order. One query.

    With handle and party; the newest 200.
    """
    rows = visible_events(actor).filter(
        conversation_id=conversation_id, kind__in=_TOLD, seq__gt=after
    )
    if through is not None:
        rows = rows.filter(seq__lte=through)
    found = rows.select_related("handle", "handle__party").order_by("-seq")[:MOST]
    return list(found)[::-1]


def party_names(actor: Actor, conversation_id: UUID) -> dict[str, str]:
    """What the organizations that are or were in a conversation are called, by party. One query.

    Empty where the actor sees nothing of it.
    """
    # Asked of the part, not of its events: a log may be long.
    mine = participations_of(actor).filter(
        Q(left_seq=None) | Q(left_seq__gt=F("joined_seq")),
        conversation_id=OuterRef("conversation_id"),
        joined_seq__isnull=False,
    )
    rows = Party.objects.beyond_scope().filter(Exists(mine), conversation_id=conversation_id)
    return {str(key): name for key, name in rows.values_list("pk", "name")}
