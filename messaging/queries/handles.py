"""Who somebody is in a conversation, to others and to the own organization."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from messaging.models import Handle, Participant
from messaging.queries.standing import participations_of
from network.tenancy import Actor, Purpose, acting, system


def handles_of(actor: Actor, conversation_id: UUID) -> QuerySet[Handle]:
    """The handles that the actor could meet in a conversation, with their party. One query.

    None before the actor may read anything there, and none that came after they left.
    """
    mine = participations_of(actor).filter(
        Q(left_seq=None) | Q(left_seq__gte=OuterRef("joined_seq")),
        conversation_id=conversation_id,
        joined_seq__isnull=False,
    )
    rows = Handle.objects.beyond_scope().filter(
        Exists(mine.filter(conversation_id=OuterRef("conversation_id"))),
        conversation_id=conversation_id,
    )
    return rows.select_related("party").order_by("party__created_at", "number", "id")


def people_behind(actor: Actor, conversation_id: UUID) -> dict[UUID, UUID]:
    """Which colleague each handle of the organization acted for is: person by handle. Two queries.

    `network.queries.members.names_of` has their names. Nobody of another organization is ever in
    it, and nothing for who has no part in the conversation.
    """
    if not participations_of(actor).filter(conversation_id=conversation_id).exists():
        return {}
    eyes = system(Purpose.MESSENGER, via=actor.via, organization_id=actor.acted_for)
    with acting(eyes, is_reading=True):
        rows = Participant.objects.filter(conversation_id=conversation_id).exclude(handle=None)
        return dict(rows.values_list("handle_id", "person_id"))
